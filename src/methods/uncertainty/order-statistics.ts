import { betaCdf } from "./beta.ts";
import { normalQuantile } from "./normal-quantile.ts";

/** A value and how often it occurs. */
export type Frequency = readonly [value: number, times: number];

/** The probability that the median lies between the d-th smallest and the d-th largest of n: 1 − 2 P(Bin(n, ½) < d). */
export const coverageOf = (d: number, n: number): number => 1 - 2 * betaCdf(0.5, n - d + 1, d);

/** The deepest pair of values that still holds the median often enough, or 0 where not even the outermost pair does. */
function depth(n: number, level: number): number {
  const z = normalQuantile((1 + level) / 2);
  let d = Math.min(Math.floor(n / 2), Math.max(1, Math.round(n / 2 - (z * Math.sqrt(n)) / 2) + 1));
  while (d > 0 && coverageOf(d, n) < level) d -= 1;
  while (d + 1 <= n / 2 && coverageOf(d + 1, n) >= level) d += 1;
  return d;
}

function nth(sorted: readonly Frequency[], rank: number): number {
  let seen = 0;
  for (const [value, times] of sorted) if ((seen += times) >= rank) return value;
  return Number.NaN;
}

/**
 * The interval of a median from the values around it: between the d-th smallest and the d-th largest, where d follows from
 * the binomial distribution, moved towards the next pair as far as the level allows.
 *
 * Thompson (1936); Hettmansperger and Sheather (1986), "Confidence intervals based on interpolated order statistics",
 * Statistics and Probability Letters 4. It assumes nothing of how the values are spread but that they are independent. Where
 * many values are equal (whole days) it holds the median more often than it says. Fewer than four values give none at 80 %.
 *
 * @param frequencies values in any order, with how often each occurs
 * @param level share of intervals that should hold the median, e.g. 0.8
 * @returns lower and upper bound in the unit of the values, or null
 */
export function medianInterval(frequencies: readonly Frequency[], level: number): [number, number] | null {
  const sorted = frequencies.toSorted(([a], [b]) => a - b);
  const n = sorted.reduce((sum, [, times]) => sum + times, 0);
  const d = depth(n, level);
  if (d <= 0) return null;
  const [low, high] = [nth(sorted, d), nth(sorted, n - d + 1)];
  if (d + 1 > n / 2) return [low, high];
  const [outer, inner] = [coverageOf(d, n), coverageOf(d + 1, n)];
  const part = (outer - level) / (outer - inner);
  const moved = ((n - d) * part) / (d + (n - 2 * d) * part);
  return [low + moved * (nth(sorted, d + 1) - low), high - moved * (high - nth(sorted, n - d))];
}
