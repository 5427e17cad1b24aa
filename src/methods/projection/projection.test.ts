import { describe, expect, test } from "vitest";
import { draws } from "../../../test/random.ts";
import { chancesAt, type Watched } from "./chances.ts";
import { bandOfSum, pastErrors } from "./choice.ts";
import { drawn, quantileOf } from "./draws.ts";
import { cameAfter, triedOn } from "./income.ts";
import { expectedOf, learned, type History } from "./pipeline.ts";
import { reachedBy } from "./probability.ts";
import { fanOf, projected } from "./project.ts";
import { randomOf } from "./random.ts";

const watched = (each: Partial<Watched>): Watched => ({
  origin: 0,
  stage: "demo",
  age: 0,
  open: 0,
  won: [],
  lost: [],
  ...each,
});
const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12));

describe("the chances of open deals, by hand", () => {
  const four = watched({ open: 4, won: [1, 1], lost: [1, 0] });

  test("of four one is won and one lost at once, and one of the two that are left is won next: ¼, then ¼ + ½ × ½", () => {
    expect(chancesAt([four], 2, 2)("demo", 0)).toEqual(close([0.25, 0.5]));
  });

  test("what had not happened yet when the origin came is not known there", () => {
    expect(chancesAt([four], 1, 2)("demo", 0)).toEqual(close([0.25, 0.25]));
    expect(chancesAt([four], 0, 2)("demo", 0)).toEqual([0, 0]);
  });

  test("a stage is drawn towards all by ten, and an age towards its stage: ½ → 15 ÷ 20 → 17.5 ÷ 20", () => {
    const chances = chancesAt([watched({ stage: "late", open: 10, won: [10] }), watched({ open: 10 })], 1, 1);
    expect(chances("late", 0)).toEqual(close([0.875]));
    expect(chances("late", 3)).toEqual(close([0.75]));
    expect(chances("demo", 0)).toEqual(close([0.125]));
    expect(chances("never seen", 0)).toEqual(close([0.5]));
  });
});

/** Deals that are created each month and move on by known odds: who is open where when each origin comes, and what follows. */
function simulated(origins: number, seed: number) {
  const { uniform, poisson } = draws(seed);
  const stages = ["first", "second", "third"];
  const [wins, losses, moves] = [
    [0.02, 0.08, 0.35],
    [0.2, 0.15, 0.1],
    [0.3, 0.3, 0],
  ];
  const open: { stage: number; age: number }[] = [];
  const seen: { origin: number; stage: number; age: number; deal: number }[] = [];
  const ends = new Map<number, { origin: number; won: boolean }>();
  const ids = new Map<(typeof open)[number], number>();
  for (let origin = 0; origin < origins; origin++) {
    for (let i = poisson(60); i > 0; i--) {
      const deal = { stage: 0, age: 0 };
      open.push(deal);
      ids.set(deal, ids.size);
    }
    for (const deal of open) seen.push({ origin, ...deal, deal: ids.get(deal) ?? -1 });
    for (const deal of open.toReversed()) {
      const fate = uniform();
      const [win = 0, lose = 0, move = 0] = [wins?.[deal.stage], losses?.[deal.stage], moves?.[deal.stage]];
      if (fate < win + lose) {
        ends.set(ids.get(deal) ?? -1, { origin, won: fate < win });
        open.splice(open.indexOf(deal), 1);
      } else if (fate < win + lose + move) Object.assign(deal, { stage: deal.stage + 1, age: 0 });
      else deal.age = Math.min(4, deal.age + 1);
    }
  }
  const groups = Map.groupBy(seen, ({ origin, stage, age }) => `${origin} ${stage} ${age}`);
  const all = [...groups.values()].map((own): Watched => {
    const [{ origin, stage, age } = { origin: 0, stage: 0, age: 0 }] = own;
    const count = (won: boolean) =>
      Array.from(
        { length: 12 },
        (_, step) =>
          own.filter(({ deal }) => ends.get(deal)?.won === won && ends.get(deal)?.origin === origin + step).length,
      );
    return { origin, stage: stages[stage] ?? "", age, open: own.length, won: count(true), lost: count(false) };
  });
  return { all, seen, ends, stages };
}

