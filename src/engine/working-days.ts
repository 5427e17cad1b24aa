import { addDays, daysBetween, maxDay, minDay, type Day, type Range } from "./time.ts";

/** The days of a week as settings write them, Monday first. */
export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** On which days of a week work is done, and on which days of the calendar none is all the same. */
export interface WorkWeek {
  readonly days: readonly Weekday[];
  readonly holidays: readonly Day[];
}

const someMonday = "2001-01-01";

/** The day of the week of a day. */
export function weekdayOf(day: Day): Weekday {
  const since = daysBetween(someMonday, day) % 7;
  return weekdays[since < 0 ? since + 7 : since] ?? "mon";
}

/** How many days of the range are worked: whole weeks at once, what is left of them day by day, less the holidays. */
export function workingDays({ from, to }: Range, { days, holidays }: WorkWeek): number {
  const length = Math.max(0, daysBetween(from, to));
  const worked = new Set(days);
  const rest = Array.from({ length: length % 7 }, (_, i) => addDays(from, i));
  const off = new Set(holidays.filter((day) => day >= from && day < to && worked.has(weekdayOf(day))));
  return Math.floor(length / 7) * worked.size + rest.filter((day) => worked.has(weekdayOf(day))).length - off.size;
}

/** Of a range: how many of its days have passed, and how many it has. */
export interface Passed {
  readonly passed: number;
  readonly days: number;
}

/** The working days of a range before `until` (exclusive); a range without any, such as a Sunday, is told in plain days. */
export function passedUntil(range: Range, until: Day, week: WorkWeek): Passed {
  const before = { from: range.from, to: maxDay(range.from, minDay(until, range.to)) };
  const days = workingDays(range, week);
  return days > 0
    ? { passed: workingDays(before, week), days }
    : { passed: daysBetween(before.from, before.to), days: daysBetween(range.from, range.to) };
}
