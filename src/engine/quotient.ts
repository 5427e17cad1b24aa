import type { Formula, Parts } from "./formula.ts";

/** Parts, each times a factor, and a constant, added up. */
export interface Linear {
  readonly constant: number;
  readonly factors: Readonly<Record<string, number>>;
}

/** One sum of parts divided by another. */
export interface Quotient {
  readonly numerator: Linear;
  readonly denominator: Linear;
}

const constantly = (constant: number): Linear => ({ constant, factors: {} });
const one = constantly(1);

/** Whether no part has a say in it. */
export const isConstant = ({ factors }: Linear): boolean => Object.values(factors).every((factor) => factor === 0);

const scaled = ({ constant, factors }: Linear, by: number): Linear => ({
  constant: constant * by,
  factors: Object.fromEntries(Object.entries(factors).map(([part, factor]) => [part, factor * by])),
});

const added = (a: Linear, b: Linear): Linear => ({
  constant: a.constant + b.constant,
  factors: Object.fromEntries(
    [...new Set([...Object.keys(a.factors), ...Object.keys(b.factors)])].map((part) => [
      part,
      (a.factors[part] ?? 0) + (b.factors[part] ?? 0),
    ]),
  ),
});

function product(a: Linear, b: Linear): Linear | undefined {
  if (isConstant(a)) return scaled(b, a.constant);
  return isConstant(b) ? scaled(a, b.constant) : undefined;
}

const isSame = (a: Linear, b: Linear): boolean => {
  const { constant, factors } = added(a, scaled(b, -1));
  return constant === 0 && isConstant({ constant, factors });
};

const quotient = (numerator: Linear | undefined, denominator: Linear | undefined): Quotient | undefined =>
  numerator === undefined || denominator === undefined ? undefined : { numerator, denominator };

function sum(a: Quotient, b: Quotient, sign: number): Quotient | undefined {
  if (isSame(a.denominator, b.denominator))
    return quotient(added(a.numerator, scaled(b.numerator, sign)), a.denominator);
  const left = product(a.numerator, b.denominator);
  const right = product(b.numerator, a.denominator);
  return left === undefined || right === undefined
    ? undefined
    : quotient(added(left, scaled(right, sign)), product(a.denominator, b.denominator));
}

const times = (a: Quotient, b: Quotient): Quotient | undefined =>
  quotient(product(a.numerator, b.numerator), product(a.denominator, b.denominator));

/**
 * The formula as one sum of parts over another, e.g. `1 − kept ÷ held` as `(held − kept) ÷ held`; undefined where it
 * multiplies or divides parts in any other way.
 */
export function quotientOf(formula: Formula, numbers: (setting: string) => number): Quotient | undefined {
  if (formula.kind === "part") return { numerator: { constant: 0, factors: { [formula.part]: 1 } }, denominator: one };
  if (formula.kind === "number") {
    const { number } = formula;
    return { numerator: constantly(typeof number === "number" ? number : numbers(number.setting)), denominator: one };
  }
  const [left, right] = [quotientOf(formula.left, numbers), quotientOf(formula.right, numbers)];
  if (left === undefined || right === undefined) return undefined;
  switch (formula.kind) {
    case "+":
      return sum(left, right, 1);
    case "-":
      return sum(left, right, -1);
    case "*":
      return times(left, right);
    case "/":
      return times(left, { numerator: right.denominator, denominator: right.numerator });
  }
}

/** What a sum of parts comes to, or null where one of them is missing. */
export function linearValue({ constant, factors }: Linear, parts: Parts): number | null {
  let value = constant;
  for (const [part, factor] of Object.entries(factors)) {
    const amount = parts[part] ?? null;
    if (amount === null) return null;
    value += factor * amount;
  }
  return value;
}