test("reliability: of simulated deals that were given a chance of so much, about so many were won within three months", () => {
  const { all, seen, ends, stages } = simulated(60, 17);
  const table = Array.from({ length: 10 }, () => ({ n: 0, foretold: 0, won: 0 }));
  for (let now = 30; now < 57; now++) {
    const chances = chancesAt(all, now, 12);
    for (const { stage, age, deal } of seen.filter(({ origin }) => origin === now)) {
      const chance = chances(stages[stage] ?? "", age)[2] ?? 0;
      const end = ends.get(deal);
      const row = table[Math.min(9, Math.floor(chance * 10))];
      if (row === undefined) continue;
      row.n += 1;
      row.foretold += chance;
      row.won += end?.won === true && end.origin < now + 3 ? 1 : 0;
    }
  }
  const told = table.filter(({ n }) => n >= 100);
  expect(told.length).toBeGreaterThanOrEqual(3);
  for (const { n, foretold, won } of told) expect(Math.abs(won - foretold) / n).toBeLessThan(0.04);
});

describe("what a pipeline may be expected to bring", () => {
  const origins = 9;
  /** At each origin 100 are open, of which half is won at once; 20 are new each month, and 30 come in anyway. */
  const steady: History = {
    origins,
    steps: 3,
    watched: Array.from({ length: origins }, (_, origin) => watched({ origin, open: 10, won: [5], lost: [5] })),
    exposed: Array.from({ length: origins }, (_, origin) => ({ origin, owner: 0, stage: "demo", age: 0, amount: 100 })),
    flows: Array.from({ length: origins - 1 }, (_, origin) => [
      { origin, owner: 0, kind: "open" as const, amounts: [50, 0, 0] },
      { origin, owner: 0, kind: "fresh" as const, amounts: [20, 20, 20] },
      { origin, owner: 0, kind: "standing" as const, amounts: [30, 30, 30] },
    ]).flat(),
    pace: Array.from({ length: origins }, () => [100]),
  };

  test("is what it always brought, where it always brought the same", () => {
    const seen = learned(steady);
    expect(seen.slice(0, 6)).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
    const now = seen.at(-1);
    expect(now?.yields).toEqual(close([1, 1, 1]));
    const { exposed } = steady;
    const expected = now && expectedOf(exposed.slice(-1), 100, now);
    expect(expected?.open).toEqual(close([50, 50, 50]));
    expect(expected?.rest).toEqual(close([50, 100, 150]));
  });

  test("is half where open deals always brought half of what they were worth", () => {
    const flows = steady.flows.map((flow) => (flow.kind === "open" ? { ...flow, amounts: [25, 0, 0] } : flow));
    const now = learned({ ...steady, flows }).at(-1);
    expect(now && expectedOf(steady.exposed.slice(-1), 100, now).open).toEqual(close([25, 25, 25]));
  });
});

describe("drawn futures", () => {
  const how = (seed: string) => ({ owners: 2, futures: 2000, random: randomOf(seed), pause: () => Promise.resolve() });
  const deals = [
    { owner: 0, amount: 10, chances: [1, 1] },
    { owner: 1, amount: 10, chances: [0, 0.25] },
    { owner: 1, amount: 100, chances: [0, 0] },
  ];

  test("a sure deal is always won, an impossible one never, and one of four by the end that says so", async () => {
    const [month, quarter] = await drawn(deals, [0, 1], how("one"));
    expect(month?.[0]?.every((sum) => sum === 10)).toBe(true);
    expect(month?.[1]?.every((sum) => sum === 0)).toBe(true);
    const won = [...(quarter?.[1] ?? [])].reduce((sum, value) => sum + value, 0) / 2000;
    expect(won).toBeGreaterThan(2.2);
    expect(won).toBeLessThan(2.8);
  });

  test("what is won within the month is won within the quarter, and the same question draws the same", async () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ owner: 0, amount: i, chances: [0.1, 0.3] }));
    const [month, quarter] = await drawn(many, [0, 1], how("two"));
    expect(month?.[0]?.every((sum, i) => sum <= (quarter?.[0]?.[i] ?? 0))).toBe(true);
    expect(await drawn(many, [0, 1], how("two"))).toEqual([month, quarter]);
    expect(await drawn(many, [0, 1], how("three"))).not.toEqual([month, quarter]);
  });

  test("quantiles lie between the values", () => {
    expect(quantileOf(Float64Array.of(0, 10, 20), 0.5)).toBe(10);
    expect(quantileOf(Float64Array.of(0, 10), 0.1)).toBe(1);
  });
});

