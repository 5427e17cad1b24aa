import { normalQuantile } from "./normal-quantile.ts";

/**
 * The variance of a value made of uncertain parts, to first order: Σ over pairs of slope × slope × covariance.
 * With rows that arrive one by one, each with its amounts (a marked Poisson process), the covariance of two sums is the sum
 * of the rows' products: Var Σx = Σx², Cov(Σx, Σy) = Σxy, Cov(n, Σx) = Σx.
 *
 * Cramér (1946), Mathematical Methods of Statistics, §28.4; Daley and Vere-Jones (2003), An Introduction to the Theory of
 * Point Processes, §6.4. It is in the square of the value's unit. Rows that hang together (the instalments of one sale) make
 * it too small.
 */
export function deltaVariance(
  slopes: Readonly<Record<string, number>>,
  covariance: (left: string, right: string) => number,
): number {
  const parts = Object.entries(slopes);
  let sum = 0;
  for (const [left, a] of parts) for (const [right, b] of parts) sum += a * b * covariance(left, right);
  return Math.max(0, sum);
}

/**
 * The delta method's interval of a value with a variance: value ± z × error, or for products and quotients of positive parts
 * value × exp(± z × error ÷ value), which stays positive and is skewed as they are.
 *
 * Its coverage falls short for few rows and heavy tails: where one row makes up much of the sum, the rows that could have
 * been larger have not been seen yet. Without any variance there is nothing to go by, and no interval.
 *
 * @param level share of intervals that should hold the truth, e.g. 0.8
 * @returns lower and upper bound in the unit of the value, or null
 */
export function delta(
  value: number,
  variance: number,
  scale: "log" | "linear",
  level: number,
): [number, number] | null {
  if (!(variance > 0) || (scale === "log" && value <= 0)) return null;
  const error = Math.sqrt(variance) * normalQuantile((1 + level) / 2);
  if (scale === "linear") return [value - error, value + error];
  const factor = Math.exp(error / value);
  return [value / factor, value * factor];
}
