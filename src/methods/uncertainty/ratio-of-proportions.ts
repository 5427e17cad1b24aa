import { normalQuantile } from "./normal-quantile.ts";

/** So many successes of so many. */
export interface Proportion {
  readonly successes: number;
  readonly of: number;
}

/** The ratio of two proportions; undefined where the second is zero or either has nobody. */
export const ratioOfProportions = (left: Proportion, right: Proportion): number | null =>
  left.of === 0 || right.of === 0 || right.successes === 0
    ? null
    : left.successes / left.of / (right.successes / right.of);

/** Half a success more of half a member more, so that the logarithm exists; all of all counts as all but half. */
function adjusted({ successes, of }: Proportion): { share: number; variance: number } {
  const [x, n] = [Math.min(successes, of - 0.5) + 0.5, of + 0.5];
  return { share: x / n, variance: 1 / x - 1 / n };
}

/**
 * The interval of a ratio of two independent proportions at a level: Katz's on the logarithm, with Walter's half added to the
 * counts. The lower end is 0 where nobody of the left succeeded, the upper end is null where nobody of the right did.
 */
export function ratioOfProportionsInterval(
  left: Proportion,
  right: Proportion,
  level: number,
): readonly [number, number | null] | null {
  if (left.of === 0 || right.of === 0) return null;
  const [a, b] = [adjusted(left), adjusted(right)];
  const z = normalQuantile((1 + level) / 2);
  const [middle, half] = [Math.log(a.share / b.share), z * Math.sqrt(a.variance + b.variance)];
  const low = left.successes === 0 ? 0 : Math.exp(middle - half);
  return [low, right.successes === 0 ? null : Math.exp(middle + half)];
}
