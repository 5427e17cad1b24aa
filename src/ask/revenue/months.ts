import type { Goal } from "../../contract/goal.ts";
import type { Revenue, RevenueMonth } from "../../contract/revenue.ts";
import { addMonths } from "../../engine/time.ts";
import { workingDays, type WorkWeek } from "../../engine/working-days.ts";
import { fanOf } from "../../methods/projection/project.ts";
import { goalOfMonth } from "./goals-ahead.ts";
import { steps } from "./listed.ts";
import type { Past } from "./past.ts";
import { incomeOf, knownOf, type Scope, type Studied } from "./scope.ts";

/** How many months before the present are shown. */
const shown = 24;

const year = 12;

/** What the months before a month and it were together; nothing where not all of them are known. */
const rollingAt = (months: readonly number[], at: number): number | null =>
  at + 1 < year ? null : months.slice(at + 1 - year, at + 1).reduce((sum, value) => sum + value, 0);

/** What each month would have been with as many working days as one of the last twelve had on average. */
function adjustedBy(months: readonly number[], starts: readonly string[], week: WorkWeek): (number | null)[] {
  const days = starts.map((month) => workingDays({ from: month, to: addMonths(month, 1) }, week));
  const last = days.slice(-year);
  const usual = last.reduce((sum, each) => sum + each, 0) / last.length;
  return months.map((value, i) => (days[i] ? (value / days[i]) * usual : null));
}

/** The whole months that are known, with what they can be held against. */
function monthsBefore(
  past: Past,
  months: readonly number[],
  week: WorkWeek,
  goal: (month: string) => number | null,
): RevenueMonth[] {
  const starts = months.map((_, i) => past.places[past.whole + i]?.month ?? "");
  const adjusted = adjustedBy(months, starts, week);
  return months.map((value, i) => ({
    month: starts[i] ?? "",
    value,
    projection: null,
    goal: goal(starts[i] ?? ""),
    yearBefore: months[i - year] ?? null,
    rolling: rollingAt(months, i),
    adjusted: adjusted[i] ?? null,
  }));
}

/** The company's months: those that are known, the present one, and those that are foretold. */
export function monthsOf(
  past: Past,
  company: Scope,
  studied: Studied,
  goals: readonly Goal[],
  week: WorkWeek,
): Pick<Revenue, "months" | "fan" | "known"> {
  const { months } = incomeOf(past, company);
  const fan = months.length < 7 ? undefined : fanOf(knownOf(past, studied, company), steps);
  const now = past.places.length - 1;
  const present = past.places[now]?.month ?? "";
  const goal = (month: string) => goalOfMonth(goals, company, month) ?? null;
  const soFar = company.owners.reduce((sum, owner) => sum + (past.months[owner]?.[now] ?? 0), 0);
  const ahead = Array.from({ length: steps }, (_, step): RevenueMonth => {
    const month = addMonths(present, step);
    const told = fan?.steps[step];
    const already = step === 0 ? soFar : 0;
    const projection = told && { low: told.low + already, mid: told.mid + already, high: told.high + already };
    return {
      month,
      value: step === 0 ? soFar : null,
      projection: projection ?? null,
      goal: goal(month),
      yearBefore: months[months.length + step - year] ?? null,
      rolling: null,
      adjusted: null,
    };
  });
  const before = monthsBefore(past, months, week, goal);
  return { months: [...before.slice(-shown), ...ahead], fan: fan?.method ?? null, known: months.length };
}
