import type { Row } from "../contract/answer.ts";
import type { Grain } from "../contract/question.ts";
import { daysIn, shift, shiftDays, startOf, type Span } from "./dates.ts";

/** One period of a series, as charts draw it. */
export interface Point {
  period: string;
  value: number | null;
  /** What was seen so far, where the value is an estimate of what will be. */
  observed: number | null;
  n: number | null;
  interval: [number, number] | null;
  incomplete: boolean;
}

/** Rows of an answer on a full grid of periods: one that has no row has no value. */
export function seriesOf(rows: readonly Row[], span: Span, grain: Grain): Point[] {
  const byPeriod = new Map(rows.map((row) => [row.period?.slice(0, 10), row]));
  return periodsIn(span, grain).map((period) => pointOf(period, byPeriod.get(period)));
}

const pointOf = (period: string, row: Row | undefined): Point => ({
  period,
  value: row?.value ?? null,
  observed: row?.observed ?? null,
  n: row?.n ?? null,
  interval: row?.interval ?? null,
  incomplete: row?.incomplete ?? false,
});

/** The starts of the periods that a span touches. */
export function periodsIn({ from, to }: Span, grain: Grain): string[] {
  const starts: string[] = [];
  for (let start = startOf(grain, from); start < to; start = shift(grain, start, 1)) starts.push(start);
  return starts;
}

const shown: Partial<Record<Grain, number>> = { week: 26, month: 13, quarter: 9, year: 5 };

/** The days that a trend shows: so many periods up to the page's last day; by day, the page's own period. */
export function trendSpan({ from, to }: Span, grain: Grain): Span {
  if (grain === "day") return { from: daysIn({ from, to }) < 14 ? shiftDays(to, -30) : from, to };
  const last = startOf(grain, shiftDays(to, -1));
  return { from: shift(grain, last, 1 - (shown[grain] ?? 13)), to };
}
