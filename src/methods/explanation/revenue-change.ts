import { shapley } from "./shapley.ts";

/** What was sold of one thing in one currency: how many sales, their sum in that currency, and in the answer's. */
export interface Sold {
  readonly count: number;
  readonly stated: number;
  readonly converted: number;
}

export interface SoldSegment {
  readonly before: Sold;
  readonly after: Sold;
}

/** What adds up to a difference of revenue: more sales, other things sold, other prices, other rates of exchange. */
export interface RevenueEffects {
  readonly volume: number;
  readonly mix: number;
  readonly price: number;
  readonly currency: number;
}

const countOf = (segments: readonly SoldSegment[], side: keyof SoldSegment): number =>
  segments.reduce((sum, each) => sum + each[side].count, 0);

const ratio = (above: number, below: number): number | undefined => (below === 0 ? undefined : above / below);

/** Sales in all, the segment's share of them, its average price in its currency, and that currency's average rate. */
function factorsOf(own: Sold, other: Sold, all: number): number[] {
  const price = ratio(own.stated, own.count) ?? ratio(other.stated, other.count) ?? 0;
  const rate = ratio(own.converted, own.stated) ?? ratio(other.converted, other.stated) ?? 1;
  return [all, ratio(own.count, all) ?? 0, price, rate];
}

/** What a segment brought that its factors do not come to: refunds without a sale, sums of nothing at several rates. */
const loose = (own: Sold, factors: readonly number[]): number =>
  own.converted - factors.reduce((product, factor) => product * factor, 1);

/**
 * The difference of revenue by segment (a product in a currency), where its revenue is N · w · p · f: sales in all, the
 * segment's share of them, its average price in its own currency, the average rate of exchange. The effects are the Shapley
 * values of the four factors and add up to the segment's own difference, so that their sums add up to the whole.
 *
 * A segment that is not there on one side has the other side's price and rate: its coming or going is mix. What was returned
 * without any sale is price. Shapley (1953), "A value for n-person games". In the unit of the answer's currency; a side
 * without any sale makes all of the difference volume and price.
 */
export function revenueChange(segments: readonly SoldSegment[]): RevenueEffects[] {
  const [before, after] = [countOf(segments, "before"), countOf(segments, "after")];
  return segments.map((segment) => {
    const then = factorsOf(segment.before, segment.after, before);
    const now = factorsOf(segment.after, segment.before, after);
    const worth = (subset: number) =>
      then.reduce((product, factor, i) => product * ((subset >> i) & 1 ? (now[i] ?? 0) : factor), 1);
    const [volume = 0, mix = 0, price = 0, currency = 0] = shapley(4, worth);
    return { volume, mix, price: price + loose(segment.after, now) - loose(segment.before, then), currency };
  });
}

/** The effects of all segments together. */
export const sumOfRevenueEffects = (all: readonly RevenueEffects[]): RevenueEffects => ({
  volume: all.reduce((sum, each) => sum + each.volume, 0),
  mix: all.reduce((sum, each) => sum + each.mix, 0),
  price: all.reduce((sum, each) => sum + each.price, 0),
  currency: all.reduce((sum, each) => sum + each.currency, 0),
});
