import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aalenJohansen } from "./aalen-johansen.ts";
import { completedCohort, openBefore } from "./completed-cohort.ts";
import { completedDelay } from "./completed-delay.ts";
import { kaplanMeier } from "./kaplan-meier.ts";
import { gathered, lent, lifeTable, reachOf, type Exits } from "./life-table.ts";
import { logLogInterval } from "./log-log.ts";

const exit = (age: number, what: Partial<Exits>): Exits => ({ age, reached: 0, rival: 0, open: 0, ...what });

const window = 12;
const someExits = (rivals: boolean) =>
  fc.array(
    fc.record({
      age: fc.integer({ min: 0, max: 20 }),
      reached: fc.nat({ max: 4 }),
      rival: rivals ? fc.nat({ max: 4 }) : fc.constant(0),
      open: fc.nat({ max: 4 }),
    }),
    { minLength: 1, maxLength: 12 },
  );

/** Ages past the window are of open units only: whoever got there later did not get there in time. */
const withinWindow = (exits: readonly Exits[]): Exits[] =>
  exits.map((each) => (each.age > window ? exit(window, { open: each.open + each.reached + each.rival }) : each));

/** The share that got there, by following every unit day by day. */
function followedByHand(exits: readonly Exits[], until: number): number {
  const units = exits.flatMap(({ age, reached, rival, open }) => [
    ...Array.from({ length: reached }, () => ({ age, what: "reached" })),
    ...Array.from({ length: rival }, () => ({ age, what: "rival" })),
    ...Array.from({ length: open }, () => ({ age, what: "open" })),
  ]);
  let [left, there] = [1, 0];
  for (let age = 0; age <= until; age++) {
    const seen = units.filter((unit) => unit.age >= age);
    const now = (what: string) => seen.filter((unit) => unit.age === age && unit.what === what).length;
    if (seen.length === 0) break;
    there += (left * now("reached")) / seen.length;
    left *= 1 - (now("reached") + now("rival")) / seen.length;
  }
  return there;
}

describe("the page's examples", () => {
  test("20 old and 20 young leads come to 36.25 %", () => {
    const curve = kaplanMeier(
      lifeTable(
        [exit(5, { reached: 6 }), exit(10, { open: 18 }), exit(20, { reached: 4 }), exit(30, { open: 12 })],
        30,
      ),
    );
    expect(curve[5]?.value).toBeCloseTo(0.15, 12);
    expect(curve[30]?.value).toBeCloseTo(0.3625, 12);
    // Greenwood: 0.6375² × (6 ÷ (40 × 34) + 4 ÷ (16 × 12)).
    expect(curve[30]?.variance).toBeCloseTo(0.6375 ** 2 * (6 / 1360 + 4 / 192), 12);
  });

  test("10 opportunities with losses come to 40 %", () => {
    const table = lifeTable(
      [exit(10, { reached: 2, rival: 4 }), exit(15, { open: 2 }), exit(20, { reached: 1 }), exit(30, { open: 1 })],
      30,
    );
    expect(aalenJohansen(table)[30]?.value).toBeCloseTo(0.4, 12);
    expect(kaplanMeier(table)[30]?.value).toBeCloseTo(0.6, 12);
  });
});

