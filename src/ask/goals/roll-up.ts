import type { RollUp } from "../../contract/attainment.ts";
import { scopeKinds, type Goal, type ScopeKind } from "../../contract/goal.ts";
import { addPeriods, type Grain } from "../../engine/time.ts";
import { accumulates, addsOverScopes, type Placed } from "./placed.ts";

/** The team of each rep. */
export type Teams = ReadonlyMap<string, string | null>;

/** Shorter grains of which whole ones make up the longer one; weeks straddle months and so make up nothing. */
const within: Readonly<Record<Grain, readonly Grain[]>> = {
  day: [],
  week: ["day"],
  month: ["day"],
  quarter: ["month", "day"],
  year: ["quarter", "month", "day"],
};

const below: Readonly<Record<ScopeKind, readonly ScopeKind[]>> = {
  ...(Object.fromEntries(scopeKinds.map((kind) => [kind, []])) as unknown as Record<ScopeKind, ScopeKind[]>),
  company: scopeKinds.filter((kind) => kind !== "company"),
  team: ["rep"],
};

const sameSubject = (a: Placed, b: Placed): boolean =>
  a.indicator.id === b.indicator.id && a.variant.id === b.variant.id;

const samePeriod = (a: Goal, b: Goal): boolean => a.periodStart === b.periodStart && a.grain === b.grain;

const sameScope = (a: Goal, b: Goal): boolean => a.scopeKind === b.scopeKind && a.scope === b.scope;

function belongs(child: Goal, parent: Goal, teams: Teams): boolean {
  if (!below[parent.scopeKind].includes(child.scopeKind)) return false;
  return parent.scopeKind !== "team" || (child.scope !== null && teams.get(child.scope) === parent.scope);
}

function isWithin(child: Goal, parent: Goal): boolean {
  const end = addPeriods(parent.grain, parent.periodStart, 1);
  return (
    within[parent.grain].includes(child.grain) && child.periodStart >= parent.periodStart && child.periodStart < end
  );
}

const toMicros = (target: number): number => Math.round(target * 1e6);

function rolledUp(by: string, children: readonly Placed[], parent: Placed, adds: boolean): RollUp {
  const exact = adds && children.every((each) => each.currency === parent.currency);
  const sum = children.reduce((micros, each) => micros + toMicros(each.goal.target), 0);
  return {
    by,
    children: children.length,
    target: exact ? sum / 1e6 : null,
    gap: exact ? (toMicros(parent.goal.target) - sum) / 1e6 : null,
  };
}

/**
 * What the goals below one sum to: those of the same period by kind of scope (the company's teams, reps, channels …, a team's
 * reps), and those of the same scope by shorter grain (the months of a quarter). Targets that do not add up have no sum.
 */
export function rollUpsOf(parent: Placed, all: readonly Placed[], teams: Teams): RollUp[] {
  const same = all.filter((each) => sameSubject(each, parent));
  const scopes = Map.groupBy(
    same.filter(({ goal }) => samePeriod(goal, parent.goal) && belongs(goal, parent.goal, teams)),
    ({ goal }) => goal.scopeKind,
  );
  const periods = Map.groupBy(
    same.filter(({ goal }) => sameScope(goal, parent.goal) && isWithin(goal, parent.goal)),
    ({ goal }) => goal.grain,
  );
  return [
    ...[...scopes].map(([kind, children]) => rolledUp(kind, children, parent, addsOverScopes(parent.variant))),
    ...[...periods].map(([grain, children]) => rolledUp(grain, children, parent, accumulates(parent.variant))),
  ];
}
