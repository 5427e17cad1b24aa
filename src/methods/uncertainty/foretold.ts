import { normalQuantile } from "./normal-quantile.ts";
import type { Tally } from "./shrinkage.ts";

/**
 * A share of n whose last value is only foretold, as so many of so many as it is worth: by the law of total variance what it
 * tells of the true share varies with p(1−p) ÷ n, as any share does, and with the square of half its interval ÷ z, so that it
 * is worth p(1−p) ÷ (p(1−p) ÷ n + that) cases.
 *
 * Shares 0..1, cases need not be whole. It takes the interval as even on both sides; a share of nothing or of all is worth n.
 */
export function foretold(share: number, n: number, [low, high]: readonly [number, number], level: number): Tally {
  const chance = share * (1 - share);
  const unseen = ((high - low) / (2 * normalQuantile((1 + level) / 2))) ** 2;
  const worth = chance > 0 ? chance / (chance / n + unseen) : n;
  return { successes: share * worth, n: worth };
}
