import { normalCdf, normalQuantile } from "../uncertainty/normal-quantile.ts";

/** A value with its interval at a level, or a count without one. */
export interface Uncertain {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  /** Whether the value is itself a count of independent things. */
  readonly counted: boolean;
}

function variance({ value, interval, counted }: Uncertain, z: number): number | null {
  if (interval === null) return counted && value >= 0 ? value : null;
  const deviation = (interval[1] - interval[0]) / (2 * z);
  return deviation * deviation;
}

/**
 * The probability of a change at least as large where nothing but chance is at work: with s the half width of an interval
 * divided by the normal quantile of its level (a count n without an interval has s² = n, after Poisson),
 * z = (after − before) ÷ √(s₀² + s₁²) and p = 2 (1 − Φ(|z|)).
 *
 * Wald's test of a difference of two independent estimates. It is rough where n is small or the interval lopsided, and it
 * takes the two sides as independent: customers who stay from one to the other make it too cautious.
 *
 * @returns 0..1, or null where a side's spread is not known or both are zero
 */
export function changeNoise(before: Uncertain, after: Uncertain, level: number): number | null {
  const z = normalQuantile((1 + level) / 2);
  const [one, other] = [variance(before, z), variance(after, z)];
  if (one === null || other === null || one + other === 0) return null;
  return 2 * (1 - normalCdf(Math.abs(after.value - before.value) / Math.sqrt(one + other)));
}
