import * as fc from "fast-check";
import { expect, test } from "vitest";
import { betaCdf, betaQuantile, logGamma } from "./beta.ts";

/** P(Bin(n, p) ≥ k), added up term by term. */
function atLeast(k: number, n: number, p: number): number {
  let sum = 0;
  for (let i = k; i <= n; i++) {
    let term = p ** i * (1 - p) ** (n - i);
    for (let j = 1; j <= i; j++) term *= (n - i + j) / j;
    sum += term;
  }
  return sum;
}

test.each([
  [1, 0],
  [5, Math.log(24)],
  [0.5, Math.log(Math.sqrt(Math.PI))],
  [100, 359.1342053695754],
])("log Γ(%d) is %d", (x, value) => {
  expect(logGamma(x)).toBeCloseTo(value, 9);
});

test.each([
  // Abramowitz and Stegun (1964), table 26.9 and 26.5.24: closed forms of the incomplete beta function.
  [0.5, 0.5, 0.5, 0.5],
  [0.25, 0.5, 0.5, 1 / 3],
  [0.3, 1, 1, 0.3],
  [0.2, 2, 1, 0.04],
  [0.2, 1, 3, 1 - 0.8 ** 3],
  [0.5, 10, 10, 0.5],
])("I of %d with %d and %d is %d", (x, a, b, value) => {
  expect(betaCdf(x, a, b)).toBeCloseTo(value, 10);
});

test.each([
  // Upper 5 % points of the beta distribution as of the F distribution (Pearson and Hartley, table 18): F(0.95; 10, 20) = 2.3479.
  [0.95, 5, 10, (10 * 2.3479) / (20 + 10 * 2.3479), 4],
  // Clopper and Pearson (1934): 0 of 10 has the 97.5 % limit 30.85 %, 10 of 10 the 2.5 % limit 69.15 %.
  [0.975, 1, 10, 0.3084971, 7],
  [0.025, 10, 1, 0.6915029, 7],
])("the %d quantile with %d and %d is %d", (p, a, b, value, digits) => {
  expect(betaQuantile(p, a, b)).toBeCloseTo(value, digits);
});

test("with whole numbers it is a sum of binomial terms", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (a, b, x) => {
        expect(betaCdf(x, a, b)).toBeCloseTo(atLeast(a, a + b - 1, x), 9);
      },
    ),
    { seed: 1, numRuns: 200 },
  );
});

test("the quantile is turned back by the distribution", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      fc.double({ min: 0.5, max: 5000, noNaN: true }),
      fc.double({ min: 0.5, max: 5000, noNaN: true }),
      (p, a, b) => {
        expect(betaCdf(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 7);
      },
    ),
    { seed: 2, numRuns: 300 },
  );
});

test.each([0, 1, -0.1, Number.NaN])("a quantile of %d is refused", (p) => {
  expect(() => betaQuantile(p, 2, 2)).toThrow(RangeError);
});
