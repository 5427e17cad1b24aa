/** A day as `2026-11-23`; days of one zone compare as text. */
export type Day = string;

export type Grain = "day" | "week" | "month" | "quarter" | "year";

/** From a day on until another, exclusive. */
export interface Range {
  readonly from: Day;
  readonly to: Day;
}

const at = (day: Day): Date => new Date(`${day}T00:00:00Z`);
const toDay = (date: Date): Day => date.toISOString().slice(0, 10);

/** Whether the text is a day of the calendar: 2026-02-30 is none. */
export const isDay = (text: string): boolean => {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? at(text) : undefined;
  return date !== undefined && !Number.isNaN(date.getTime()) && toDay(date) === text;
};

export function addDays(day: Day, days: number): Day {
  const date = at(day);
  date.setUTCDate(date.getUTCDate() + days);
  return toDay(date);
}

/** The same day of another month, or its last day where the month is shorter. */
export function addMonths(day: Day, months: number): Day {
  const date = at(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return toDay(date);
}

export const daysBetween = (from: Day, to: Day): number =>
  Math.round((at(to).getTime() - at(from).getTime()) / 86_400_000);

export const minDay = (a: Day, b: Day): Day => (a < b ? a : b);
export const maxDay = (a: Day, b: Day): Day => (a > b ? a : b);

/** The first day of the period of a grain that holds the day; weeks start on Monday. */
export function startOf(grain: Grain, day: Day): Day {
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))];
  switch (grain) {
    case "day":
      return day;
    case "week":
      return addDays(day, -((at(day).getUTCDay() + 6) % 7));
    case "month":
      return `${day.slice(0, 7)}-01`;
    case "quarter":
      return `${year}-${String(month - ((month - 1) % 3)).padStart(2, "0")}-01`;
    case "year":
      return `${year}-01-01`;
  }
}

const monthsIn: Readonly<Record<Grain, number>> = { day: 0, week: 0, month: 1, quarter: 3, year: 12 };

/** The first day of the period that is `count` periods after the one that starts on `start`. */
export function addPeriods(grain: Grain, start: Day, count: number): Day {
  if (grain === "day") return addDays(start, count);
  if (grain === "week") return addDays(start, 7 * count);
  return addMonths(start, monthsIn[grain] * count);
}

/** The periods of a grain that meet the range, cut to it. */
export function periodsOf(grain: Grain, range: Range): { readonly start: Day; readonly range: Range }[] {
  const periods = [];
  for (let start = startOf(grain, range.from); start < range.to; start = addPeriods(grain, start, 1))
    periods.push({
      start,
      range: { from: maxDay(start, range.from), to: minDay(addPeriods(grain, start, 1), range.to) },
    });
  return periods;
}

const wholeMonths = ({ from, to }: Range): number | undefined => {
  if (!from.endsWith("-01") || !to.endsWith("-01")) return undefined;
  const months = (day: Day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return months(to) - months(from);
};

/** The range before it of the same length: so many months before whole months, so many days before anything else. */
export function previous(range: Range): Range {
  const months = wholeMonths(range);
  if (months !== undefined && months > 0) return { from: addMonths(range.from, -months), to: range.from };
  return { from: addDays(range.from, -daysBetween(range.from, range.to)), to: range.from };
}

/** The day after the last one, a year before; the end of a whole month stays one. */
const endYearBefore = (to: Day): Day =>
  to.endsWith("-01") ? addMonths(to, -12) : addDays(addMonths(addDays(to, -1), -12), 1);

export const yearBefore = ({ from, to }: Range): Range => ({ from: addMonths(from, -12), to: endYearBefore(to) });

/** As much of `other` as has passed of `range` when `today` is its last day so far: days 1–23 meet days 1–23. */
export function elapsedAlike(range: Range, other: Range, today: Day): Range {
  const tomorrow = addDays(today, 1);
  if (range.to <= tomorrow || range.from > today) return other;
  return { from: other.from, to: minDay(other.to, addDays(other.from, daysBetween(range.from, tomorrow))) };
}

/** Today's date on a wall clock in the zone. */
export function dayIn(zone: string, now: Date): Day {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(now);
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return Date.parse(`${format.format(instant).replace(" ", "T")}Z`) - Math.floor(instant / 1000) * 1000;
}

/** The last instant of a day on a wall clock in the zone, in ISO 8601. */
export function endOfDay(day: Day, zone: string): string {
  const midnight = at(addDays(day, 1)).getTime();
  const once = midnight - offsetAt(midnight, zone);
  return new Date(midnight - offsetAt(once, zone) - 1).toISOString();
}
