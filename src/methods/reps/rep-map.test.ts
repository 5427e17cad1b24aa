import { describe, expect, test } from "vitest";
import { draws } from "../../../test/random.ts";
import { repMap, worthOfWon, type Won } from "./rep-map.ts";
import { gatheredLevels, usualRates, type MixCell } from "./usual-mix.ts";

test("won of cases that all have the usual rate is worth just so many cases", () => {
  // 20 cases at 0.3: 6 expected, with a variance of 20 × 0.3 × 0.7.
  const tally = worthOfWon({ won: 9, expected: 6, variance: 4.2 }, 0.3);
  expect(tally?.successes).toBeCloseTo(9, 12);
  expect(tally?.n).toBeCloseTo(20, 12);
});

test("hard cases count for more: 6 of 20 at 0.15 each, beside a usual 0.3, are worth 4.9 of 8.2", () => {
  // n = 0.7 × 3² ÷ (0.3 × 20 × 0.15 × 0.85) = 6.3 ÷ 0.765 = 8.235; the share is 0.3 × 6 ÷ 3 = 0.6.
  const tally = worthOfWon({ won: 6, expected: 3, variance: 2.55 }, 0.3);
  expect(tally?.n).toBeCloseTo(6.3 / 0.765, 12);
  expect((tally?.successes ?? 0) / (tally?.n ?? 1)).toBeCloseTo(0.6, 12);
});

test("who had nothing has no value, and it is not 0", () => {
  const none = { created: { events: 0, exposure: 0 }, closed: { won: 0, expected: 0, variance: 0 } };
  const some = { created: { events: 40, exposure: 20 }, closed: { won: 12, expected: 12, variance: 8.4 } };
  const { create, close } = repMap([none, some], 0.3, 0.8);
  expect([create[0], close[0]]).toEqual([undefined, undefined]);
  expect([create[1]?.stands, close[1]?.stands]).toEqual(["alike", "alike"]);
});

test("by hand: two who create 10 and 30 in ten weeks are drawn to 2 a week by 1.11 weeks", () => {
  const closed = { won: 0, expected: 0, variance: 0 };
  const { create } = repMap(
    [
      { created: { events: 10, exposure: 10 }, closed },
      { created: { events: 30, exposure: 10 }, closed },
    ],
    0.3,
    0.8,
  );
  const rate = 2 / 1.8;
  expect(create[0]?.value).toBeCloseTo((2 * rate + 10) / (rate + 10), 12);
  expect(create.map((each) => each?.stands)).toEqual(["below", "above"]);
  expect(create[1]?.interval[0]).toBeLessThan(create[1]?.value ?? 0);
});

test("3 of 3 stands behind 40 of 60 beside steady colleagues, and is not flagged (T27)", () => {
  const share = (k: number, n: number) => ({
    created: { events: n, exposure: 40 },
    closed: { won: k, expected: n * 0.6, variance: n * 0.24 },
  });
  const { close } = repMap([share(3, 3), share(40, 60), ...[34, 35, 36, 37].map((k) => share(k, 60))], 0.6, 0.8);
  expect(close[0]?.value).toBeLessThan(close[1]?.value ?? 0);
  expect(close[0]?.stands).toBe("too-few");
});

/** A company of people with a known skill: each works cases of their own mix of two sources, one twice as good as the other. */
interface Simulated {
  readonly skill: number;
  readonly n: number;
  readonly won: number;
  readonly cells: readonly MixCell[];
}

const rates: Readonly<Record<string, number>> = { web: 0.4, fair: 0.2 };

function simulated(seed: number, people: number, spread: number): Simulated[] {
  const { uniform, lognormal } = draws(seed);
  return Array.from({ length: people }, () => {
    const skill = lognormal(1, spread);
    const n = 3 + Math.floor(uniform() ** 3 * 140);
    const ofWeb = uniform();
    const cells: MixCell[] = ["web", "fair"].map((source, i) => {
      const weight = Math.round(n * (i === 0 ? ofWeb : 1 - ofWeb));
      const rate = Math.min(0.95, skill * (rates[source] ?? 0));
      const successes = Array.from({ length: weight }, uniform).filter((each) => each < rate).length;
      return { levels: [source], weight, successes };
    });
    const sum = (of: "weight" | "successes") => cells.reduce((all, each) => all + each[of], 0);
    return { skill, n: sum("weight"), won: sum("successes"), cells };
  });
}

function wonOf({ cells }: Pick<Simulated, "cells">, rate: (levels: readonly string[]) => number): Won {
  let [won, expected, variance] = [0, 0, 0];
  for (const { levels, weight, successes } of cells) {
    const p = rate(levels);
    [won, expected, variance] = [won + successes, expected + weight * p, variance + weight * p * (1 - p)];
  }
  return { won, expected, variance };
}

