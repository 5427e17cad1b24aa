import * as fc from "fast-check";
import { expect, test } from "vitest";
import { causedOf } from "./caused.ts";

const all = { amount: 100_000, people: 100 };

test("by hand: a third of twenty people less chance, and all that twenty came to and chance on top", () => {
  // 6.7 of 20 are expected; P(less than 3) = 3.8 % and P(less than 4) = 10 %. 20 + 1.35 + 1.645 √(20 + 0.68) = 28.8 people.
  const [least, most] = causedOf(20_000, { amount: 20_000, people: 20 }, all);
  expect(least).toBeCloseTo(3000, 6);
  expect(most).toBeCloseTo(28_833, -2);
});

test("eight people prove nothing: that none of them was caused has a probability of 7 %", () => {
  expect(causedOf(8000, { amount: 8000, people: 8 }, all)[0]).toBe(0);
  expect(causedOf(9000, { amount: 9000, people: 9 }, all)[0]).toBeGreaterThan(0);
});

test("what nobody met may still have sold, as chance keeps 2.7 usual people from view", () => {
  expect(causedOf(0, { amount: 0, people: 0 }, all)).toEqual([0, expect.closeTo(2705.5, 0)]);
});

const people = fc.integer({ min: 0, max: 400 });

test("the least is at most what is credited, the most at least what people met; more people narrow both", () => {
  fc.assert(
    fc.property(people, fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const met = { amount: n * 700, people: n };
      const credited = met.amount * share;
      const [least, most] = causedOf(credited, met, all);
      expect(least).toBeGreaterThanOrEqual(0);
      expect(least).toBeLessThanOrEqual(credited);
      expect(most).toBeGreaterThanOrEqual(met.amount);
      if (n === 0) return;
      const [, wider] = causedOf(credited * 4, { amount: met.amount * 4, people: n * 4 }, all);
      expect(wider / 4).toBeLessThan(most);
    }),
  );
});
