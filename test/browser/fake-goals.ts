import type { Attainment, AttainmentRequest } from "../../src/contract/attainment.ts";
import type { Goal } from "../../src/contract/goal.ts";
import { shift } from "../../src/web/dates.ts";
import { rowOf, variantOf } from "./fake-rows.ts";

/** Working days of the invented company's November, and how many of them have passed. */
const [days, passed] = [21, 15];

/** The invented company's goals of a month held against what happened. */
export function attainmentOf(
  { indicator, from = "", to = "" }: AttainmentRequest,
  goals: readonly Goal[],
): Attainment[] {
  return goals
    .filter((goal) => goal.indicator === indicator && goal.periodStart >= from && goal.periodStart < to)
    .map((goal) => standing(goal, to));
}

function standing(goal: Goal, to: string): Attainment {
  const { entry, variant } = variantOf({ indicator: goal.indicator });
  const { value } = rowOf({ indicator: goal.indicator }, {}, null, { from: goal.periodStart, to });
  const due = variant.accumulates ? (goal.target * passed) / days : goal.target;
  const met = value === null ? null : entry.better === "higher" ? value >= due : value <= due;
  return {
    goal,
    variant: variant.id,
    unit: variant.unit,
    better: entry.better,
    currency: goal.currency,
    to: shift("month", goal.periodStart, 1),
    value,
    attainment: value === null ? null : value / goal.target,
    due,
    passed,
    days,
    required: variant.accumulates ? (goal.target - (value ?? 0)) / (days - passed) : null,
    met,
    verdict: met === null ? null : met ? "on-pace" : "behind",
    probability: null,
    rollUps: [],
    problem: null,
  };
}
