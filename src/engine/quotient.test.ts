import * as fc from "fast-check";
import { expect, test } from "vitest";
import { constant, divide, evaluate, minus, part, ratio, times, type Formula } from "./formula.ts";
import { linearValue, quotientOf } from "./quotient.ts";

const numbers = (setting: string) => (setting === "margin" ? 0.6 : Number.NaN);

test("a ratio, a return and a complement are sums of parts over sums of parts", () => {
  expect(quotientOf(ratio("won", "closed"), numbers)).toEqual({
    numerator: { constant: 0, factors: { won: 1 } },
    denominator: { constant: 0, factors: { closed: 1 } },
  });
  const returned = divide(minus(times(part("in"), constant({ setting: "margin" })), part("out")), part("out"));
  expect(quotientOf(returned, numbers)).toEqual({
    numerator: { constant: 0, factors: { in: 0.6, out: -1 } },
    denominator: { constant: 0, factors: { out: 1 } },
  });
  expect(quotientOf(minus(constant(1), ratio("kept", "held")), numbers)).toEqual({
    numerator: { constant: 0, factors: { held: 1, kept: -1 } },
    denominator: { constant: 0, factors: { held: 1 } },
  });
});

test("parts multiplied with each other, or ratios of different things added, are none", () => {
  expect(quotientOf(times(part("a"), part("b")), numbers)).toBeUndefined();
  expect(quotientOf(minus(ratio("a", "b"), ratio("c", "d")), numbers)).toBeUndefined();
});

const leaf: fc.Arbitrary<Formula> = fc.oneof(
  fc.constantFrom("a", "b", "c").map((name) => part(name)),
  fc.integer({ min: -3, max: 4 }).map((number) => constant(number)),
);
const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.record({ kind: fc.constantFrom("+", "-", "*", "/"), left: tie("formula"), right: tie("formula") }),
  ),
}));

test("where there is a quotient, it has the formula's value", () => {
  const parts = { a: 3, b: 7, c: -2 };
  fc.assert(
    fc.property(formula, (each) => {
      const wanted = evaluate(each, parts, numbers);
      const found = quotientOf(each, numbers);
      if (found === undefined || wanted === null) return;
      const value = (linearValue(found.numerator, parts) ?? 0) / (linearValue(found.denominator, parts) ?? 0);
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
    }),
    { seed: 7, numRuns: 500 },
  );
});
