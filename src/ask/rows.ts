import type { Flag, Row } from "../contract/answer.ts";
import type { Cell, Tuple } from "../engine/database.ts";
import { dividesByZero, evaluate } from "../engine/formula.ts";
import type { Plan } from "../engine/plan.ts";
import { addPeriods, maxDay, minDay, type Range } from "../engine/time.ts";
import type { Variant } from "../indicators/definition.ts";
import { intervalOf, momentsOf, sumMoments, type Moments } from "./certainty/certainty.ts";
import { maturityOf } from "./cohorts/maturity.ts";

/** What the rows of one answer share. */
export interface Frame {
  readonly variant: Variant;
  readonly plan: Plan;
  /** Level of intervals, 0..1. */
  readonly level: number;
  /** Parts whose fact holds no row at all in this workspace. */
  readonly unrecorded: readonly string[];
  /** Whether young rows go by the life table of the total instead of their own, so that they add up to it. */
  readonly additive?: boolean;
}

const small = 30;

/** Whether few rows make the value doubtful: of what is divided or a median, but not of what is counted or added up. */
const needsMany = ({ unit, value }: Variant): boolean => unit === "ratio" || unit === "days" || value.kind !== "part";

const text = (cell: Cell | undefined): string | null => (cell == null ? null : String(cell));
const numeric = (cell: Cell | undefined): number | null => (cell == null ? null : Number(cell));

/** The days that a row stands for: its period within the question's range. */
export function rangeOf(period: string | null, plan: Plan): Range {
  if (period === null || plan.grain === undefined) return plan.range;
  return {
    from: maxDay(period, plan.range.from),
    to: minDay(addPeriods(plan.grain, period, 1), plan.range.to),
  };
}

/** Whether days of the row are still to come or were cut off by the question. */
function isIncomplete(period: string | null, plan: Plan): boolean {
  const range = rangeOf(period, plan);
  if (range.to > plan.today && range.from <= plan.today) return true;
  if (period === null || plan.grain === undefined) return false;
  return range.from > period || range.to < addPeriods(plan.grain, period, 1) || range.from > plan.today;
}

function flagsOf(
  frame: Frame,
  parts: Row["parts"],
  value: number | null,
  n: number | null,
  maturity: number | null,
): Flag[] {
  const numbers = (setting: string) => frame.plan.numbers[setting] ?? Number.NaN;
  if (frame.unrecorded.length > 0) return ["not-recorded"];
  if (value === null)
    return [dividesByZero(frame.variant.value, parts, numbers) ? "no-denominator" : "not-enough-data"];
  return [
    ...(needsMany(frame.variant) && n !== null && n < small ? (["small-n"] as const) : []),
    ...(maturity !== null && maturity < 1 ? (["immature"] as const) : []),
  ];
}

/** A row of the answer from named parts; what will be held at the edges of a period to come is not known. */
export function rowOf(
  frame: Frame,
  key: Row["key"],
  period: string | null,
  stated: Row["parts"],
  maturity: number | null,
  moments: Moments = {},
): Row {
  const { variant, plan, level } = frame;
  const toCome = rangeOf(period, plan).from > plan.today;
  const unknown = (part: string) =>
    frame.unrecorded.includes(part) || (toCome && variant.parts[part]?.kind === "balance");
  const parts = Object.fromEntries(Object.entries(stated).map(([part, value]) => [part, unknown(part) ? null : value]));
  const value = evaluate(variant.value, parts, (setting) => plan.numbers[setting] ?? Number.NaN);
  const n = parts[variant.n] ?? null;
  return {
    key,
    period,
    value,
    observed: null,
    band: null,
    n,
    interval: value === null ? null : intervalOf({ variant, plan, level, parts, value, moments }),
    maturity,
    incomplete: isIncomplete(period, plan),
    parts,
    flags: flagsOf(frame, parts, value, n, maturity),
  };
}

/** A row of the answer from a row of the query. */
export function readRow(frame: Frame, tuple: Tuple): Row {
  const { plan, variant } = frame;
  const key = Object.fromEntries(plan.keys.map((each) => [each, text(tuple[each])]));
  const parts = Object.fromEntries(Object.keys(variant.parts).map((part) => [part, numeric(tuple[part])]));
  const period = plan.grain === undefined ? null : text(tuple["period"]);
  const maturity = maturityOf(plan, rangeOf(period, plan), [tuple]);
  return rowOf(frame, key, period, parts, maturity, momentsOf(tuple, plan));
}

/** What values add up to, to the fifteen digits that a sum of decimals keeps. */
const total = (values: readonly (number | null)[]): number | null =>
  values.every((value) => value === null)
    ? null
    : Number(values.reduce<number>((sum, value) => sum + (value ?? 0), 0).toPrecision(15));

/** The total of rows whose parts and moments add up. */
export function sumRows(frame: Frame, rows: readonly Row[], tuples: readonly Tuple[]): Row {
  const parts = Object.fromEntries(
    Object.keys(frame.variant.parts).map((part) => [
      part,
      rows.length === 0 ? 0 : total(rows.map((row) => row.parts[part] ?? null)),
    ]),
  );
  const moments = sumMoments(tuples.map((tuple) => momentsOf(tuple, frame.plan)));
  return rowOf(frame, {}, null, parts, maturityOf(frame.plan, frame.plan.range, tuples), moments);
}
