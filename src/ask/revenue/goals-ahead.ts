import type { Goal } from "../../contract/goal.ts";
import { addMonths, type Day } from "../../engine/time.ts";
import { salesRevenue } from "../../indicators/sales-revenue.ts";
import type { Running } from "./periods.ts";
import type { Scope } from "./scope.ts";

/** A target, and of how many shorter ones it is the sum. */
export interface Aim {
  readonly target: number;
  readonly summed: number;
}

const usual = salesRevenue.variants[0]?.id;

/** The goals of revenue in the currency of the answer. */
export const revenueGoals = (goals: readonly Goal[], currency: string, home: string): Goal[] =>
  goals.filter(
    (goal) =>
      goal.indicator === salesRevenue.id &&
      (goal.variant === null || goal.variant === usual) &&
      (goal.currency ?? home) === currency,
  );

type Whose = Pick<Scope, "kind" | "name">;

const targetOf = (goals: readonly Goal[], { kind, name }: Whose, grain: string, start: Day): number | undefined =>
  goals.find(
    (goal) =>
      goal.scopeKind === kind &&
      goal.scope === (kind === "company" ? null : name) &&
      goal.grain === grain &&
      goal.periodStart === start,
  )?.target;

/** The goal of a month. */
export const goalOfMonth = (goals: readonly Goal[], whose: Whose, month: Day): number | undefined =>
  targetOf(goals, whose, "month", month);

/** The goal of a period: its own, or the sum of those of its months where each of them has one. */
export function aimOf(goals: readonly Goal[], whose: Whose, { grain, from, to }: Running): Aim | undefined {
  const own = targetOf(goals, whose, grain, from);
  if (own !== undefined) return { target: own, summed: 0 };
  const months: (number | undefined)[] = [];
  for (let month = from; month < to; month = addMonths(month, 1)) months.push(goalOfMonth(goals, whose, month));
  const known = months.filter((each) => each !== undefined);
  return known.length < months.length
    ? undefined
    : { target: known.reduce((sum, each) => sum + each, 0), summed: known.length };
}
