import type { Answer, Row } from "../../src/contract/answer.ts";
import type { ExplainRequest } from "../../src/contract/api.ts";
import type { Bridge } from "../../src/contract/bridge.ts";
import type { Changes } from "../../src/contract/changes.ts";
import type { Curve } from "../../src/contract/curve.ts";
import type { Question } from "../../src/contract/question.ts";
import type { Ranking } from "../../src/contract/ranking.ts";
import type { Contribution, Mover, Why } from "../../src/contract/why.ts";
import { rowOf, rowsOf, variantOf } from "./fake-rows.ts";

type Span = { from: string; to: string };

const sumOf = (all: readonly Contribution[], read: (each: Contribution) => number): number =>
  all.reduce((sum, each) => sum + read(each), 0);

/** Why an invented value changed: each segment's share of it, halved fairly between its rate and its weight. */
export function whyOf({ question, over }: ExplainRequest): Why | null {
  const { compare, from = "", to = "" } = question;
  const by = over ?? variantOf(question).variant.by[0];
  if (typeof compare !== "object" || by === undefined) return null;
  const [before, after] = [compare, { from, to }].map((span) => rowOf(question, {}, null, span));
  if (before?.value == null || after?.value == null) return null;
  const contributions = contributionsOf(question, by, compare, { from, to }, [before, after]);
  const difference = after.value - before.value;
  const [volume, rate, mix] = [
    sumOf(contributions, (each) => each.volume),
    sumOf(contributions, (each) => each.rate),
    sumOf(contributions, (each) => each.mix),
  ];
  const total = sumOf(contributions, (each) => each.total);
  const remainder = difference - total;
  return { by, before, after, difference, volume, rate, mix, total, certain: null, remainder, contributions };
}

function contributionsOf(question: Question, by: string, was: Span, is: Span, totals: readonly Row[]): Contribution[] {
  const sides = [was, is].map((span) => rowsOf({ ...question, by: [by] }, span.from, span.to).rows);
  const keyOf = (row: Row) => row.key[by] ?? null;
  return (sides[1] ?? []).map((row) => {
    const other = sides[0]?.find((each) => keyOf(each) === keyOf(row)) ?? row;
    const [above = 0, below] = Object.values(row.parts);
    const [aboveWas = 0, belowWas] = Object.values(other.parts);
    const [whole, wholeWas] = [totals[1], totals[0]].map((total) => Object.values(total?.parts ?? {})[1] ?? 1);
    const effects =
      typeof below !== "number" || typeof belowWas !== "number"
        ? { volume: (above ?? 0) - (aboveWas ?? 0), rate: 0, mix: 0 }
        : halved([aboveWas ?? 0, belowWas, wholeWas ?? 1], [above ?? 0, below, whole ?? 1]);
    return {
      key: keyOf(row),
      before: other.value,
      after: row.value,
      n: [other.n ?? 0, row.n ?? 0],
      ...effects,
      total: effects.volume + effects.rate + effects.mix,
      certain: Math.abs((row.value ?? 0) - (other.value ?? 0)) > 0.06 * Math.abs(other.value ?? 1),
    };
  });
}

type Cell = [above: number, below: number, whole: number];

function halved([aboveWas, belowWas, wholeWas]: Cell, [above, below, whole]: Cell) {
  const [rateWas, rate] = [belowWas === 0 ? 0 : aboveWas / belowWas, below === 0 ? 0 : above / below];
  const [weightWas, weight] = [belowWas / wholeWas, below / whole];
  return {
    volume: 0,
    rate: ((weightWas + weight) / 2) * (rate - rateWas),
    mix: ((rateWas + rate) / 2) * (weight - weightWas),
  };
}

/** The segments of any dimension that moved an invented value. */
export function moversOf(request: ExplainRequest): Mover[] | null {
  const { variant } = variantOf(request.question);
  const all = variant.by.flatMap((by) =>
    (whyOf({ ...request, over: by })?.contributions ?? []).map((each) => ({ ...each, by })),
  );
  const certain = all.filter((each) => each.certain === true);
  return certain.toSorted((one, other) => Math.abs(other.total) - Math.abs(one.total)).slice(0, 8);
}

