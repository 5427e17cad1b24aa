import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  constant,
  divide,
  dividesByZero,
  evaluate,
  formulaSql,
  gradient,
  isProduct,
  mentions,
  minus,
  part,
  partsOf,
  ratio,
  times,
  written,
} from "./formula.ts";
import { runnable } from "./sql.ts";

const margin = (setting: string) => (setting === "margin" ? 0.5 : Number.NaN);
const returned = divide(minus(times(part("income"), constant({ setting: "margin" })), part("costs")), part("costs"));

test("a value comes from its parts", () => {
  expect(evaluate(ratio("won", "closed"), { won: 3, closed: 4 }, margin)).toBe(0.75);
  expect(evaluate(returned, { income: 300, costs: 100 }, margin)).toBe(0.5);
  expect(evaluate(minus(part("a"), constant(2)), { a: 1 }, margin)).toBe(-1);
});

test("a zero denominator, and a part that is not there, give no value: never 0, Infinity or NaN", () => {
  expect(evaluate(ratio("won", "closed"), { won: 0, closed: 0 }, margin)).toBeNull();
  expect(evaluate(ratio("won", "closed"), { won: 3, closed: 0 }, margin)).toBeNull();
  expect(evaluate(ratio("won", "closed"), { won: null, closed: 4 }, margin)).toBeNull();
  expect(evaluate(minus(constant(1), ratio("a", "b")), { a: 1, b: 0 }, margin)).toBeNull();
  expect(evaluate(ratio("won", "closed"), { won: 0, closed: 4 }, margin)).toBe(0);
  expect(evaluate(ratio("income", "costs"), { income: 0, costs: -5 }, margin)).toBe(0);
});

test("only a denominator that is zero is named as the reason", () => {
  expect(dividesByZero(ratio("a", "b"), { a: 1, b: 0 }, margin)).toBe(true);
  expect(dividesByZero(ratio("a", "b"), { a: null, b: 2 }, margin)).toBe(false);
  expect(dividesByZero(minus(constant(1), ratio("a", "b")), { a: 1, b: 0 }, margin)).toBe(true);
});

test("in SQL it guards its denominators too", () => {
  expect(runnable(formulaSql(ratio("won", "closed"), margin))).toBe(
    "CAST(won AS DOUBLE) / nullif(CAST(closed AS DOUBLE), 0)",
  );
});

test("in writing it has the brackets it needs", () => {
  const names = (name: string) => name;
  expect(written(ratio("won", "closed"), names, margin)).toBe("won ÷ closed");
  expect(written(returned, names, margin)).toBe("(income × 0.5 − costs) ÷ costs");
  expect(written(minus(constant(1), ratio("a", "b")), names, margin)).toBe("1 − a ÷ b");
  expect(written(minus(part("a"), minus(part("b"), part("c"))), names, margin)).toBe("a − (b − c)");
  expect(written(minus(minus(part("a"), part("b")), part("c")), names, margin)).toBe("a − b − c");
  expect(written(divide(part("a"), divide(part("b"), part("c"))), names, margin)).toBe("a ÷ (b ÷ c)");
  expect(written(times(minus(part("a"), part("b")), part("c")), names, margin)).toBe("(a − b) × c");
});

test("its parts are named once, in the order of reading", () => {
  expect(partsOf(returned)).toEqual(["income", "costs"]);
});

test("its slopes are those of a short step along each part", () => {
  const leaf = fc.oneof(
    fc.constantFrom("a", "b", "c").map((name) => part(name)),
    fc.integer({ min: 1, max: 5 }).map((number) => constant(number)),
  );
  const { formula } = fc.letrec((tie) => ({
    formula: fc.oneof({ maxDepth: 3 }, leaf, tie("operation")),
    operation: fc
      .tuple(fc.constantFrom(minus, times, divide), tie("formula"), tie("formula"))
      .map(([operation, left, right]) => operation(left as typeof returned, right as typeof returned)),
  }));
  const amount = fc.integer({ min: 1, max: 50 });
  fc.assert(
    fc.property(formula, fc.record({ a: amount, b: amount, c: amount }), (found, parts) => {
      const one = found as typeof returned;
      const slopes = gradient(one, parts, margin);
      if (slopes === null) return;
      for (const name of ["a", "b", "c"] as const) {
        const at = (step: number) => evaluate(one, { ...parts, [name]: parts[name] + step }, margin);
        const [before, after] = [at(-1e-5), at(1e-5)];
        const slope = slopes[name] ?? 0;
        if (before === null || after === null || Math.abs(slope) > 1e4) continue;
        expect(Math.abs((after - before) / 2e-5 - slope)).toBeLessThan(1e-3 * (1 + Math.abs(slope)));
      }
    }),
    { seed: 7, numRuns: 500 },
  );
});

test("without a value it has no slopes", () => {
  expect(gradient(ratio("a", "b"), { a: 1, b: 0 }, margin)).toBeNull();
  expect(gradient(returned, { income: 300, costs: 100 }, margin)).toEqual({ income: 0.005, costs: -0.015 });
});

test("it knows whether it only multiplies and divides, and how often it names a part", () => {
  expect(isProduct(ratio("a", "b"))).toBe(true);
  expect(isProduct(returned)).toBe(false);
  expect([mentions(returned, "costs"), mentions(returned, "income"), mentions(returned, "other")]).toEqual([2, 1, 0]);
});
