import { scopeKinds, type Goal, type GoalOrder, type GoalOutcome } from "../../contract/goal.ts";
import type { Database } from "../../engine/database.ts";
import { readPeriod, type Period } from "../../engine/period.ts";
import { Problem } from "../../engine/problem.ts";
import { removeGoal, setGoal, statedGoal, type GoalKey } from "../../facts/by-hand.ts";
import type { FactRules } from "../../facts/derived/rules.ts";
import { goalsSource } from "../../facts/goals-source.ts";
import { splitsOf } from "../dimensions.ts";
import type { Context } from "../draft.ts";
import { nearest } from "../../engine/nearest.ts";
import { goalsAt, teamsAt } from "./goals.ts";
import { place, placedOf, type Placed } from "./placed.ts";

/** Where goals are kept. */
export interface GoalStore {
  readonly database: Database;
  readonly rules: FactRules;
}

function periodOf(text: string): Period {
  const period = readPeriod(text);
  if (period !== undefined) return period;
  throw new Problem(
    "invalid-period",
    `${text} names no period`,
    "write 2026 for a year, 2026-Q4 for a quarter, 2026-11 for a month, 2026-W47 for a week, or 2026-11-23 for a day",
    { period: text },
  );
}

function checkScopeKind({ goal, indicator, variant }: Placed): void {
  const legal = scopeKinds.filter((kind) => kind === "company" || splitsOf(variant).includes(kind));
  if (legal.includes(goal.scopeKind)) return;
  throw new Problem(
    "cannot-split",
    `${indicator.id} (${variant.id}) cannot have a goal of a ${goal.scopeKind}, because it cannot be split by ${goal.scopeKind}`,
    legal.length === 1 ? "set one for the company" : `set one of ${legal.join(", ")}`,
    { indicator: indicator.id, dimension: goal.scopeKind },
  );
}

/** People and teams are known by name; channels, campaigns and the like may be still to come. */
async function checkScope({ goal }: Placed, context: Context, database: Database): Promise<void> {
  const { scopeKind, scope } = goal;
  if ((scope === null) !== (scopeKind === "company"))
    throw new Problem(
      "invalid-scope",
      scope === null ? `a goal of a ${scopeKind} needs its name` : `a goal of the company has no scope ${scope}`,
      `write --scope ${scopeKind === "company" ? "team" : scopeKind}=NAME, or leave the scope out for the company`,
    );
  if (scope === null || (scopeKind !== "rep" && scopeKind !== "team")) return;
  const teams = await teamsAt(context, database);
  const names = scopeKind === "rep" ? [...teams.keys()] : [...new Set(teams.values())].filter((each) => each !== null);
  if (teams.size === 0 || names.includes(scope)) return;
  const meant = nearest(scope, names);
  const remedy =
    meant === undefined ? `use one of ${names.toSorted().slice(0, 20).join(", ")}` : `did you mean ${meant}?`;
  throw new Problem("unknown-value", `no ${scopeKind} is named ${scope}`, remedy, { [scopeKind]: scope });
}

const most = 1e11;

function checkTarget({ goal, indicator, variant }: Placed): void {
  const { target, currency } = goal;
  const refuse = (message: string, remedy: string): never => {
    throw new Problem("invalid-target", message, remedy, { indicator: indicator.id, target });
  };
  if (!Number.isFinite(target) || Math.abs(target) > most)
    refuse(`${target} is no target`, `use a number up to ${most}`);
  if (variant.share && target > 1)
    refuse(
      `${indicator.id} (${variant.id}) is a share between 0 and 1, not ${target}`,
      target <= 100 ? `did you mean ${target / 100}?` : "write 25 % as 0.25",
    );
  if (target < 0 && (variant.unit !== "ratio" || variant.share))
    refuse(`${indicator.id} (${variant.id}) is never below zero`, "use a target of zero or more");
  if (currency !== null && variant.unit !== "money")
    refuse(`${indicator.id} (${variant.id}) is no money`, "leave the currency out");
}

const isSame = (a: Placed, b: Placed): boolean =>
  a.indicator.id === b.indicator.id &&
  a.variant.id === b.variant.id &&
  a.goal.scopeKind === b.goal.scopeKind &&
  a.goal.scope === b.goal.scope &&
  a.goal.periodStart === b.goal.periodStart &&
  a.goal.grain === b.goal.grain;

/** The goal as the facts name it: one that leaves the default variant unsaid is the same as one that says it. */
async function asNamed(goal: Goal, context: Context, database: Database): Promise<Goal> {
  const [placed] = placedOf([goal], context);
  if (placed === undefined) return goal;
  const there = placedOf(await goalsAt(context, database), context).filter((each) => isSame(each, placed));
  const exact = there.find((each) => each.goal.variant === goal.variant) ?? there[0];
  return exact === undefined ? goal : { ...goal, variant: exact.goal.variant };
}

function stated(order: GoalOrder): Goal {
  const { grain, start } = periodOf(order.period);
  return {
    indicator: order.indicator,
    variant: order.variant ?? null,
    scopeKind: order.scopeKind,
    scope: order.scope ?? null,
    periodStart: start,
    grain,
    target: order.do === "set" ? order.target : 0,
    currency: order.do === "set" ? (order.currency ?? null) : null,
  };
}

const keyOf = ({ indicator, variant, scopeKind, scope, periodStart, grain }: Goal): GoalKey => ({
  indicator,
  variant,
  scope_kind: scopeKind,
  scope,
  period_start: periodStart,
  grain,
});

/** A goal that makes sense, in a currency where it is one of money; refuses others. */
async function sensible(goal: Goal, context: Context, database: Database): Promise<Goal> {
  const placed = place(goal, context);
  checkScopeKind(placed);
  await checkScope(placed, context, database);
  checkTarget(placed);
  return { ...goal, currency: placed.currency };
}

async function set(goal: Goal, by: string, { database, rules }: GoalStore, now: () => Date): Promise<Goal> {
  const { target, currency } = goal;
  const row = { ...keyOf(goal), target, currency, set_by: by };
  await database.use((connection) => setGoal(connection, row, rules, now));
  return goal;
}

async function remove(goal: Goal, by: string, before: GoalOutcome["before"], { database }: GoalStore, now: () => Date) {
  if (before === null)
    throw new Problem("unknown-goal", "there is no such goal", "`embudo goals` lists those that there are");
  if (before.source !== goalsSource)
    throw new Problem(
      "goal-of-a-source",
      `the source ${before.source} states this goal`,
      "change it there, or set another by hand: it stands from then on",
      { source: before.source },
    );
  await database.use((connection) => removeGoal(connection, keyOf(goal), by, now));
  return { ...goal, target: before.target };
}

/** Sets a goal as a person wants it, or removes one that a person had set; refuses what makes no sense. */
export async function obey(
  order: GoalOrder,
  context: Context,
  store: GoalStore,
  now: () => Date,
): Promise<GoalOutcome> {
  const { database } = store;
  const wanted = order.do === "set" ? await sensible(stated(order), context, database) : stated(order);
  const goal = await asNamed(wanted, context, database);
  const before = (await database.use((connection) => statedGoal(connection, keyOf(goal)))) ?? null;
  const done =
    order.do === "set" ? await set(goal, order.by, store, now) : await remove(goal, order.by, before, store, now);
  return { goal: done, before };
}