describe("the curves", () => {
  test("are what following every unit gives", () => {
    fc.assert(
      fc.property(someExits(true), (exits) => {
        const curve = aalenJohansen(lifeTable(withinWindow(exits), window));
        for (const { age, value } of curve) expect(value).toBeCloseTo(followedByHand(withinWindow(exits), age), 10);
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  test("agree, variance included, where there is no rival", () => {
    fc.assert(
      fc.property(someExits(false), (exits) => {
        const table = lifeTable(withinWindow(exits), window);
        const [one, other] = [kaplanMeier(table), aalenJohansen(table)];
        one.forEach((each, i) => {
          expect(each.value).toBeCloseTo(other[i]?.value ?? Number.NaN, 10);
          expect(each.variance).toBeCloseTo(other[i]?.variance ?? Number.NaN, 10);
        });
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  test("without censoring are the share itself, with the variance p(1 − p)/n", () => {
    const table = lifeTable([exit(1, { reached: 2, rival: 3 }), exit(4, { reached: 1 }), exit(9, { open: 4 })], 9);
    const last = aalenJohansen(table).at(-1);
    expect(last?.value).toBeCloseTo(0.3, 12);
    expect(last?.variance).toBeCloseTo((0.3 * 0.7) / 10, 12);
  });

  test("never fall, and stay within 0 and 1, as does their interval", () => {
    fc.assert(
      fc.property(someExits(true), (exits) => {
        let before = 0;
        for (const { value, variance } of aalenJohansen(lifeTable(withinWindow(exits), window))) {
          const [low, high] = logLogInterval(value, variance, 0.8);
          expect(value).toBeGreaterThanOrEqual(before);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(value);
          expect(high).toBeGreaterThanOrEqual(value);
          expect(high).toBeLessThanOrEqual(1);
          before = value;
        }
      }),
      { seed: 13, numRuns: 200 },
    );
  });
});

describe("a completed cohort", () => {
  test("with its own life table is the curve's end", () => {
    fc.assert(
      fc.property(someExits(true), (exits) => {
        const own = withinWindow(exits);
        const table = lifeTable(own, window);
        fc.pre((table[0]?.atRisk ?? 0) > 0);
        const found = completedCohort(own, own, window, 0.8);
        if (reachOf(table) < window) {
          expect(found === undefined).toBe(true);
          return;
        }
        expect(found?.value).toBeCloseTo(aalenJohansen(table).at(-1)?.value ?? Number.NaN, 10);
      }),
      { seed: 14, numRuns: 300 },
    );
  });

  test("is never less than was seen nor more than can be, and neither is its interval", () => {
    fc.assert(
      fc.property(
        someExits(true),
        someExits(true),
        fc.double({ min: 0.05, max: 0.99, noNaN: true }),
        (exits, others, level) => {
          const own = withinWindow(exits);
          const n = own.reduce((sum, each) => sum + each.reached + each.rival + each.open, 0);
          fc.pre(n > 0);
          const there = own.reduce((sum, each) => sum + each.reached, 0) / n;
          const found = completedCohort(own, [...own, ...withinWindow(others)], window, level);
          if (found === undefined) return;
          const most = there + openBefore(own, window) / n + 1e-12;
          for (const each of [found.value, ...found.interval]) {
            expect(each).toBeGreaterThanOrEqual(there - 1e-12);
            expect(each).toBeLessThanOrEqual(most);
          }
          expect(found.interval[0]).toBeLessThanOrEqual(found.value + 1e-12);
          expect(found.interval[1]).toBeGreaterThanOrEqual(found.value - 1e-12);
        },
      ),
      { seed: 15, numRuns: 300 },
    );
  });

  test("of which nobody was seen counts what those known come to", () => {
    const known = [exit(3, { reached: 30 }), exit(10, { open: 70 })];
    expect(completedCohort([exit(-1, { open: 5 })], known, 10, 0.8)?.value).toBeCloseTo(0.3, 12);
  });

  test("of more than ten members relies on its own life table as far as it goes", () => {
    const known = [exit(3, { reached: 50 }), exit(8, { reached: 25 }), exit(10, { open: 25 })];
    const own = [exit(3, { reached: 2 }), exit(5, { open: 18 })];
    // Day 8 is borrowed: of 50 known still open, 25 got there.
    expect(completedCohort(own, known, 10, 0.8)?.value).toBeCloseTo((2 + 18 / 2) / 20, 12);
  });

  test("does not take nothing seen for nothing to come", () => {
    const known = [exit(10, { open: 12 })];
    const [low, high] = completedCohort([exit(0, { open: 100 })], known, 10, 0.8)?.interval ?? [];
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(0.02);
  });

  test("comes out the same in any order and grouping of its exits", () => {
    const exits = [exit(2, { reached: 3, open: 20 }), exit(7, { rival: 1, open: 9 }), exit(10, { open: 30 })];
    const pieces = [...exits, ...exits].toReversed();
    const both = exits.map(({ age, reached, rival, open }) => ({
      age,
      reached: 2 * reached,
      rival: 2 * rival,
      open: 2 * open,
    }));
    expect(gathered(pieces, 10)).toEqual(both);
    expect(completedCohort(pieces, exits, 10, 0.8)).toEqual(completedCohort(both, exits, 10, 0.8));
  });

  test("borrows only what rests on more than it has itself", () => {
    const [few, fewer] = [lifeTable([exit(4, { open: 5 })], 4), lifeTable([exit(4, { open: 3 })], 4)];
    expect(lent(few, fewer)).toEqual(few);
    expect(lent(fewer, few)).toEqual(few);
  });
});

describe("the median delay of a young cohort", () => {
  const known = [exit(5, { reached: 6 }), exit(10, { open: 18 }), exit(20, { reached: 4 }), exit(30, { open: 12 })];

  test("of the page's example is 20 days, between the first and the last that are expected", () => {
    const found = completedDelay([exit(5, { reached: 2 }), exit(10, { open: 18 })], known, 30, 0.8);
    expect(found).toMatchObject({ value: 20, interval: [expect.any(Number), 20] });
  });

  test("has no interval where too few arrive to tell one, rather than one without width", () => {
    // 1 on day 5, and of the 4 still open a quarter on day 20: two arrivals say nothing at 80 %.
    expect(completedDelay([exit(5, { reached: 1 }), exit(10, { open: 4 })], known, 30, 0.8)).toEqual({
      value: 12.5,
      interval: null,
    });
  });
});
