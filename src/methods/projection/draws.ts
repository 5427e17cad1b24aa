import type { Steps } from "./pipeline.ts";
import type { Random } from "./random.ts";

/** A deal that is open now: what it is worth, and how likely it is to be won by the end of each step. */
export interface OpenDeal {
  readonly owner: number;
  readonly amount: number;
  readonly chances: Steps;
}

/** What each owner's open deals are won for by the end of each step of interest, in each of many drawn futures. */
export type Futures = readonly (readonly Float64Array[])[];

/** How many deals are drawn before others may go on. */
const atOnce = 200;

interface Drawing {
  readonly owners: number;
  readonly futures: number;
  readonly random: Random;
  /** Lets others go on. */
  readonly pause: () => Promise<void>;
}

/**
 * Draws futures of open deals: in each of them a deal is won at one time or never, so that one that is won within the month
 * is won within the quarter too. Deals are independent of each other.
 *
 * @param ends the steps at whose ends the futures are looked at
 * @returns by end and owner, one amount for each future
 */
export async function drawn(deals: readonly OpenDeal[], ends: readonly number[], how: Drawing): Promise<Futures> {
  const { owners, futures, random, pause } = how;
  const found = ends.map(() => Array.from({ length: owners }, () => new Float64Array(futures)));
  for (const [i, { owner, amount, chances }] of deals.entries()) {
    if (i > 0 && i % atOnce === 0) await pause();
    const own = ends.map((end, at) => ({
      sums: found[at]?.[owner] ?? new Float64Array(futures),
      chance: chances[end] ?? 0,
    }));
    for (let future = 0; future < futures; future++) {
      const fate = random();
      for (const { sums, chance } of own) if (fate < chance) sums[future] = (sums[future] ?? 0) + amount;
    }
  }
  return found;
}

/** The value that a share of the drawn ones stay below, between two of them. */
export function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (place - Math.floor(place)) * (high - low);
}
