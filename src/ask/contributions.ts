import type { Row } from "../contract/answer.ts";
import type { Contribution } from "../contract/why.ts";
import { isConstant, linearValue, quotientOf, type Linear, type Quotient } from "../engine/quotient.ts";
import { changeNoise, type Uncertain } from "../methods/explanation/change-noise.ts";
import type { Effects } from "../methods/explanation/effects.ts";
import { ratioChange, type Fraction } from "../methods/explanation/ratio-change.ts";
import { sumChange, type Amount } from "../methods/explanation/sum-change.ts";
import type { Frame } from "./rows.ts";
import { rowIn, type SplitSide } from "./sides.ts";

/** What a segment adds to a difference, with the probability that its own change is chance. */
export interface Weighed {
  readonly contribution: Contribution;
  readonly noise: number | null;
}

const partsIn = ({ numerator, denominator }: Quotient): string[] => [
  ...Object.keys(numerator.factors),
  ...Object.keys(denominator.factors),
];

/** The value as a quotient of sums over rows, where it is one: segments of a median, or of products, do not add up. */
export function additive({ variant, plan }: Frame): Quotient | undefined {
  const quotient = quotientOf(variant.value, (setting) => plan.numbers[setting] ?? Number.NaN);
  if (quotient === undefined) return undefined;
  const sums = partsIn(quotient).every((part) => variant.parts[part]?.function !== "median");
  const { numerator, denominator } = quotient;
  const plain = isConstant(denominator) || (numerator.constant === 0 && denominator.constant === 0);
  return sums && plain ? quotient : undefined;
}

/** Whether the value is nothing but the number of rows that it rests on. */
const isCount = ({ variant }: Frame): boolean => variant.value.kind === "part" && variant.value.part === variant.n;

const sumOf = (linear: Linear, row: Row): number => linearValue({ ...linear, constant: 0 }, row.parts) ?? 0;

/** The value of a row that shows more than was seen so far. */
const estimateOf = ({ observed, value }: Row): number | null => (observed === null ? null : value);

/** Numerator and denominator of a row; what is only estimated has the numerator that the estimate stands for. */
function fractionOf({ numerator, denominator }: Quotient, row: Row): Fraction {
  const below = sumOf(denominator, row);
  const estimate = estimateOf(row);
  return { numerator: estimate === null ? sumOf(numerator, row) : estimate * below, denominator: below };
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

/** What is known of a row's uncertainty: shares of counted rows and counts are tested exactly. */
function uncertain(frame: Frame, quotient: Quotient, row: Row): Uncertain {
  const value = row.value ?? 0;
  const estimate = { kind: "estimate", value, interval: row.interval } as const;
  if (row.observed !== null) return estimate;
  if (isCount(frame)) return { kind: "count", value };
  const { numerator, denominator } = fractionOf(quotient, row);
  const nested = numerator >= 0 && numerator <= denominator;
  return frame.variant.share && nested ? { kind: "share", of: [numerator, denominator] } : estimate;
}

function noiseOf(frame: Frame, quotient: Quotient, before: Row, after: Row): number | null {
  if (before.value === null || after.value === null) return null;
  return changeNoise(uncertain(frame, quotient, before), uncertain(frame, quotient, after), frame.level);
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
