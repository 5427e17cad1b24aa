import { addDays, addMonths, maxDay, minDay, startOf, type Day } from "../../engine/time.ts";
import { passedUntil, type WorkWeek } from "../../engine/working-days.ts";

/** A month, and the day in it that is as far in it by working days as the present is in its own. */
export interface Place {
  readonly month: Day;
  readonly day: Day;
}

/** How many months back the series goes at most. */
const mostMonths = 60;

/** The last day of a month before which no more of its working days have passed than such a share; the day before it where none. */
function dayAt(month: Day, share: number, week: WorkWeek): Day {
  const range = { from: month, to: addMonths(month, 1) };
  let day = addDays(month, -1);
  for (let next = month; next < range.to; next = addDays(next, 1)) {
    const { passed, days } = passedUntil(range, addDays(next, 1), week);
    if (passed > share * days + 1e-9) break;
    day = next;
  }
  return day;
}

/** The months of a series, the last of which is the present one. */
export interface Calendar {
  readonly places: readonly Place[];
  /** The first of them that is known from its first day on. */
  readonly whole: number;
}

/** The months from the first day on which anything came in until the one that holds `present`; in that one the day is the present itself. */
export function calendarOf(present: Day, first: Day, week: WorkWeek): Calendar {
  const now = startOf("month", present);
  const { passed, days } = passedUntil({ from: now, to: addMonths(now, 1) }, addDays(present, 1), week);
  const places: Place[] = [];
  const begun = maxDay(startOf("month", minDay(first, present)), addMonths(now, -mostMonths));
  for (let month = begun; month < now; month = addMonths(month, 1))
    places.push({ month, day: dayAt(month, passed / days, week) });
  return { places: [...places, { month: now, day: present }], whole: first > begun && begun < now ? 1 : 0 };
}
