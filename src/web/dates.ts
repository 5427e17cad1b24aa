import { utcDay, utcMonday, utcMonth, utcYear } from "d3-time";
import type { Grain } from "../contract/question.ts";
import { dictionaryOf, fill } from "../locales/index.ts";
import type { Place } from "./format.ts";

/** Days from `from` up to, but without, `to`. */
export interface Span {
  from: string;
  to: string;
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** A day such as 2026-11-23 as an instant of UTC. */
export const dateOf = (day: string): Date => new Date(`${day.slice(0, 10)}T00:00:00Z`);

/** The day of an instant of UTC, as 2026-11-23. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** A day, so many days later. */
export const shiftDays = (day: string, count: number): string => dayOf(utcDay.offset(dateOf(day), count));

/** How many days a span has. */
export const daysIn = ({ from, to }: Span): number => utcDay.count(dateOf(from), dateOf(to));

const quarterStart = (date: Date): Date => utcMonth.offset(utcYear.floor(date), Math.floor(date.getUTCMonth() / 3) * 3);

const floors: Record<Grain, (date: Date) => Date> = {
  day: (date) => utcDay.floor(date),
  week: (date) => utcMonday.floor(date),
  month: (date) => utcMonth.floor(date),
  quarter: quarterStart,
  year: (date) => utcYear.floor(date),
};

const steps: Record<Grain, (date: Date, count: number) => Date> = {
  day: (date, count) => utcDay.offset(date, count),
  week: (date, count) => utcDay.offset(date, count * 7),
  month: (date, count) => utcMonth.offset(date, count),
  quarter: (date, count) => utcMonth.offset(date, count * 3),
  year: (date, count) => utcYear.offset(date, count),
};

/** The first day of the week, month, … that a day is in; weeks start on Monday. */
export const startOf = (grain: Grain, day: string): string => dayOf(floors[grain](dateOf(day)));

/** A day moved by so many weeks, months, …. */
export const shift = (grain: Grain, day: string, count: number): string => dayOf(steps[grain](dateOf(day), count));

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let formatter = dateFormats.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
    dateFormats.set(key, formatter);
  }
  return formatter;
}

const tidy = (text: string): string => text.replace(/[\u2009\u202f]/g, "\u00a0");

/** A day in full, such as 3 sept 2026. */
export const formatDay = (place: Place, day: string): string =>
  tidy(dateFormat(place.locale, { dateStyle: "medium" }).format(dateOf(day)));

/** A span in words; its last day is told, not the day after it. */
export function formatSpan(place: Place, { from, to }: Span, today?: string): string {
  const last = shiftDays(to, -1);
  if (isWhole("month", { from, to })) return formatPeriod(place, from, "month");
  if (isWhole("year", { from, to })) return from.slice(0, 4);
  if (isWhole("quarter", { from, to })) return formatPeriod(place, from, "quarter");
  const sameYear =
    today !== undefined && from.slice(0, 4) === today.slice(0, 4) && last.slice(0, 4) === today.slice(0, 4);
  const options: Intl.DateTimeFormatOptions = sameYear ? { day: "numeric", month: "short" } : { dateStyle: "medium" };
  return tidy(dateFormat(place.locale, options).formatRange(dateOf(from), dateOf(last)));
}

/** Whether a span is exactly one month, quarter, …. */
export const isWhole = (grain: Grain, { from, to }: Span): boolean =>
  startOf(grain, from) === from && shift(grain, from, 1) === to;

/** The name of the period that starts on a day. */
export function formatPeriod(place: Place, start: string, grain: Grain): string {
  const { periods } = dictionaryOf(place.language);
  if (grain === "year") return start.slice(0, 4);
  if (grain === "month")
    return tidy(dateFormat(place.locale, { month: "short", year: "numeric" }).format(dateOf(start)));
  if (grain === "week") return fill(periods.week, { day: formatDay(place, start) });
  if (grain === "day") return formatDay(place, start);
  return fill(periods.quarter, { quarter: quarterOf(start), year: start.slice(0, 4) });
}

/** The short name of a period for an axis; the year stands on its own line. */
export function formatTick(place: Place, start: string, grain: Grain): string {
  if (grain === "year") return start.slice(0, 4);
  if (grain === "month")
    return tidy(dateFormat(place.locale, { month: "short" }).format(dateOf(start))).replace(".", "");
  if (grain === "quarter")
    return fill(dictionaryOf(place.language).periods.quarter, { quarter: quarterOf(start), year: "" }).trim();
  return tidy(dateFormat(place.locale, { day: "numeric", month: "short" }).format(dateOf(start)));
}

/** A month in full with a capital, as sentences start: Noviembre. */
export function formatMonthName(place: Place, day: string): string {
  const name = dateFormat(place.locale, { month: "long" }).format(dateOf(day));
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** An instant with its time of day, in a zone. */
export const formatInstant = (place: Place, instant: string, timeZone: string): string =>
  tidy(
    dateFormat(place.locale, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone }).format(
      new Date(instant),
    ),
  );

const quarterOf = (day: string): number => Math.floor(dateOf(day).getUTCMonth() / 3) + 1;
