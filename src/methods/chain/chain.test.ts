import * as fc from "fast-check";
import { expect, test } from "vitest";
import { absorbed } from "./absorbing-chain.ts";
import { logShareVariance, worthOf } from "./lead-chain.ts";

test("the gambler who starts with one of three coins", () => {
  // At 1 and 2 coins, a fair toss: from 1 to ruin or to 2, from 2 to 1 or to the win. Ruin from 1 is 2/3, tosses from 1 are 2.
  const found = absorbed({
    onward: [
      [0, 0.5],
      [0.5, 0],
    ],
    ends: [
      [0.5, 0],
      [0, 0.5],
    ],
    rewards: [1, 1],
  });
  expect(found.probabilities[0]?.[0]).toBeCloseTo(2 / 3, 12);
  expect(found.probabilities[1]?.[0]).toBeCloseTo(1 / 3, 12);
  expect(found.values).toEqual([expect.closeTo(2, 12), expect.closeTo(2, 12)]);
});

test("a state that is never left is refused", () => {
  expect(() => absorbed({ onward: [[1]], ends: [[0]], rewards: [1] })).toThrow("never left");
});

const row = (states: number, ends: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: states + ends, maxLength: states + ends });
const chains = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 })).chain(([states, ends]) =>
  fc.array(row(states, ends), { minLength: states, maxLength: states }).map((rows) =>
    // One more for the last end, so that every state can be left for good.
    rows.map((counts) => {
      const all = counts.map((count, i) => (i === counts.length - 1 ? count + 1 : count));
      const sum = all.reduce((total, count) => total + count, 0);
      const shares = all.map((count) => count / sum);
      return { onward: shares.slice(0, states), ends: shares.slice(states) };
    }),
  ),
);

test("every state ends for sure, and steps add up: each value is its reward and what follows", () => {
  fc.assert(
    fc.property(chains, (rows) => {
      const onward = rows.map((each) => each.onward);
      const rewards = rows.map((_, i) => i + 1);
      const { probabilities, values } = absorbed({ onward, ends: rows.map((each) => each.ends), rewards });
      for (const [i, each] of probabilities.entries()) {
        expect(each.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 9);
        const after = (onward[i] ?? []).reduce((sum, share, j) => sum + share * (values[j] ?? 0), 0);
        expect(values[i]).toBeCloseTo((rewards[i] ?? 0) + after, 6);
      }
    }),
  );
});

test("half of the leads become customers, who pay 100 a month and of whom half leave each month, over three months", () => {
  const { sale, value } = worthOf({ passes: [0.5, 1], monthly: 100, churn: 0.5, months: 3 });
  // 100 + 50 + 25 for a customer.
  expect(sale).toEqual([0.5, 1, 1]);
  expect(value).toEqual([87.5, 175, 175]);
});

test("nobody who leaves: as many months as count", () => {
  expect(worthOf({ passes: [0.1], monthly: 10, churn: 0, months: 36 }).value.map((each) => Math.round(each))).toEqual([
    36, 360,
  ]);
});

test("a share's logarithm varies less with more of them, and is known for none", () => {
  expect(logShareVariance(50, 100)).toBeLessThan(logShareVariance(5, 10));
  expect(Number.isFinite(logShareVariance(0, 0))).toBe(true);
});
