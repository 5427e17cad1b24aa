import type { Tuple } from "../../engine/database.ts";
import type { Plan } from "../../engine/plan.ts";
import { addDays, daysBetween, minDay, type Range } from "../../engine/time.ts";

const sumOf = (tuples: readonly Tuple[], column: string): number =>
  tuples.reduce((sum, tuple) => sum + Number(tuple[column] ?? 0), 0);

/** The share of its horizon that every day of a range has lived through, days that are still to come left out. */
function ofDays({ from, to }: Range, horizon: number, observedTo: string): number | null {
  const end = minDay(to, addDays(observedTo, 1));
  if (end <= from) return null;
  const [oldest, days] = [daysBetween(from, observedTo), daysBetween(from, end)];
  let lived = 0;
  for (let age = oldest; age > oldest - days; age--) lived += Math.min(horizon + 1, age + 1);
  return lived / (days * (horizon + 1));
}

/**
 * The share of the window that a cohort has lived through: of its rows where the query counted them, else of the days of the
 * range. A row that entered on day 0 has had its time when day `window` is over, which is `window + 1` days. Null without rows
 * or where nothing says how long they take; 1 by the period clock.
 */
export function maturityOf(plan: Plan, range: Range, tuples: readonly Tuple[]): number | null {
  if (plan.clock === "period") return 1;
  if (plan.horizon === undefined) return null;
  if (!tuples.some((tuple) => "entered" in tuple)) return ofDays(range, plan.horizon, plan.observedTo);
  const entered = sumOf(tuples, "entered");
  return entered === 0 ? null : sumOf(tuples, "lived") / (entered * (plan.horizon + 1));
}
