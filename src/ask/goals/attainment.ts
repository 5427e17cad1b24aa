import type { Answer } from "../../contract/answer.ts";
import { betterOf } from "../../indicators/definition.ts";
import type { Attainment, AttainmentRequest } from "../../contract/attainment.ts";
import type { Goal } from "../../contract/goal.ts";
import type { Question } from "../../contract/question.ts";
import type { Database } from "../../engine/database.ts";
import { Problem } from "../../engine/problem.ts";
import { addDays, addPeriods, maxDay, minDay, startOf, type Day, type Range } from "../../engine/time.ts";
import { passedUntil } from "../../engine/working-days.ts";
import { attained, dueBy, holds, requiredPerDay, verdictOf } from "../../methods/pace/pace.ts";
import { workWeek } from "../../workspace/settings.ts";
import { answer } from "../answer.ts";
import type { Context } from "../draft.ts";
import { goalsAt, teamsAt } from "./goals.ts";
import { accumulates, endOf, place, placedOf, type Placed } from "./placed.ts";
import { rollUpsOf } from "./roll-up.ts";

/** An attainment with the SQL that measured it. */
export type Held = Attainment & { readonly sql: string };

/** Which goals are wanted, of a range that is spelt out. */
export type Wanted = Range & Pick<AttainmentRequest, "indicator"> & { readonly scopes: (goal: Goal) => boolean };

/** The question that answers all goals of a group: split by their kind of scope and by their grain. */
function questionOf(group: readonly Goal[], { to }: Range, { asOf }: Context): Question | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  const { indicator, variant, currency, grain, scopeKind } = first;
  const scopes = [...new Set(group.map((goal) => goal.scope))].toSorted((a, b) => ((a ?? "") < (b ?? "") ? -1 : 1));
  return {
    indicator,
    ...(variant === null ? {} : { variant }),
    ...(currency === null ? {} : { currency }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(scopeKind === "company" ? {} : { by: [scopeKind], where: { [scopeKind]: scopes } }),
    grain,
    from: group.map((goal) => goal.periodStart).reduce(minDay),
    to: minDay(group.map(endOf).reduce(maxDay), to),
  };
}

/** The value of a goal's own row; of what accumulates, a scope without a row has brought nothing. */
function valueOf({ goal, variant }: Placed, given: Answer): number | null {
  const { grain, periodStart, scopeKind, scope } = goal;
  const row = given.rows.find(
    ({ period, key }) =>
      period === startOf(grain, periodStart) && (scopeKind === "company" || key[scopeKind] === scope),
  );
  if (row !== undefined) return row.value;
  return accumulates(variant) && !given.total.flags.includes("not-recorded") ? 0 : null;
}

type Standing = Pick<Attainment, "value" | "attainment" | "due" | "passed" | "days" | "required" | "met" | "verdict">;

/** Where a value stands against its goal on the day before `until`. */
export function standingOf(placed: Placed, value: number | null, until: Day, context: Context): Standing {
  const { goal, indicator, variant } = placed;
  const to = endOf(goal);
  const passed = passedUntil({ from: goal.periodStart, to }, until, workWeek(context.settings));
  const target = { target: goal.target, better: betterOf(indicator, variant), accumulates: accumulates(variant) };
  const due = dueBy(target, passed);
  if (value === null) return { value, attainment: null, due, ...passed, required: null, met: null, verdict: null };
  return {
    value,
    attainment: attained(value, target),
    due,
    ...passed,
    required: requiredPerDay(value, target, passed),
    met: holds(value, due, betterOf(indicator, variant)),
    verdict: verdictOf(value, target, passed, until >= to),
  };
}

const described = ({ goal, indicator, variant, currency }: Placed) => ({
  goal,
  variant: variant.id,
  unit: variant.unit,
  better: betterOf(indicator, variant),
  currency,
  to: endOf(goal),
  probability: null,
  rollUps: [],
  problem: null,
  sql: "",
});

