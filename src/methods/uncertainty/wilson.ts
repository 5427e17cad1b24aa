import { normalQuantile } from "./normal-quantile.ts";

/**
 * Wilson's score interval of a share: with p = successes ÷ n and z the normal quantile of the level,
 * (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n).
 *
 * Wilson (1927), "Probable inference, the law of succession, and statistical inference"; Brown, Cai and DasGupta (2001).
 * It stays within 0..1 and is honest for small n, but its coverage swings by a few points around the level. It assumes that
 * the rows are independent: repeated tries of one customer make it too narrow.
 *
 * @param level share of intervals that should hold the truth, e.g. 0.8
 * @returns lower and upper bound (0..1), or null when n is zero
 */
export function wilson(successes: number, n: number, level: number): [number, number] | null {
  if (n <= 0) return null;
  const z = normalQuantile((1 + level) / 2);
  const p = successes / n;
  const centre = p + (z * z) / (2 * n);
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [
    successes === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    successes === n ? 1 : Math.min(1, (centre + spread) / scale),
  ];
}
