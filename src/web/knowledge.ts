import { dateOf, shiftDays } from "./dates.ts";

/** The last instant of a day in a zone: what was known on that day was known by then. */
export function endOfDay(day: string, timeZone: string): string {
  const midnight = dateOf(shiftDays(day, 1)).getTime();
  const once = midnight - offsetAt(midnight, timeZone);
  return new Date(midnight - offsetAt(once, timeZone) - 1).toISOString();
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return Date.parse(`${format.format(instant).replace(" ", "T")}Z`) - Math.floor(instant / 1000) * 1000;
}
