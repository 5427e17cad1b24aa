import { normalCdf, normalQuantile } from "../uncertainty/normal-quantile.ts";
import { sameCount, sameShare } from "./exact-tests.ts";

/** A value with what is known of its uncertainty: a count, a share of counted things, or anything with an interval. */
export type Uncertain =
  | { readonly kind: "count"; readonly value: number }
  | { readonly kind: "share"; readonly of: readonly [successes: number, n: number] }
  | { readonly kind: "estimate"; readonly value: number; readonly interval: readonly [number, number] | null };

type Estimate = Extract<Uncertain, { kind: "estimate" }>;

/** From the ends of the two intervals that face each other. */
function ofEstimates(a: Estimate, b: Estimate, level: number): number | null {
  const [low, high] = a.value <= b.value ? [a, b] : [b, a];
  if (low.interval === null || high.interval === null) return null;
  const spread = Math.hypot(low.interval[1] - low.value, high.value - high.interval[0]);
  if (!(spread > 0)) return null;
  const z = (normalQuantile((1 + level) / 2) * (high.value - low.value)) / spread;
  return 2 * (1 - normalCdf(z));
}

/**
 * The probability of a change at least as large where nothing but chance is at work. Counts and shares are tested exactly
 * (`sameCount`, `sameShare`). Anything else is judged by the ends of its intervals that face the other value: with u and l
 * their distances from the lower and the higher value, and z* the normal quantile of the intervals' level,
 * z = z* · |after − before| ÷ √(u² + l²) and p = 2 (1 − Φ(z)).
 *
 * Zou and Donner (2008), "Construction of confidence limits about effect measures" (MOVER). It takes the two sides as
 * independent: what stays from one to the other makes it too cautious. It is as good as the intervals are.
 *
 * @returns 0..1, or null where the spread is not known
 */
export function changeNoise(before: Uncertain, after: Uncertain, level: number): number | null {
  if (before.kind === "count" && after.kind === "count") return sameCount(before.value, after.value);
  if (before.kind === "share" && after.kind === "share") return sameShare(before.of, after.of);
  return before.kind === "estimate" && after.kind === "estimate" ? ofEstimates(before, after, level) : null;
}
