import { effects, type Effects } from "./effects.ts";

/** A segment's sum, and how many things it is the sum of; null where they are not counted. */
export interface Amount {
  readonly amount: number;
  readonly count: number | null;
}

export interface SumSegment {
  readonly before: Amount;
  readonly after: Amount;
}

type Factors = readonly [volume: number, mix: number, rate: number];

/** The average of a product's partial differences over all orders of changing its three factors. */
function shapley(before: Factors, after: Factors, changing: 0 | 1 | 2): number {
  const others = [0, 1, 2].filter((each) => each !== changing) as [0 | 1 | 2, 0 | 1 | 2];
  const [a, b] = others.map((each) => [before[each], after[each]] as const) as [[number, number], [number, number]];
  const weights = (2 * a[0] * b[0] + a[0] * b[1] + a[1] * b[0] + 2 * a[1] * b[1]) / 6;
  return (after[changing] - before[changing]) * weights;
}

const total = (segments: readonly SumSegment[], side: "before" | "after"): number =>
  segments.reduce((sum, each) => sum + (each[side].count ?? 0), 0);

const average = ({ amount, count }: Amount, otherwise: number): number => (count ? amount / count : otherwise);
const loose = ({ amount, count }: Amount): number => (count ? 0 : amount);

function factors(segment: SumSegment, side: "before" | "after", totals: { before: number; after: number }): Factors {
  const other = side === "before" ? "after" : "before";
  const share = (which: "before" | "after") => (segment[which].count ?? 0) / totals[which];
  const known = totals[side] !== 0 ? share(side) : totals[other] !== 0 ? share(other) : 0;
  return [totals[side], known, average(segment[side], average(segment[other], 0))];
}

/**
 * The difference of a sum by segment, where a segment's sum is N · w · a: the count of all, the segment's share of it, and
 * the average per thing counted. volume, mix and rate are the Shapley values of the three factors, e.g.
 * rate = Δa · (2 N₀w₀ + N₀w₁ + N₁w₀ + 2 N₁w₁) ÷ 6. They add up to the segment's own difference.
 *
 * A side without a count has the other side's shares, a segment without a count the other side's average; an amount that
 * nothing was counted for is rate. Where nothing is counted at all, the whole difference is volume.
 * Shapley (1953), "A value for n-person games"; Sun (1998), "Accounting for energy use in China, 1980–94".
 *
 * In the unit of the sum. The average is one of unlike things: fewer small sales look like a better rate.
 */
export function sumChange(segments: readonly SumSegment[]): Effects[] {
  const totals = { before: total(segments, "before"), after: total(segments, "after") };
  return segments.map((segment) => {
    const { before, after } = segment;
    if (before.count === null || after.count === null) return effects({ volume: after.amount - before.amount });
    const [then, now] = [factors(segment, "before", totals), factors(segment, "after", totals)];
    return effects({
      volume: shapley(then, now, 0),
      mix: shapley(then, now, 1),
      rate: shapley(then, now, 2) + loose(after) - loose(before),
    });
  });
}
