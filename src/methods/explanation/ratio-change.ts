import { effects, type Effects } from "./effects.ts";

/** A segment's numerator and denominator. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

export interface RatioSegment {
  readonly before: Fraction;
  readonly after: Fraction;
}

const rateOf = ({ numerator, denominator }: Fraction, otherwise: number): number =>
  denominator === 0 ? otherwise : numerator / denominator;

/** A numerator without a denominator, as a share of the whole denominator. */
const loose = ({ numerator, denominator }: Fraction, whole: number): number =>
  denominator === 0 ? numerator / whole : 0;

const sumOf = (segments: readonly RatioSegment[], side: "before" | "after"): Fraction => ({
  numerator: segments.reduce((sum, each) => sum + each[side].numerator, 0),
  denominator: segments.reduce((sum, each) => sum + each[side].denominator, 0),
});

/**
 * The difference of a ratio of sums, R = Σ numerator ÷ Σ denominator, by segment: with w the segment's share of the
 * denominator and r its own ratio,
 * rate = Δr · (w₀ + w₁) ÷ 2, mix = Δw · ((r₀ + r₁) ÷ 2 − (R₀ + R₁) ÷ 2), volume 0.
 *
 * The Shapley values of the two factors (shares, rates), so no order of changing them is preferred; Σ rate + Σ mix = ΔR.
 * The mix is centred on the average ratio: a segment that grows adds only as far as it is better than the whole. A segment
 * without a denominator on one side has the other side's ratio, so that its coming or going is mix; a numerator without
 * any denominator counts as rate. Kitagawa (1955), "Components of a difference between two rates"; Shapley (1953).
 *
 * In the unit of the ratio. It describes and does not explain: a change of a segment's rate may itself be the mix of what
 * the segment is made of. Both sums of denominators must differ from zero.
 */
export function ratioChange(segments: readonly RatioSegment[]): Effects[] {
  const [before, after] = [sumOf(segments, "before"), sumOf(segments, "after")];
  const centre = (rateOf(before, 0) + rateOf(after, 0)) / 2;
  return segments.map((segment) => {
    const [rateBefore, rateAfter] = [
      rateOf(segment.before, rateOf(segment.after, 0)),
      rateOf(segment.after, rateOf(segment.before, 0)),
    ];
    const shareBefore = segment.before.denominator / before.denominator;
    const shareAfter = segment.after.denominator / after.denominator;
    const direct = loose(segment.after, after.denominator) - loose(segment.before, before.denominator);
    return effects({
      rate: ((rateAfter - rateBefore) * (shareBefore + shareAfter)) / 2 + direct,
      mix: (shareAfter - shareBefore) * ((rateBefore + rateAfter) / 2 - centre),
    });
  });
}