describe("a period", () => {
  /** Two years and a half of 100 a month, of which 40 come after the day on which the present month stands. */
  const income = { months: Array.from({ length: 30 }, () => 100), tails: Array.from({ length: 30 }, () => 40) };
  const tried = triedOn<never>(income, 12, undefined);
  const known = { income, tried, pipeline: undefined };

  test("what came after a month's day is its tail and the months after it", () => {
    expect(cameAfter(income, 28, 3)).toEqual([40, 100]);
  });

  test("is what it has so far, the tail of the month and whole months: 60 + 40 + 2 × 100", () => {
    expect(tried.map(({ id, trials }) => [id, trials.length])).toEqual([
      ["naive", 18],
      ["seasonal-naive", 18],
      ["run-rate", 18],
      ["exponential-smoothing", 18],
      ["theta", 18],
    ]);
    const found = projected(known, { steps: 3, soFar: 60, futures: undefined });
    expect(found).toMatchObject({ method: "naive", low: 300, mid: 300, high: 300 });
    expect(found?.past[0]).toEqual({ id: "naive", error: 0, trials: 16, steps: 3 });
    expect(fanOf(known, 2)?.steps.map(({ mid }) => mid)).toEqual([40, 100]);
  });

  test("is told by the pipeline where that erred least, and no narrower than it erred", () => {
    const more = (values: readonly number[]) => values.map((value, i) => value + (i % 3) * 50);
    const wild = { months: more(income.months), tails: more(income.tails) };
    const paths = wild.months.map((_, at) =>
      at < 8 ? undefined : cameAfter(wild, at, 12).map((value, step) => value + (step === 0 ? (at % 5) - 2 : 0)),
    );
    const own = triedOn(wild, 12, { id: "pipeline" as const, paths });
    expect(pastErrors(own, 1)[0]?.id).toBe("pipeline");
    const futures = Float64Array.from({ length: 101 }, (_, i) => 99.5 + i / 100);
    const found = projected({ income: wild, tried: own, pipeline: [40, 100] }, { steps: 1, soFar: 60, futures });
    expect(found).toMatchObject({ method: "pipeline", mid: 100, low: 98, high: 102 });
  });

  test("with fewer than nine past errors of its length takes those of the longest it has, in proportion", () => {
    const trials = Array.from({ length: 10 }, (_, i) => ({ errors: i < 5 ? [i - 5, 0] : [i - 4] }));
    expect(bandOfSum({ id: "one", trials }, 2, 0.8)?.map((end) => Math.round(end * 100) / 100)).toEqual([-9.8, 9.8]);
  });
});

test("a target in the middle is even, at P10 it is reached nine times of ten, at P90 once", () => {
  const told = { low: 80, mid: 100, high: 140 };
  expect([reachedBy(told, 100), reachedBy(told, 80), reachedBy(told, 140)]).toEqual(close([0.5, 0.9, 0.1]));
  expect(reachedBy({ low: 5, mid: 5, high: 5 }, 5)).toBe(1);
  expect(reachedBy({ low: 5, mid: 5, high: 5 }, 6)).toBe(0);
});
