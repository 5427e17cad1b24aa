import { wilson } from "./wilson.ts";

/** What the rows of a share of amounts add up to: the part Σy and the whole Σx, and the sums of their products. */
export interface WeightedShare {
  readonly part: number;
  readonly whole: number;
  readonly partSquared: number;
  readonly product: number;
  readonly wholeSquared: number;
}

/**
 * The interval of a share of amounts p = Σy ÷ Σx (0 ≤ y ≤ x, row by row): Wilson's for as many equal rows as would be as
 * uncertain. Two numbers say how many: p(1 − p) ÷ V, with V = Σ(y − p x)² ÷ (Σx)², the variance of a ratio of sums as it was
 * seen, which few losses make too small; and Kish's (Σx)² ÷ Σx², which takes every row as wholly kept or lost, whatever its
 * size. 1 ÷ n* is the mean of their inverses.
 *
 * Cochran (1977), Sampling Techniques, §6.3; Korn and Graubard (1998), Survey Methodology 24, for intervals with an effective
 * number; Kish (1965), Survey Sampling, §8.2. The mean of the two is ours: over 0.5 to 0.98 kept of 30 to 1,000 log-normal
 * amounts its 80 % intervals hold the truth in 76 to 84 %, where the first alone falls to 66 %. One row that makes up much of
 * the whole leaves it too narrow.
 *
 * @param level share of intervals that should hold the truth, e.g. 0.8
 * @returns lower and upper bound (0..1), or null where there is nothing to share or the part is more than the whole
 */
export function weightedShare(sums: WeightedShare, level: number): [number, number] | null {
  const { part, whole, partSquared, product, wholeSquared } = sums;
  if (whole <= 0 || wholeSquared <= 0 || part < 0 || part > whole) return null;
  const share = part / whole;
  const spread = share * (1 - share);
  const squares = Math.max(0, partSquared - 2 * share * product + share * share * wholeSquared);
  const kish = wholeSquared / (whole * whole);
  const rows = spread > 0 ? 2 / (squares / (whole * whole) / spread + kish) : 1 / kish;
  return wilson(share * rows, rows, level);
}
