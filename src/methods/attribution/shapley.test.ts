import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Path } from "./journeys.ts";
import { equalParts, gameOf, shapleyValues, subsetGame } from "./shapley.ts";

const names = Array.from({ length: 16 }, (_, i) => String.fromCodePoint(97 + i));
const journeys = (channels: readonly string[]) =>
  fc.array(
    fc.record({
      states: fc.array(fc.constantFrom(...channels), { minLength: 1, maxLength: 6 }),
      conversions: fc.integer({ min: 0, max: 20 }),
      nulls: fc.integer({ min: 0, max: 20 }),
    }),
    { minLength: 1, maxLength: 15 },
  );

/** Every conversion in equal parts. */
function equalTotals(paths: readonly Path[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { states, conversions } of paths)
    for (const [channel, part] of equalParts(states))
      totals.set(channel, (totals.get(channel) ?? 0) + part * conversions);
  return totals;
}

describe("the Shapley value of channels", () => {
  /*
   * Direct is worth 4 alone, adds 0 to Organic, 3 to Facebook and 4 to both: (2 × 4 + 0 + 3 + 2 × 4) ÷ 6 = 19/6. Likewise
   * Organic (2 × 7 + 9 + 3 + 2 × 10) ÷ 6 = 46/6 and Facebook (2 × 6 + 8 + 5 + 2 × 12) ÷ 6 = 49/6. Together 114/6 = 19.
   */
  test("in a game of given worths, by hand", () => {
    const worths = { O: 7, F: 6, D: 4, OF: 15, OD: 7, FD: 9, OFD: 19 };
    const game = gameOf(Object.entries(worths).map(([channels, worth]) => ({ channels: channels.split(""), worth })));
    const values = shapleyValues(["O", "F", "D"], game);
    expect(values.get("O")?.value).toBeCloseTo(46 / 6, 12);
    expect(values.get("F")?.value).toBeCloseTo(49 / 6, 12);
    expect(values.get("D")).toEqual({ value: expect.closeTo(19 / 6, 12) as number, standardError: 0 });
  });

  test("infers no worth that is not given", () => {
    const game = gameOf([
      { channels: ["a"], worth: 1 },
      { channels: ["b"], worth: 2 },
    ]);
    expect(() => shapleyValues(["a", "b"], game)).toThrow("a, b together");
  });

  test("in the game of conversions is an equal part of each for every distinct channel", () => {
    fc.assert(
      fc.property(journeys(names.slice(0, 6)), (paths) => {
        const values = shapleyValues(names.slice(0, 6), subsetGame(paths));
        const totals = equalTotals(paths);
        for (const [channel, { value }] of values) expect(value).toBeCloseTo(totals.get(channel) ?? 0, 9);
      }),
      { seed: 1953 },
    );
  });

  test("is sampled beyond twelve channels: it sums to the whole, and is within its standard error", () => {
    const off: number[] = [];
    fc.assert(
      fc.property(journeys(names), fc.nat(), (paths, seed) => {
        const game = subsetGame(paths);
        const values = shapleyValues(names, game, { pairs: 200, seed });
        const totals = equalTotals(paths);
        const whole = [...values.values()].reduce((sum, { value }) => sum + value, 0);
        expect(whole).toBeCloseTo(game(new Set(names)), 9);
        for (const [channel, { value, standardError }] of values) {
          if (standardError > 1e-9) off.push((value - (totals.get(channel) ?? 0)) / standardError);
          else expect(value).toBeCloseTo(totals.get(channel) ?? 0, 9);
        }
      }),
      { seed: 2009, numRuns: 60 },
    );
    const within = off.filter((each) => Math.abs(each) < 1.96).length / off.length;
    expect(off.length).toBeGreaterThan(200);
    expect(Math.abs(within - 0.95)).toBeLessThan(0.03);
  });

  test("the same seed gives the same bits", () => {
    const game = (there: ReadonlySet<string>) => there.size ** 3;
    const sample = { pairs: 20, seed: 0 };
    expect(shapleyValues(names, game, sample)).toEqual(shapleyValues(names, game, sample));
    expect(shapleyValues(names, game, sample)).not.toEqual(shapleyValues(names, game, { ...sample, seed: 1 }));
  });
});