/** A goal that no number could be found for. */
function unheld(goal: Goal, problem: Problem, context: Context): Held {
  const [placed] = placedOf([goal], context);
  const nothing = { value: null, attainment: null, due: goal.target, passed: 0, days: 0, required: null };
  const stated =
    placed === undefined
      ? { goal, variant: null, unit: null, better: "higher" as const, currency: goal.currency, to: endOf(goal) }
      : described(placed);
  return {
    ...nothing,
    met: null,
    verdict: null,
    ...stated,
    probability: null,
    rollUps: [],
    problem: problem.toJSON(),
    sql: "",
  };
}

/** Whether the asker left or time ran out: nothing can be told of the question itself. */
export const leavesNoAnswer = ({ code }: Problem): boolean => code === "cancelled" || code === "deadline-exceeded";

/** Holds the goals of one indicator, variant, definition, currency, grain and kind of scope; what its question is refused for, they say. */
async function holdGroup(
  group: readonly Goal[],
  wanted: Wanted,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Held[]> {
  const question = questionOf(group, wanted, context);
  if (question === undefined) return [];
  const until = minDay(wanted.to, addDays(context.today, 1));
  try {
    const placed = group.map((goal) => place(goal, context));
    const given = await answer(question, context, database, signal);
    return placed.map((each) => ({
      ...described(each),
      ...standingOf(each, valueOf(each, given), until, context),
      sql: given.sql,
    }));
  } catch (error) {
    if (!(error instanceof Problem) || leavesNoAnswer(error)) throw error;
    return group.map((goal) => unheld(goal, error, context));
  }
}

/** Goals of one group are answered by one question, and so by one definition. */
function groupOf(goal: Goal, context: Context): string {
  const { indicator, variant, currency, grain, scopeKind } = goal;
  const definition = placedOf([goal], context)[0]?.indicator.version ?? null;
  return JSON.stringify([indicator, variant, currency, grain, scopeKind, definition]);
}

const orderOf = ({ goal }: Held): string =>
  JSON.stringify([goal.periodStart, goal.grain, goal.scopeKind, goal.scope, goal.indicator, goal.variant]);

/** Every wanted goal whose period has begun, held against what happened in it until today. */
export async function heldGoals(
  wanted: Wanted,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Held[]> {
  const begun = (goal: Goal) =>
    goal.periodStart >= wanted.from && goal.periodStart < wanted.to && goal.periodStart <= context.today;
  const goals = (await goalsAt(context, database)).filter(
    (goal) =>
      begun(goal) && wanted.scopes(goal) && (wanted.indicator === undefined || goal.indicator === wanted.indicator),
  );
  const groups = [...Map.groupBy(goals, (goal) => groupOf(goal, context)).values()];
  const held = await Promise.all(groups.map((group) => holdGroup(group, wanted, context, database, signal)));
  return held.flat().toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** This month, or the range that is named. */
export function rangeOf({ from, to }: { readonly from?: Day | undefined; readonly to?: Day | undefined }, today: Day) {
  const month = startOf("month", today);
  const range = { from: from ?? month, to: to ?? addPeriods("month", month, 1) };
  if (range.from < range.to) return range;
  throw new Problem(
    "empty-range",
    `the range from ${range.from} to ${range.to} holds no day`,
    "`to` is exclusive and must be later than `from`",
    range,
  );
}

/** Wanted goals held against what happened, each with what the goals below it sum to. */
export async function attainmentsOf(
  wanted: Wanted,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Attainment[]> {
  const held = await heldGoals(wanted, context, database, signal);
  const [goals, teams] = [await goalsAt(context, database), await teamsAt(context, database)];
  const all = placedOf(goals, context);
  return held.map((one) => {
    const { sql: _, ...each } = one;
    const parent = all.find(({ goal }) => goal === each.goal);
    return parent === undefined ? each : { ...each, rollUps: rollUpsOf(parent, all, teams) };
  });
}

/** The goals that a request names, held against what happened. */
export function attainments(
  request: AttainmentRequest,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Attainment[]> {
  const { indicator, scopeKind, scope } = request;
  const scopes = (goal: Goal) =>
    (scopeKind === undefined || goal.scopeKind === scopeKind) && (scope === undefined || goal.scope === scope);
  return attainmentsOf({ ...rangeOf(request, context.today), indicator, scopes }, context, database, signal);
}
