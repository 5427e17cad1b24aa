import { addDays, addPeriods, isDay, startOf, type Day, type Grain } from "./time.ts";

/** A whole period: its grain and its first day. */
export interface Period {
  readonly grain: Grain;
  readonly start: Day;
}

const two = (number: number): string => String(number).padStart(2, "0");

/** The Monday of an ISO 8601 week: the first week of a year is the one that holds 4 January. */
function weekStart(year: string, week: number): Day | undefined {
  const start = addPeriods("week", startOf("week", `${year}-01-04`), week - 1);
  return week >= 1 && addDays(start, 3).startsWith(year) ? start : undefined;
}

const forms: readonly (readonly [RegExp, Grain, (year: string, number: number) => Day | undefined])[] = [
  [/^(\d{4})$/, "year", (year) => `${year}-01-01`],
  [/^(\d{4})-Q([1-4])$/i, "quarter", (year, quarter) => `${year}-${two(quarter * 3 - 2)}-01`],
  [/^(\d{4})-(\d{2})$/, "month", (year, month) => `${year}-${two(month)}-01`],
  [/^(\d{4})-W(\d{2})$/i, "week", weekStart],
];

/** The period that a text names: `2026`, `2026-Q4`, `2026-11`, `2026-W47` (ISO 8601) or `2026-11-23`; nothing for others. */
export function readPeriod(text: string): Period | undefined {
  if (isDay(text)) return { grain: "day", start: text };
  for (const [form, grain, startIn] of forms) {
    const [, year, number] = form.exec(text) ?? [];
    const start = year === undefined ? undefined : startIn(year, Number(number));
    if (start !== undefined && isDay(start)) return { grain, start };
  }
  return undefined;
}

const weekName = (start: Day): string => {
  const year = addDays(start, 3).slice(0, 4);
  const first = startOf("week", `${year}-01-04`);
  const week = (Date.parse(start) - Date.parse(first)) / (7 * 86_400_000) + 1;
  return `${year}-W${two(week)}`;
};

/** The name of a period, as it is read. */
export function periodName({ grain, start }: Period): string {
  switch (grain) {
    case "day":
      return start;
    case "week":
      return weekName(start);
    case "month":
      return start.slice(0, 7);
    case "quarter":
      return `${start.slice(0, 4)}-Q${Math.ceil(Number(start.slice(5, 7)) / 3)}`;
    case "year":
      return start.slice(0, 4);
  }
}
