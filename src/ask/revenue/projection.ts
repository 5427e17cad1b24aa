import { setImmediate } from "node:timers/promises";
import type { Goal } from "../../contract/goal.ts";
import type { RevenuePeriod, RevenueScope } from "../../contract/revenue.ts";
import { cameAfter, type Income } from "../../methods/projection/income.ts";
import type { PastError } from "../../methods/projection/choice.ts";
import { reachedBy } from "../../methods/projection/probability.ts";
import { projected, type Known, type MethodId, type Projected, type Triple } from "../../methods/projection/project.ts";
import { randomOf } from "../../methods/projection/random.ts";
import { aimOf } from "./goals-ahead.ts";
import type { Running } from "./periods.ts";
import type { Ready } from "./ready.ts";
import { expectedNow, futuresOf, incomeOf, knownOf, type Scope } from "./scope.ts";

/** What every scope is foretold from, and beside it what would be if something were different. */
export interface Foresight {
  readonly ready: Ready;
  readonly changed: Ready | undefined;
  readonly running: readonly Running[];
  readonly goals: readonly Goal[];
  readonly seed: string;
}

/** In how many months a scope must have brought something before it is foretold. */
const leastMonths = 7;

const sum = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0);

/** What a scope brought in a period so far. */
function soFarOf({ past }: Ready, { owners }: Scope, { from }: Running): number {
  const begun = past.places.findIndex(({ month }) => month >= from);
  return sum(owners.map((owner) => sum(past.months[owner]?.slice(begun) ?? [])));
}

/** What came on average where as much was foretold. */
function usually({ months, tails }: Income, { trials, steps }: PastError): number {
  const last = months.length - steps;
  const sums = Array.from({ length: trials }, (_, i) => sum(cameAfter({ months, tails }, last - i, steps)));
  return sum(sums) / trials;
}

const errorsOf = (income: Income, past: readonly PastError<MethodId>[]): RevenuePeriod["past"] =>
  past.map((each) => {
    const usual = usually(income, each);
    const { id: method, error, trials, steps: months } = each;
    return { method, error, share: usual > 0 ? error / usual : null, trials, months };
  });

interface Ahead {
  readonly told: Projected | undefined;
  readonly futures: Float64Array | undefined;
}

/** Foretells one period of a scope. */
function aheadOf(ready: Ready, known: Known, scope: Scope, running: Running, at: number, seed: string): Ahead {
  const soFar = soFarOf(ready, scope, running);
  const random = randomOf(`${seed} ${running.grain} ${scope.kind} ${scope.name}`);
  const drawing = { end: running.months - 1, soFar, wins: ready.wins[at] ?? [], random };
  const futures = futuresOf(ready.studied, scope, drawing);
  return { told: projected(known, { steps: running.months, soFar, futures }), futures };
}

const middle = (futures: Float64Array): number => futures[Math.floor(futures.length / 2)] ?? 0;

const chanceOf = (told: Triple | undefined, target: number | undefined): number | null =>
  told === undefined || target === undefined ? null : reachedBy(told, target);

/** What would be foretold instead: by the pipeline itself, or moved by as much as it moves. */
function changedOf(now: Ahead, other: Ahead, target: number | undefined): RevenuePeriod["changed"] {
  const { told, futures } = now;
  if (told === undefined || futures === undefined || other.futures === undefined || other.told === undefined)
    return null;
  const by = middle(other.futures) - middle(futures);
  const moved =
    told.method === "pipeline" ? other.told : { ...told, low: told.low + by, mid: told.mid + by, high: told.high + by };
  const { low, mid, high } = moved;
  return { low, mid, high, probability: chanceOf(moved, target) };
}

function periodOf(foresight: Foresight, known: Known, scope: Scope, running: Running, at: number): RevenuePeriod {
  const { ready, changed, goals, seed } = foresight;
  const ahead = aheadOf(ready, known, scope, running, at, seed);
  const aim = aimOf(goals, scope, running);
  const other = changed && aheadOf(changed, knownOf(changed.past, changed.studied, scope), scope, running, at, seed);
  const { told } = ahead;
  return {
    grain: running.grain,
    from: running.from,
    to: running.to,
    soFar: soFarOf(ready, scope, running),
    method: told?.method ?? null,
    projection: told === undefined ? null : { low: told.low, mid: told.mid, high: told.high },
    past: told === undefined ? [] : errorsOf(known.income, told.past),
    expected: expectedNow(ready.studied, scope, running.months - 1),
    goal: aim === undefined ? null : { ...aim, probability: chanceOf(told, aim.target) },
    changed: other === undefined ? null : changedOf(ahead, other, aim?.target),
  };
}

/** Why a scope is not foretold: it, or the whole company, is known for too short a time, or it sold in too few months. */
function reasonOf(income: Income, scope: Scope): RevenueScope["reason"] {
  if (income.months.length < leastMonths) return "too-short";
  const sold = income.months.filter((value) => value !== 0).length;
  return scope.kind !== "company" && sold < leastMonths ? "too-few-sales" : null;
}

/** Foretells the periods of a scope, or says why not. */
export function scopeAhead(foresight: Foresight, scope: Scope): RevenueScope {
  const { ready, running } = foresight;
  const { kind, name } = scope;
  const reason = reasonOf(incomeOf(ready.past, scope), scope);
  const known = reason === null ? knownOf(ready.past, ready.studied, scope) : undefined;
  const periods = running.map((each, at): RevenuePeriod => {
    if (known !== undefined) return periodOf(foresight, known, scope, each, at);
    const aim = aimOf(foresight.goals, scope, each);
    const { grain, from, to } = each;
    const goal = aim === undefined ? null : { ...aim, probability: null };
    return {
      grain,
      from,
      to,
      soFar: soFarOf(ready, scope, each),
      method: null,
      projection: null,
      past: [],
      expected: null,
      goal,
      changed: null,
    };
  });
  return { kind, name, periods, reason };
}

/** Foretells all scopes, one after the other, so that others may go on between them. */
export async function scopesAhead(foresight: Foresight, scopes: readonly Scope[]): Promise<RevenueScope[]> {
  const told: RevenueScope[] = [];
  for (const scope of scopes) {
    await setImmediate();
    told.push(scopeAhead(foresight, scope));
  }
  return told;
}
