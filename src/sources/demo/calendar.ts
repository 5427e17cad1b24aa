import { between, type Random } from "./random.ts";

const secondsOfDay = 86_400;
const monthsAhead = 3;
const historyMonths = 24;

/**
 * The simulated span. A day is a whole number: 0 is the first day, `days` is today, whose data has not come yet.
 * A time is whole seconds since the midnight (UTC) before day 0. Months are whole numbers from 0; the current one is `months` − 1.
 */
export interface Calendar {
  readonly days: number;
  readonly months: number;
  /** The midnight, in Madrid, with which today begins: nothing happens at or after it. */
  readonly cutoff: number;
  readonly day: (day: number) => string;
  /** A day that may lie years before the span. */
  readonly earlierDay: (day: number) => string;
  readonly instant: (time: number) => string;
  /** The time at so many seconds after Madrid's midnight; exact from 03:00 on, also on the days of 23 and 25 hours. */
  readonly at: (day: number, seconds: number) => number;
  readonly dayOf: (time: number) => number;
  readonly month: (day: number) => number;
  /** The first day of a month, up to three months after the current one. */
  readonly monthStart: (month: number) => number;
  /** 0 is January. */
  readonly monthOfYear: (month: number) => number;
  readonly dayOfMonth: (day: number) => number;
  /** 0 is Monday. */
  readonly weekday: (day: number) => number;
  /** The same day of a later month, never after its 28th. */
  readonly addMonths: (day: number, months: number) => number;
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");

function clockTexts(): string[] {
  return Array.from({ length: secondsOfDay }, (_, second) => {
    const minute = Math.floor(second / 60);
    return `T${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}:${twoDigits(second % 60)}Z`;
  });
}

const epochDay = (year: number, month: number, day: number): number => Date.UTC(year, month, day) / 1000 / secondsOfDay;

function lastSunday(year: number, month: number): number {
  const last = epochDay(year, month + 1, 0);
  return last - ((last + 4) % 7);
}

/** Madrid's seconds ahead of UTC on a day, as they are from 03:00 on (European summer time, directive 2000/84/EC). */
function madridOffset(epoch: number): number {
  const year = new Date(epoch * secondsOfDay * 1000).getUTCFullYear();
  return epoch >= lastSunday(year, 2) && epoch < lastSunday(year, 9) ? 7200 : 3600;
}

function parseDay(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) throw new Error(`invalid day: ${text}; expected YYYY-MM-DD`);
  return time / 1000 / secondsOfDay;
}

/** The calendar of the 24 months before the month of `today`, and of the days of this month until today. */
export function calendar(today: string): Calendar {
  const end = parseDay(today);
  const endDate = new Date(end * secondsOfDay * 1000);
  const firstMonth = endDate.getUTCFullYear() * 12 + endDate.getUTCMonth() - historyMonths;
  const startOf = (month: number): number => epochDay(Math.floor(month / 12), month % 12, 1);
  const start = startOf(firstMonth);
  const monthCount = historyMonths + 1 + monthsAhead;
  const monthStarts = Array.from({ length: monthCount + 1 }, (_, index) => startOf(firstMonth + index) - start);
  const tableDays = monthStarts[monthCount] as number;

  const texts = Array.from({ length: tableDays + 2 }, (_, index) =>
    new Date((start - 1 + index) * secondsOfDay * 1000).toISOString().slice(0, 10),
  );
  const offsets = Int32Array.from({ length: tableDays + 2 }, (_, index) => madridOffset(start - 1 + index));
  const monthOfDay = Uint8Array.from({ length: tableDays }, (_, day) =>
    monthStarts.findLastIndex((first) => first <= day),
  );
  const clock = clockTexts();

  const at = (day: number, seconds: number): number =>
    (day + 1) * secondsOfDay + seconds - (offsets[day + 1] as number);
  const month = (day: number): number => monthOfDay[day] as number;
  const monthStart = (index: number): number => monthStarts[index] as number;
  const dayOfMonth = (day: number): number => day - monthStart(month(day)) + 1;
  return {
    days: end - start,
    months: historyMonths + 1,
    cutoff: at(end - start, 0),
    day: (day) => texts[day + 1] as string,
    earlierDay: (day) => new Date((start + day) * secondsOfDay * 1000).toISOString().slice(0, 10),
    instant: (time) => (texts[(time / secondsOfDay) | 0] as string) + (clock[time % secondsOfDay] as string),
    at,
    dayOf: (time) => Math.floor((time + (offsets[(time / secondsOfDay) | 0] as number)) / secondsOfDay) - 1,
    month,
    monthStart,
    monthOfYear: (index) => (firstMonth + index) % 12,
    dayOfMonth,
    weekday: (day) => (start + day + 3) % 7,
    addMonths: (day, months) => {
      const target = month(day) + months;
      return target >= monthCount ? tableDays : monthStart(target) + Math.min(dayOfMonth(day), 28) - 1;
    },
  };
}

/** A moment of office hours on the day of `time`, or on the Monday after when that day is of a weekend; never before `time`. */
export function officeTime(calendar: Calendar, random: Random, time: number): number {
  if (time >= calendar.cutoff) return Math.floor(time);
  const day = calendar.dayOf(time);
  const weekday = calendar.weekday(day);
  const start = calendar.at(day, 9 * 3600);
  if (weekday < 5 && time >= start && time < start + 9 * 3600) return Math.floor(time);
  const shift = weekday >= 5 ? 7 - weekday : time < start ? 0 : weekday === 4 ? 3 : 1;
  return calendar.at(day + shift, Math.floor(between(random, 9, 14) * 3600));
}