function mapOf(people: readonly Pick<Simulated, "cells" | "n">[]) {
  const all = gatheredLevels(people.flatMap(({ cells }) => cells));
  const rate = usualRates(all);
  const [won, n] = [
    all.reduce((sum, each) => sum + each.successes, 0),
    all.reduce((sum, each) => sum + each.weight, 0),
  ];
  const given = people.map((each) => ({ created: { events: each.n, exposure: each.n }, closed: wonOf(each, rate) }));
  return { usual: won / n, ...repMap(given, won / n, 0.8) };
}

const ranks = (values: readonly number[]): number[] => {
  const ordered = values.toSorted((a, b) => a - b);
  return values.map((each) => (ordered.indexOf(each) + ordered.lastIndexOf(each)) / 2);
};

/** Spearman's rank correlation. */
function rankCorrelation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [ranks(one), ranks(other)];
  const mean = (a.length - 1) / 2;
  const product = (left: readonly number[], right: readonly number[]) =>
    left.reduce((sum, each, i) => sum + (each - mean) * ((right[i] ?? 0) - mean), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

describe("people whose skill is known, of whom some had few cases", () => {
  const companies = Array.from({ length: 60 }, (_, seed) => simulated(seed + 1, 30, 0.35));

  test("are put in an order nearer to their skill than by what they won of what they had", () => {
    const gains = companies.map((people) => {
      const truth = people.map(({ skill }) => skill);
      const raw = people.map(({ won, n }) => won / n);
      const believed = mapOf(people).close.map((each) => each?.value ?? 0);
      return rankCorrelation(believed, truth) - rankCorrelation(raw, truth);
    });
    expect(gains.reduce((sum, each) => sum + each, 0) / gains.length).toBeGreaterThan(0.08);
    expect(gains.filter((each) => each > 0).length / gains.length).toBeGreaterThan(0.8);
  });

  test("with fewer than twenty cases are called weak without being so less than half as often as by their plain ratio", () => {
    let [byRatio, byMap] = [0, 0];
    for (const people of companies) {
      const { close, usual } = mapOf(people);
      people.forEach(({ skill, n, won }, i) => {
        if (n >= 20 || skill < 1) return;
        if (won / n < usual * 0.8) byRatio += 1;
        if (close[i]?.stands === "below") byMap += 1;
      });
    }
    expect(byRatio).toBeGreaterThan(50);
    expect(byMap).toBeLessThan(byRatio / 10);
  });

  test("who differ much are found", () => {
    let [found, far] = [0, 0];
    for (const people of companies) {
      const { close } = mapOf(people);
      people.forEach(({ skill, n }, i) => {
        if (n < 60 || (skill > 0.6 && skill < 1.6)) return;
        far += 1;
        if (close[i]?.stands === (skill < 1 ? "below" : "above")) found += 1;
      });
    }
    expect(far).toBeGreaterThan(30);
    expect(found / far).toBeGreaterThan(0.6);
  });

  test("hold their skill in their 80 % intervals about as often as that, once it is told of the usual mix", () => {
    let [held, all] = [0, 0];
    for (const people of companies) {
      const { close, usual } = mapOf(people);
      const won = people.reduce((sum, each) => sum + each.won, 0);
      const expected = people.reduce(
        (sum, each) => sum + wonOf(each, ([source = ""]) => rates[source] ?? 0).expected,
        0,
      );
      people.forEach(({ skill }, i) => {
        const truth = (skill * usual * expected) / won;
        const [low, high] = close[i]?.interval ?? [0, 1];
        all += 1;
        if (low <= truth && truth <= high) held += 1;
      });
    }
    expect(held / all).toBeGreaterThan(0.74);
    expect(held / all).toBeLessThan(0.88);
  });
});

test("cases dealt to people by lot flag anybody in no more than one map of twenty", () => {
  const { uniform } = draws(77);
  const runs = 400;
  let flagged = 0;
  for (let run = 0; run < runs; run++) {
    const sizes = Array.from({ length: 12 }, () => 5 + Math.floor(uniform() * 80));
    const created = sizes.map(() => 0);
    const total = sizes.reduce((sum, each) => sum + each, 0);
    for (let i = 0; i < total; i++) {
      const place = Math.floor(uniform() * sizes.length);
      created[place] = (created[place] ?? 0) + 1;
    }
    const people = sizes.map((n) => ({
      n,
      cells: ["web", "fair"].map((source): MixCell => {
        const weight = Math.ceil(n / 2);
        const rate = rates[source] ?? 0;
        return {
          levels: [source],
          weight,
          successes: Array.from({ length: weight }, uniform).filter((u) => u < rate).length,
        };
      }),
    }));
    const all = people.flatMap(({ cells }) => cells);
    const rate = usualRates(all);
    const map = repMap(
      people.map((each, i) => ({ created: { events: created[i] ?? 0, exposure: 40 }, closed: wonOf(each, rate) })),
      0.3,
      0.8,
    );
    const stands = [...map.create, ...map.close].map((each) => each?.stands);
    if (stands.includes("above") || stands.includes("below")) flagged += 1;
  }
  expect(flagged / runs).toBeLessThan(0.05);
  expect(flagged).toBeGreaterThan(0);
});
