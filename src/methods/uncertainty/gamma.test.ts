import * as fc from "fast-check";
import { expect, test } from "vitest";
import { gammaCdf, gammaQuantile } from "./gamma.ts";

test.each([
  // An exponential variable is gamma of shape 1; with whole shapes, P(a, x) is the chance of at least a Poisson events.
  [1, 1, 1 - Math.exp(-1)],
  [2, 3, 1 - Math.exp(-3) * (1 + 3)],
  [4, 2, 1 - Math.exp(-2) * (1 + 2 + 2 + 8 / 6)],
  // Half of a chi-square variable with one degree of freedom is gamma of shape ½: 68.27 % lie within one deviation.
  [0.5, 0.5, 0.6826894921370859],
])("with shape %d, P at %d is %d", (shape, x, value) => {
  expect(gammaCdf(x, shape)).toBeCloseTo(value, 12);
});

test.each([
  // Pearson and Hartley (1966), table 8: 2.5 % and 97.5 % points of chi-square with 2a degrees of freedom, halved.
  [0.975, 5, 20.4832 / 2, 4],
  [0.025, 5, 3.24697 / 2, 5],
  [0.95, 50, 124.342 / 2, 3],
])("the %d quantile with shape %d is %d", (p, shape, value, digits) => {
  expect(gammaQuantile(p, shape)).toBeCloseTo(value, digits);
});

test("the quantile is the inverse of the distribution, from small shapes to large ones", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 20_000, noNaN: true }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      (shape, p) => {
        expect(gammaCdf(gammaQuantile(p, shape), shape)).toBeCloseTo(p, 8);
      },
    ),
  );
});

test("a probability outside of 0 to 1 is refused", () => {
  expect(() => gammaQuantile(1, 2)).toThrow(RangeError);
});
