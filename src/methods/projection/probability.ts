import { normalCdf, normalQuantile } from "../uncertainty/normal-quantile.ts";
import type { Triple } from "./project.ts";

/**
 * The probability of reaching a target, from three quantiles: a normal curve through each half of them, which meet in the
 * middle. Where a half has no width, what lies beyond it is out of reach.
 */
export function reachedBy({ low, mid, high }: Triple, target: number): number {
  const half = target < mid ? mid - low : high - mid;
  if (half <= 0) return target <= mid ? 1 : 0;
  return 1 - normalCdf(((target - mid) / half) * normalQuantile(0.9));
}
