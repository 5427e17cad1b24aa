import { expect, test } from "vitest";
import { draws } from "../../../test/random.ts";
import { binomialTail } from "./binomial-tail.ts";
import { discoveries } from "./discoveries.ts";

test.each([
  // Of a coin thrown four times: P(X < 0) + ½ P(X = 0) = 1/32, twice that; the middle is sure to be no surprise.
  [0, 4, 0.5, 1 / 16],
  [4, 4, 0.5, 1 / 16],
  [1, 4, 0.5, 2 * (1 / 16 + 2 / 16)],
  [2, 4, 0.5, 1],
  // 0 of 3 at 1/3: ½ (2/3)³, twice.
  [0, 3, 1 / 3, 8 / 27],
])("%d of %d at %d: %d", (k, n, p, value) => {
  expect(binomialTail(k, n, p)).toBeCloseTo(value, 12);
});

test("of nothing, or of what is sure, nothing is a surprise", () => {
  expect([binomialTail(0, 0, 0.5), binomialTail(3, 3, 1), binomialTail(0, 3, 0)]).toEqual([1, 1, 1]);
});

test("between whole numbers it lies between theirs", () => {
  expect(binomialTail(2.5, 20, 0.4)).toBeGreaterThan(binomialTail(2, 20, 0.4));
  expect(binomialTail(2.5, 20, 0.4)).toBeLessThan(binomialTail(3, 20, 0.4));
});

test("of many tests by chance alone, anything is called in no more than one run of twenty", () => {
  const { uniform } = draws(3);
  const runs = Array.from({ length: 2000 }, () => discoveries(Array.from({ length: 12 }, uniform), 0.05));
  const called = runs.filter((each) => each.includes(true)).length / runs.length;
  expect(called).toBeGreaterThan(0.03);
  expect(called).toBeLessThan(0.06);
});

test("up to the last whose p is small enough for its place, all are called", () => {
  // 5 % × place ÷ 4 = 0.0125, 0.025, 0.0375, 0.05: the third is small enough, and takes the second along.
  expect(discoveries([0.9, 0.01, 0.03, 0.036], 0.05)).toEqual([false, true, true, true]);
  expect(discoveries([0.02, 0.9, 0.9, 0.9], 0.05)).toEqual([false, false, false, false]);
  expect(discoveries([], 0.05)).toEqual([]);
});