/** What became known of an invented value: two causes that sum to the difference. */
export function changesOf(cell: Row, since: string): Changes {
  const after = cell.value ?? 0;
  const difference = after * 0.04;
  const change = (cause: Changes["changes"][number]["cause"], share: number, rows: number) => ({
    cause,
    difference: difference * share,
    parts: {},
    rows,
    examples: ["deal-1003", "deal-1017", "deal-1021", "deal-1044"].slice(0, rows),
  });
  return {
    since,
    until: "2026-11-23T10:12:00Z",
    before: { ...cell, value: after - difference },
    after: cell,
    difference,
    changes: [change("new", 0.75, 41), change("late", 0.5, 6), change("restated", -0.25, 1)],
  };
}

/** Two invented numbers apart, by the count of their first part. */
export function bridgeOf(question: Question, against: Question): Bridge {
  const side = (asked: Question) => {
    const { entry, parts } = variantOf(asked);
    const { from = "2026-11-01", to = "2026-11-24" } = asked;
    const row = rowOf(asked, {}, null, { from, to });
    return { question: asked, title: entry.title, part: parts[0] ?? "", value: Object.values(row.parts)[0] ?? 0 };
  };
  const [left, right] = [side(question), side(against)];
  const both = Math.floor(Math.min(left.value, right.value) * 0.7);
  const late = Math.floor((left.value - both) * 0.3);
  const bucket = (from: "left" | "right" | "both", reason: string, amount: number) => ({
    side: from,
    reason,
    rows: Math.round(amount),
    left: from === "right" ? 0 : amount,
    right: from === "left" ? 0 : amount,
    examples: ["lead-1003", "lead-1017"],
  });
  const buckets = [
    bucket("both", "same", both),
    bucket("left", "another-period", late),
    bucket("left", "not-reached", left.value - both - late),
    bucket("right", "filter:channel", right.value - both),
  ];
  return { left, right, difference: left.value - right.value, entity: "lead", buckets, rows: [] };
}

/** How an invented share grows with age, up to what its cell says. */
export function curveOf({ value, interval }: Row, window: number): Curve {
  const points = Array.from({ length: Math.min(window, 60) + 1 }, (_, index) => {
    const age = Math.round((index * window) / Math.min(window, 60));
    const grown = (1 - Math.exp((-3 * age) / window)) / (1 - Math.exp(-3));
    const at = (end: number) => end * grown;
    const [low, high] = interval ?? [value ?? 0, value ?? 0];
    return {
      age,
      atRisk: Math.round(900 * (1 - grown * 0.8)),
      reached: Math.round(4 * (1 - grown)),
      rival: 0,
      value: at(value ?? 0),
      interval: [at(low), at(high)] as [number, number],
    };
  });
  return { window, method: "kaplan-meier", points };
}

/** The rows of an invented answer in order, neighbours told apart where they differ by a fifth. */
export function rankingOf({ rows, better }: { rows: Answer["rows"]; better: "higher" | "lower" }): Ranking {
  const known = rows.filter(
    (row): row is Row & { value: number } => row.value !== null && !row.flags.includes("small-n"),
  );
  const sorted = known.toSorted((one, other) =>
    better === "higher" ? other.value - one.value : one.value - other.value,
  );
  const shares = [0.78, 0.15, 0.05, 0.02];
  return {
    rows: sorted.map(({ key, value }, place) => ({
      key,
      value,
      interval: [value * 0.9, value * 1.1],
      best: shares[place] ?? 0,
    })),
    differences: sorted.slice(1).map((row, place) => {
      const above = sorted[place] ?? row;
      const difference = above.value - row.value;
      const certain = Math.abs(difference) > 0.2 * Math.abs(row.value);
      return {
        left: above.key,
        right: row.key,
        difference,
        interval: [difference - 0.05, difference + 0.05],
        probability: certain ? 0.97 : 0.66,
        certain,
      };
    }),
    left: rows
      .filter((row) => !known.includes(row as (typeof known)[number]))
      .map(({ key }) => ({ key, reason: "no-interval" })),
  };
}
