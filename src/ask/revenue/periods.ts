import { addPeriods, startOf, type Day, type Range } from "../../engine/time.ts";

export const grains = ["month", "quarter", "year"] as const;
export type Grain = (typeof grains)[number];

/** The period of a grain that runs on a day. */
export interface Running extends Range {
  readonly grain: Grain;
  /** How many of its months have still to end, the present one included. */
  readonly months: number;
}

const monthNumber = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

/** The month, the quarter and the year that run on a day. */
export const runningOn = (day: Day): Running[] =>
  grains.map((grain) => {
    const from = startOf(grain, day);
    const to = addPeriods(grain, from, 1);
    return { grain, from, to, months: monthNumber(to) - monthNumber(day) };
  });
