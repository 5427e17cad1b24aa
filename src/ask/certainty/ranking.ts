import type { Row } from "../../contract/answer.ts";
import type { Difference, Ranking } from "../../contract/ranking.ts";
import { Problem } from "../../engine/problem.ts";
import { mirrored, ofCount, ofInterval, ofShare, remembered, type Belief } from "../../methods/uncertainty/belief.ts";
import { probabilitiesOfBest } from "../../methods/uncertainty/best.ts";
import { foretold } from "../../methods/uncertainty/foretold.ts";
import { commonShare, type Prior, type Tally } from "../../methods/uncertainty/shrinkage.ts";
import { methodOf } from "./certainty.ts";
import type { Draft } from "../draft.ts";
import { isCount } from "./noise.ts";
import type { Frame } from "../rows.ts";

type Better = "higher" | "lower";
type Reason = "no-value" | "no-interval" | "immature" | "too-many";

/** A row that takes part: its value as it is ranked, how far that may be off, and what is believed of it. */
interface Contender {
  readonly row: Row;
  readonly value: number;
  readonly interval: readonly [number, number];
  /** Of the value, or of its negative where lower is better. */
  readonly belief: Belief;
}

const most = 100;
const allPairs = 20;
const pointsOfPair = 120;
/** Rows that have lived through so much less of their window than the oldest are not compared with it. */
const younger = 0.1;

/** Refuses what cannot be put in order. */
export function refuseRank({ question, plan, indicator }: Draft): void {
  if (question.rank !== true) return;
  const { id } = indicator;
  if (plan.keys.length === 0 || plan.grain !== undefined)
    throw new Problem("cannot-rank", `${id} has no rows to put in order`, "split by a dimension, without a grain", {
      indicator: id,
    });
  if (plan.clock === "cohort" && plan.window === undefined)
    throw new Problem(
      "unequal-ages",
      `the rows of ${id} have had unequal time to get there, so that the older ones would seem the better`,
      "give all of them equal time with a window of days, e.g. `--window 90`",
      { indicator: id },
    );
}

function leftOut(row: Row, oldest: number): Reason | undefined {
  if (row.value === null) return "no-value";
  if (row.interval === null) return "no-interval";
  const young = row.flags.includes("immature") && !row.flags.includes("estimated");
  return young && row.maturity !== null && row.maturity < oldest - younger ? "immature" : undefined;
}

/** How many of how many, of a share of counted rows; an estimate is worth fewer. */
function tallyOf({ variant, plan, level }: Frame, row: Row): Tally | undefined {
  if (!variant.share || methodOf(variant, plan.clock) !== "wilson") return undefined;
  const [n, value] = [row.n ?? 0, row.value ?? 0];
  if (row.observed !== null) return row.band === null ? undefined : foretold(value, n, row.band, level);
  return { successes: Math.round(value * n), n };
}

/** A share drawn towards what all of them have in common, as far as few rows let it. */
function shrunk({ successes, n }: Tally, { a, b }: Prior, level: number): Omit<Contender, "row"> {
  const belief = ofShare(a + successes, b + n - successes);
  const interval = [belief.quantile((1 - level) / 2), belief.quantile((1 + level) / 2)] as const;
  return { value: (a + successes) / (a + b + n), interval, belief };
}

function contender(frame: Frame, row: Row, prior: Prior, better: Better): Contender {
  const tally = tallyOf(frame, row);
  const value = row.value ?? 0;
  const interval = row.interval ?? [value, value];
  const asIs = { value, interval, belief: isCount(frame) ? ofCount(value) : ofInterval(value, interval, frame.level) };
  const found = tally === undefined ? asIs : shrunk(tally, prior, frame.level);
  return { ...found, row, belief: remembered(better === "higher" ? found.belief : mirrored(found.belief)) };
}

/** Two rows held against each other; the difference's interval is made of the ends of theirs that face each other (MOVER). */
function difference(left: Contender, right: Contender, level: number): Difference {
  const gap = left.value - right.value;
  const below = Math.hypot(left.value - left.interval[0], right.interval[1] - right.value);
  const above = Math.hypot(left.interval[1] - left.value, right.value - right.interval[0]);
  const [probability = 0.5] = probabilitiesOfBest([left.belief, right.belief], pointsOfPair);
  return {
    left: left.row.key,
    right: right.row.key,
    difference: gap,
    interval: [gap - below, gap + above],
    probability,
    certain: probability > (1 + level) / 2 || probability < (1 - level) / 2,
  };
}

function differences(ranked: readonly Contender[], level: number): Difference[] {
  return ranked.flatMap((left, i) =>
    (ranked.length <= allPairs ? ranked.slice(i + 1) : ranked.slice(i + 1, i + 2)).map((right) =>
      difference(left, right, level),
    ),
  );
}

const keyText = ({ row }: Contender): string => JSON.stringify(row.key);

/**
 * The rows in order, the better first, each with the probability that it truly is the best, and which differences are more
 * than noise. Shares of counted rows are shrunk to what they have in common; anything else is ranked by its value.
 */
export function rankingOf(frame: Frame, rows: readonly Row[], better: Better): Ranking {
  const oldest = Math.max(0, ...rows.map((row) => row.maturity ?? 0));
  const judged = rows.map((row) => ({ row, reason: leftOut(row, oldest) }));
  const able = judged.filter(({ reason }) => reason === undefined).map(({ row }) => row);
  const byRows = able.toSorted((a, b) => (b.n ?? 0) - (a.n ?? 0));
  const [taken, more] = [byRows.slice(0, most), byRows.slice(most)];
  const prior = commonShare(taken.flatMap((row) => tallyOf(frame, row) ?? []));
  const sign = better === "higher" ? -1 : 1;
  const ranked = taken
    .map((row) => contender(frame, row, prior, better))
    .toSorted((a, b) => sign * (a.value - b.value) || (keyText(a) < keyText(b) ? -1 : 1));
  const best = probabilitiesOfBest(ranked.map(({ belief }) => belief));
  return {
    rows: ranked.map(({ row, value, interval: [low, high] }, i) => ({
      key: row.key,
      value,
      interval: [low, high],
      best: best[i] ?? 0,
    })),
    differences: differences(ranked, frame.level),
    left: [
      ...judged.flatMap(({ row, reason }) => (reason === undefined ? [] : [{ key: row.key, reason }])),
      ...more.map(({ key }) => ({ key, reason: "too-many" })),
    ],
  };
}
