import type { Row } from "../../contract/answer.ts";
import type { Contribution } from "../../contract/why.ts";
import { isConstant, type Quotient } from "../../engine/quotient.ts";
import type { Effects } from "../../methods/explanation/effects.ts";
import { ratioChange } from "../../methods/explanation/ratio-change.ts";
import { sumChange, type Amount } from "../../methods/explanation/sum-change.ts";
import { estimateOf, fractionOf, isCount, noiseOf, sumOf } from "../certainty/noise.ts";
import type { Frame } from "../rows.ts";
import { rowIn, type SplitSide } from "./sides.ts";

/** What a segment adds to a difference, with the probability that its own change is chance. */
export interface Weighed {
  readonly contribution: Contribution;
  readonly noise: number | null;
}

function amountOf({ numerator, denominator }: Quotient, row: Row, counted: boolean): Amount {
  const amount = estimateOf(row) ?? sumOf(numerator, row) / denominator.constant;
  return { amount, count: counted ? null : row.n };
}

function effectsOf(frame: Frame, quotient: Quotient, pairs: readonly (readonly [Row, Row])[]): Effects[] {
  if (!isConstant(quotient.denominator))
    return ratioChange(
      pairs.map(([before, after]) => ({ before: fractionOf(quotient, before), after: fractionOf(quotient, after) })),
    );
  const counted = isCount(frame);
  return sumChange(
    pairs.map(([before, after]) => ({
      before: amountOf(quotient, before, counted),
      after: amountOf(quotient, after, counted),
    })),
  );
}

const isEmpty = ({ n, total }: Contribution): boolean => n[0] === 0 && n[1] === 0 && total === 0;

const order = ({ contribution: a }: Weighed, { contribution: b }: Weighed): number =>
  Math.abs(b.total) - Math.abs(a.total) || ((a.key ?? "") < (b.key ?? "") ? -1 : 1);

/** What each segment of a dimension adds to the difference of two sides, the largest first. */
export function contributionsOf(over: string, quotient: Quotient, before: SplitSide, after: SplitSide): Weighed[] {
  const keys = [...new Set([...after.rows.keys(), ...before.rows.keys()])];
  const pairs = keys.map((key) => [rowIn(before, over, key), rowIn(after, over, key)] as const);
  const effects = effectsOf(after.frame, quotient, pairs);
  return pairs
    .map(([then, now], i): Weighed => {
      const noise = noiseOf(after.frame, quotient, then, now);
      const certain = noise === null ? null : noise < 1 - after.frame.level;
      const moved = effects[i] as Effects;
      const own = { before: then.value, after: now.value, n: [then.n ?? 0, now.n ?? 0] as [number, number] };
      return { noise, contribution: { key: keys[i] ?? null, ...own, ...moved, certain } };
    })
    .filter(({ contribution }) => !isEmpty(contribution))
    .toSorted(order);
}
