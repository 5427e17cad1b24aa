import { triedOn, type Income } from "../../methods/projection/income.ts";
import type { Futures } from "../../methods/projection/draws.ts";
import type { Expected, Seen, Steps } from "../../methods/projection/pipeline.ts";
import type { Known } from "../../methods/projection/project.ts";
import type { Random } from "../../methods/projection/random.ts";
import { steps } from "./listed.ts";
import type { Past } from "./past.ts";

/** Whose income is foretold: of all, of a team, of a rep. */
export interface Scope {
  readonly kind: "company" | "team" | "rep";
  readonly name: string | null;
  /** The reps that belong to it, by their number. */
  readonly owners: readonly number[];
}

/** What was learned of the pipeline at each origin, what was expected there of each rep, and what came of all but open deals. */
export interface Studied {
  readonly seen: readonly (Seen | undefined)[];
  /** By origin, then by rep; nothing where too little was known. */
  readonly expected: readonly (readonly Expected[] | undefined)[];
  /** By origin, then by rep: totals up to the end of each step. */
  readonly rest: readonly (readonly Steps[])[];
}

const sumOver = (owners: readonly number[], of: (owner: number) => number): number =>
  owners.reduce((sum, owner) => sum + of(owner), 0);

/** The whole months of a scope's income. */
export function incomeOf({ months, tails, whole, places }: Past, { owners }: Scope): Income {
  const summed = (rows: Past["months"]) =>
    places.slice(whole, -1).map((_, i) => sumOver(owners, (owner) => rows[owner]?.[whole + i] ?? 0));
  return { months: summed(months), tails: summed(tails) };
}

const differences = (totals: Steps): number[] => totals.map((total, i) => total - (totals[i - 1] ?? 0));

/** What was expected of a scope after an origin, by the end of each step. */
function expectedAt({ expected }: Studied, { owners }: Scope, origin: number): Expected | undefined {
  const all = expected[origin];
  if (all === undefined) return undefined;
  const summed = (kind: keyof Expected) =>
    Array.from({ length: steps }, (_, step) => sumOver(owners, (owner) => all[owner]?.[kind][step] ?? 0));
  return { open: summed("open"), rest: summed("rest") };
}

/** What is expected in each step, of open deals and of all else. */
function pathAt(studied: Studied, scope: Scope, origin: number): Steps | undefined {
  const expected = expectedAt(studied, scope, origin);
  return expected && differences(expected.open.map((open, step) => open + (expected.rest[step] ?? 0)));
}

/** Holds every method against the scope's past. */
export function knownOf(past: Past, studied: Studied, scope: Scope): Known {
  const income = incomeOf(past, scope);
  const before = past.first - past.whole;
  const paths = income.months.map((_, at) => (at < before ? undefined : pathAt(studied, scope, at - before)));
  return {
    income,
    tried: triedOn(income, steps, { id: "pipeline" as const, paths }),
    pipeline: pathAt(studied, scope, past.history.origins - 1),
  };
}

/** What open deals, and all else, may be expected to bring a scope by the end of a step from now on. */
export function expectedNow(studied: Studied, scope: Scope, end: number): { open: number; rest: number } | null {
  const expected = expectedAt(studied, scope, studied.rest.length - 1);
  return expected === undefined ? null : { open: expected.open[end] ?? 0, rest: expected.rest[end] ?? 0 };
}

/** What all but the deals open at each origin brought by the end of a step, less what was expected of it. */
function misses(studied: Studied, { owners }: Scope, end: number): number[] {
  const over = studied.rest.length - 1 - end;
  return studied.expected.slice(0, Math.max(0, over)).flatMap((expected, origin) => {
    if (expected === undefined) return [];
    const came = sumOver(owners, (owner) => studied.rest[origin]?.[owner]?.[end] ?? 0);
    return [came - sumOver(owners, (owner) => expected[owner]?.rest[end] ?? 0)];
  });
}

/** The misses of the longest time, up to the end of a step, of which enough are known, stretched to it in proportion. */
function stretched(studied: Studied, scope: Scope, end: number, least: number): number[] {
  for (let known = end; known >= 0; known--) {
    const found = misses(studied, scope, known);
    if (found.length >= least || known === 0) return found.map((miss) => (miss * (end + 1)) / (known + 1));
  }
  return [];
}

const leastMisses = 6;

/**
 * What a period may come to, in increasing order: what it has so far, what open deals are won for in each drawn future, and all
 * else as expected, with what that was missed by in some month of the past.
 */
export function futuresOf(
  studied: Studied,
  scope: Scope,
  {
    end,
    soFar,
    wins,
    random,
  }: { readonly end: number; readonly soFar: number; readonly wins: Futures[number]; readonly random: Random },
): Float64Array | undefined {
  const now = studied.rest.length - 1;
  const expected = expectedAt(studied, scope, now);
  const gain = studied.seen[now]?.yields[end];
  if (expected === undefined || gain === undefined) return undefined;
  const missed = stretched(studied, scope, end, leastMisses);
  const futures = new Float64Array(wins[0]?.length ?? 0);
  for (const owner of scope.owners)
    for (const [i, won] of (wins[owner] ?? []).entries()) futures[i] = (futures[i] ?? 0) + won;
  return futures
    .map((won) => soFar + won * gain + (expected.rest[end] ?? 0) + (missed[Math.floor(random() * missed.length)] ?? 0))
    .sort();
}
