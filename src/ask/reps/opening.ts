import type { Plan } from "../../engine/plan.ts";
import type { Cell, Tuple } from "../../engine/database.ts";
import type { Store } from "../store.ts";
import { windows } from "../funnel/counts.ts";
import { asked } from "./closing.ts";
import { leadsOfReps } from "./leads-sql.ts";

/** How many leads have been at a stage for its window, how many of those went on within it, and how many were to be expected to. */
export interface Passed {
  readonly passed: number;
  readonly of: number;
  /** At the rates of all leads of the same source. */
  readonly expected: number;
}

/** The leads of everybody. */
export interface RepLeads {
  /** How likely the sources of somebody's leads are to become opportunities, against those of all: 1 is as usual. */
  readonly mix: (rep: string) => number;
  /** How many they had first. */
  readonly had: (rep: string) => number;
  /** How many of those that they have now became SQLs. */
  readonly sqls: (rep: string) => number;
  /** Of each stage before the opportunity, by who has the lead now. */
  readonly steps: (rep: string) => readonly Passed[];
  readonly all: readonly Passed[];
}

/** The stages before an opportunity. */
export const leadStages = 3;

const number = (value: unknown): number => Number(value ?? 0) / 1e6;
const text = (value: Cell | undefined): string | null => (value == null ? null : String(value));

const sumOf = (tuples: readonly Tuple[], column: string): number =>
  tuples.reduce((sum, each) => sum + number(each[column]), 0);

const sourceOf = (tuple: Tuple): string | null => text(tuple["channel"]);

/** The share of the leads of each source that goes on from each stage. */
type SourceRates = ReadonlyMap<string | null, readonly number[]>;

const ratesOf = (tuples: readonly Tuple[]): SourceRates =>
  new Map(
    [...Map.groupBy(tuples, sourceOf)].map(([source, of]) => [
      source,
      Array.from({ length: leadStages }, (_, i) => sumOf(of, `passed_${i}`) / Math.max(1e-6, sumOf(of, `of_${i}`))),
    ]),
  );

const stepsOf = (tuples: readonly Tuple[], rates: SourceRates): Passed[] =>
  Array.from({ length: leadStages }, (_, i) => ({
    passed: sumOf(tuples, `passed_${i}`),
    of: sumOf(tuples, `of_${i}`),
    expected: tuples.reduce((sum, each) => sum + number(each[`of_${i}`]) * (rates.get(sourceOf(each))?.[i] ?? 0), 0),
  }));

/** Σ of leads × the share of their source's leads that becomes an opportunity, ÷ the leads, ÷ the share of all. */
export function mixes(tuples: readonly Tuple[]): (rep: string) => number {
  const had = tuples.filter((each) => each["first"] != null);
  const share = (of: readonly Tuple[]) => sumOf(of, "opportunities") / Math.max(1e-6, sumOf(of, "leads"));
  const rates = new Map([...Map.groupBy(had, sourceOf)].map(([source, of]) => [source, share(of)]));
  const usual = share(had);
  const own = Map.groupBy(had, (each) => text(each["first"]) ?? "");
  return (rep) => {
    const of = own.get(rep) ?? [];
    const expected = of.reduce((all, each) => all + number(each["leads"]) * (rates.get(sourceOf(each)) ?? 0), 0);
    return expected > 0 && usual > 0 ? expected / sumOf(of, "leads") / usual : 1;
  };
}

/** Finds the leads of a plan by who had them; without one, as where deals are told by what leads do not have, there are none. */
export async function leadsOf(plan: Plan | undefined, store: Store, signal?: AbortSignal): Promise<RepLeads> {
  const tuples = plan === undefined ? [] : await asked(leadsOfReps(plan, windows), store, signal);
  const own = Map.groupBy(tuples, (each) => text(each["rep"]));
  const first = Map.groupBy(tuples, (each) => text(each["first"]));
  const owned = tuples.filter((each) => each["rep"] != null);
  const rates = ratesOf(owned);
  return {
    mix: mixes(tuples),
    had: (rep) => sumOf(first.get(rep) ?? [], "leads"),
    sqls: (rep) => sumOf(own.get(rep) ?? [], "sqls"),
    steps: (rep) => stepsOf(own.get(rep) ?? [], rates),
    all: stepsOf(owned, rates),
  };
}
