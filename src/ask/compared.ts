import type { ComparedRow, Row } from "../contract/answer.ts";
import type { Plan } from "../engine/plan.ts";
import { periodsOf } from "../engine/time.ts";
import { isCertain } from "./certainty/noise.ts";
import type { Frame } from "./rows.ts";
import { unequalAges } from "./warnings.ts";

/** Whether a row has changed by more than noise; what has no interval, or has had other time than what it is compared with, says nothing of that. */
export const hasChanged = (frame: Frame, before: Row, now: Row): boolean | null =>
  before.interval === null || now.interval === null || unequalAges(before, now).length > 0
    ? null
    : isCertain(frame, before, now);

/** Where each row stands in its answer: the how many-th period it is, and its key. */
function placesIn({ grain, range }: Plan): (row: Row) => string {
  const starts = grain === undefined ? [] : periodsOf(grain, range).map(({ start }) => start);
  return ({ period, key }) => JSON.stringify([period === null ? 0 : starts.indexOf(period), Object.values(key)]);
}

/** The rows of another range, each with whether the row in its place has changed by more than noise since. */
export function comparedRows(frame: Frame, other: Plan, before: readonly Row[], now: readonly Row[]): ComparedRow[] {
  const [placeOf, placeThen] = [placesIn(frame.plan), placesIn(other)];
  const present = new Map(now.map((row) => [placeOf(row), row]));
  return before.map((row) => {
    const counterpart = present.get(placeThen(row));
    return { ...row, certain: counterpart === undefined ? null : hasChanged(frame, row, counterpart) };
  });
}
