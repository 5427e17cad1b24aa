import type { Grain } from "../contract/question.ts";
import { daysIn, isWhole, shift, shiftDays, startOf, type Span } from "./dates.ts";

/** The period that a page is about. `to` stops after today; `end` is where the whole period would. */
export interface Period extends Span {
  text: string;
  grain: Grain;
  end: string;
  incomplete: boolean;
}

/** How the compared days meet the period's: by number, or by day of the week. */
export type Alignment = "days" | "dow";

const day = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day of the calendar, such as 2026-11-23. */
export const isDay = (text: string): boolean =>
  day.test(text) && !Number.isNaN(Date.parse(text)) && startOf("day", text) === text;
const running: Readonly<Record<string, Grain>> = { mtd: "month", qtd: "quarter", ytd: "year" };

/** The period that an address names (`mtd`, `2026-11`, `2026-Q4`, `2026`, `last30`, `a..b`), or nothing. */
export function parsePeriod(text: string, today: string): Period | undefined {
  const grain = running[text];
  if (grain !== undefined) return whole(text, grain, startOf(grain, today), today);
  if (text === "last30") return { ...spanUntil(today, 30), text, grain: "day", incomplete: false };
  const start = startNamed(text);
  if (start !== undefined) return whole(text, start.grain, start.from, today);
  return named(text, today);
}

/** A period of whole months and the like, cut after today while it runs. */
function whole(text: string, grain: Grain, from: string, today: string): Period {
  const end = shift(grain, from, 1);
  const tomorrow = shiftDays(today, 1);
  const incomplete = from < tomorrow && tomorrow < end;
  return { text, grain, from, to: incomplete ? tomorrow : end, end, incomplete };
}

const spanUntil = (today: string, count: number) => {
  const to = shiftDays(today, 1);
  return { from: shiftDays(to, -count), to, end: to };
};

function startNamed(text: string): { grain: Grain; from: string } | undefined {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return { grain: "month", from: `${text}-01` };
  if (/^\d{4}$/.test(text)) return { grain: "year", from: `${text}-01-01` };
  const quarter = /^(\d{4})-Q([1-4])$/.exec(text);
  return quarter
    ? { grain: "quarter", from: shift("quarter", `${quarter[1]}-01-01`, Number(quarter[2]) - 1) }
    : undefined;
}

/** `a..b`, both days included. */
function named(text: string, today: string): Period | undefined {
  const span = parseSpan(text);
  if (span === undefined || daysIn(span) > 3660) return undefined;
  const incomplete = span.from <= today && shiftDays(today, 1) < span.to;
  const to = incomplete ? shiftDays(today, 1) : span.to;
  return { text, grain: "day", from: span.from, to, end: span.to, incomplete };
}

/** The span of `a..b`, both days included, or nothing. */
export function parseSpan(text: string): Span | undefined {
  const [first = "", last = "", ...rest] = text.split("..");
  if (rest.length > 0 || !isDay(first) || !isDay(last) || last < first) return undefined;
  return { from: first, to: shiftDays(last, 1) };
}

/** The days to compare a period with: as many days as have passed, unless both are whole. */
export function comparedSpan(period: Period, compare: string, alignment: Alignment): Span | undefined {
  if (compare === "none") return undefined;
  if (compare !== "prev" && compare !== "yoy") return parseSpan(compare);
  if (alignment === "dow") return byWeekday(period, compare === "yoy" ? 364 : undefined);
  const back = compare === "yoy" ? "year" : period.grain;
  if (period.grain === "day" && compare === "prev")
    return shifted(period, -daysIn({ from: period.from, to: period.end }));
  const from = shift(back, period.from, -1);
  if (!period.incomplete && isWhole(period.grain, period)) return { from, to: shift(period.grain, from, 1) };
  const to = shiftDays(from, daysIn(period));
  return { from, to: compare === "prev" && to > period.from ? period.from : to };
}

const shifted = ({ from, to }: Span, count: number): Span => ({
  from: shiftDays(from, count),
  to: shiftDays(to, count),
});

const weeksIn: Partial<Record<Grain, number>> = { week: 7, month: 28, quarter: 91, year: 364 };

/** Back by whole weeks, so that Mondays meet Mondays. */
function byWeekday(period: Period, days?: number): Span {
  const length = daysIn(period);
  const least = days ?? weeksIn[period.grain] ?? 7;
  return shifted(period, -Math.ceil(Math.max(least, days === undefined ? length : 0) / 7) * 7);
}

/** The period before or after, as an address names it; the running one keeps its own name. */
export function neighbour(period: Period, step: 1 | -1, today: string): string {
  if (period.grain === "day") {
    const length = daysIn({ from: period.from, to: period.end });
    return `${shiftDays(period.from, step * length)}..${shiftDays(period.end, step * length - 1)}`;
  }
  const from = shift(period.grain, period.from, step);
  const current = Object.keys(running).find(
    (name) => running[name] === period.grain && startOf(period.grain, today) === from,
  );
  return current ?? nameOf(period.grain, from);
}

/** The name of a whole period in an address. */
export function nameOf(grain: Grain, from: string): string {
  if (grain === "year") return from.slice(0, 4);
  if (grain === "quarter") return `${from.slice(0, 4)}-Q${Math.floor((Number(from.slice(5, 7)) - 1) / 3) + 1}`;
  return from.slice(0, 7);
}
