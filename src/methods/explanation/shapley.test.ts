import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shapley } from "./shapley.ts";

/** The average over every order of what each player adds when it comes: the definition, word for word. */
function byOrders(players: number, worth: (subset: number) => number): number[] {
  const orders = (left: number[]): number[][] =>
    left.length === 0
      ? [[]]
      : left.flatMap((first) => orders(left.filter((each) => each !== first)).map((rest) => [first, ...rest]));
  const all = orders(Array.from({ length: players }, (_, i) => i));
  const sums = Array.from({ length: players }, () => 0);
  for (const order of all) {
    let there = 0;
    for (const player of order) {
      sums[player] = (sums[player] ?? 0) + worth(there | (1 << player)) - worth(there);
      there |= 1 << player;
    }
  }
  return sums.map((sum) => sum / all.length);
}

describe("the Shapley value", () => {
  test("of three channels worth 7, 6 and 4 alone, 15, 7 and 9 in pairs, 19 together", () => {
    const worths = [0, 7, 6, 15, 4, 7, 9, 19];
    const values = shapley(3, (subset) => worths[subset] ?? 0);
    expect(values.map((value) => Math.round(value * 100) / 100)).toEqual([7.67, 8.17, 3.17]);
  });

  test("is the average over all orders, and sums to the whole", () => {
    const game = fc
      .integer({ min: 1, max: 5 })
      .chain((players) =>
        fc
          .array(fc.integer({ min: -100, max: 100 }), { minLength: 2 ** players, maxLength: 2 ** players })
          .map((worths) => ({ players, worths })),
      );
    fc.assert(
      fc.property(game, ({ players, worths }) => {
        const worth = (subset: number) => worths[subset] ?? 0;
        const values = shapley(players, worth);
        for (const [i, value] of byOrders(players, worth).entries()) expect(values[i]).toBeCloseTo(value, 9);
        expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(worth(2 ** players - 1) - worth(0), 9);
      }),
      { seed: 1953 },
    );
  });
});
