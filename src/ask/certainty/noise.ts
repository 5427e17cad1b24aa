import type { Row } from "../../contract/answer.ts";
import { isConstant, linearValue, quotientOf, type Linear, type Quotient } from "../../engine/quotient.ts";
import { changeNoise, type Uncertain } from "../../methods/explanation/change-noise.ts";
import type { Fraction } from "../../methods/explanation/ratio-change.ts";
import { foretold } from "../../methods/uncertainty/foretold.ts";
import type { Frame } from "../rows.ts";

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
export const isCount = ({ variant }: Frame): boolean =>
  variant.value.kind === "part" && variant.value.part === variant.n;

/** What a sum of parts comes to in a row, its constant left out. */
export const sumOf = (linear: Linear, row: Row): number => linearValue({ ...linear, constant: 0 }, row.parts) ?? 0;

/** The value of a row that shows more than was seen so far. */
export const estimateOf = ({ observed, value }: Row): number | null => (observed === null ? null : value);

/** Numerator and denominator of a row; what is only estimated has the numerator that the estimate stands for. */
export function fractionOf({ numerator, denominator }: Quotient, row: Row): Fraction {
  const below = sumOf(denominator, row);
  const estimate = estimateOf(row);
  return { numerator: estimate === null ? sumOf(numerator, row) : estimate * below, denominator: below };
}

/** A row by its interval. */
const byInterval = ({ value, interval }: Row): Uncertain => ({ kind: "estimate", value: value ?? 0, interval });

/** An estimated share as the whole cases that it is worth: its band says where the last share will lie, and chance comes on top. */
function byWorth({ level }: Frame, row: Row, band: readonly [number, number]): Uncertain {
  const worth = foretold(row.value ?? 0, row.n ?? 0, band, level);
  const cases = Math.round(worth.n);
  return { kind: "share", of: [Math.min(cases, Math.round(worth.successes)), cases] };
}

/** What is known of a row's uncertainty: shares of counted rows and counts are tested exactly. */
function uncertain(frame: Frame, quotient: Quotient | undefined, row: Row): Uncertain {
  if (row.band !== null && frame.variant.share) return byWorth(frame, row, row.band);
  if (row.observed !== null || quotient === undefined) return byInterval(row);
  if (isCount(frame)) return { kind: "count", value: row.value ?? 0 };
  const { numerator, denominator } = fractionOf(quotient, row);
  const nested = numerator >= 0 && numerator <= denominator;
  return frame.variant.share && nested ? { kind: "share", of: [numerator, denominator] } : byInterval(row);
}

/** The probability that the difference of two rows is chance, or null where that cannot be told. */
export function noiseOf(frame: Frame, quotient: Quotient | undefined, before: Row, after: Row): number | null {
  if (before.value === null || after.value === null) return null;
  const sides = [uncertain(frame, quotient, before), uncertain(frame, quotient, after)] as const;
  const alike = sides[0].kind === sides[1].kind;
  const [left, right] = alike ? sides : [byInterval(before), byInterval(after)];
  return changeNoise(left, right, frame.level);
}

/** Whether two rows differ by more than noise at the level of the answer, or null where that cannot be told. */
export function isCertain(frame: Frame, before: Row, after: Row): boolean | null {
  const noise = noiseOf(frame, additive(frame), before, after);
  return noise === null ? null : noise < 1 - frame.level;
}
