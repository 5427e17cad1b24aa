import { addDays, addMonths, startOf, type Day } from "../../../engine/time.ts";
import type { FactName } from "../columns.ts";
import { spendThen, ratesThen } from "./costs.ts";
import { identitiesThen, leadsThen, stagesThen, touchesThen } from "./leads.ts";
import { by, byDay, replacing, type Morning } from "./morning.ts";
import { customersThen, dealsThen, revenueThen, subscriptionsThen } from "./sales.ts";

export type { Morning } from "./morning.ts";

const hour = "T05:00:00.000Z";
const mistypedBefore = 30;

/** The mornings after the last two months were over and the one a week ago, in their order, as far as they lie in the past. */
export function mornings(today: Day, now: Date): Morning[] {
  const month = startOf("month", addDays(today, -1));
  const days = [...new Set([addMonths(month, -1), month, addDays(today, -7)])].toSorted();
  const past = days.map((day) => day + hour).filter((at) => at < now.toISOString());
  return past.map((at, place) => ({
    at,
    mistyped: place === 0 ? addDays(at.slice(0, 10), -mistypedBefore) : undefined,
    defined: place > 1,
    tidied: place > 0 && place === past.length - 1,
  }));
}

const salesTeam = (morning: Morning): string =>
  `SELECT ${replacing("r", { ended_on: `CASE WHEN ${byDay(morning, "ended_on")} THEN ended_on END` })}
FROM 'files/rep.csv' AS r WHERE ${byDay(morning, "started_on")}`;

const goals = (morning: Morning): string => `SELECT * FROM 'files/goal.csv' WHERE ${by(morning, "set_at")}`;

/** For each fact the SELECT over the demo's files that says what was known on a morning. */
export const knownThen: Readonly<Record<FactName, (morning: Morning) => string>> = {
  lead: leadsThen,
  stage_entry: stagesThen,
  deal: dealsThen,
  spend: spendThen,
  touch: touchesThen,
  identity: identitiesThen,
  customer: customersThen,
  revenue: revenueThen,
  subscription_change: subscriptionsThen,
  rep: salesTeam,
  goal: goals,
  rate: ratesThen,
};
