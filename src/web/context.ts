import type { Api } from "../contract/api.ts";
import type { Catalogue, IndicatorEntry, VariantEntry } from "../contract/catalogue.ts";
import type { Goal } from "../contract/goal.ts";
import type { Question } from "../contract/question.ts";
import { models, spansOf, whereOf, type Address } from "./address.ts";
import { startOf, type Span } from "./dates.ts";
import type { Place } from "./format.ts";
import type { Period } from "./period.ts";

/** What every loader of a page needs to ask its questions. */
export interface Context {
  api: Api;
  catalogue: Catalogue;
  address: Address;
  place: Place;
  period: Period;
  compared: Span | undefined;
}

/** The context of a page: its address read against the company's catalogue. */
export function contextOf(api: Api, catalogue: Catalogue, address: Address, place: Place): Context {
  return { api, catalogue, address, place, ...spansOf(address, catalogue.workspace.today) };
}

/** The question that every number of a page starts from: its indicator, model and filters, and what is known. */
export function anyQuestion({ address }: Context, indicator: string, variant?: string): Question {
  const where = whereOf(address);
  const model = address.model && models[address.model];
  const { knownOn } = address;
  return {
    indicator,
    ...(variant === undefined ? {} : { variant }),
    ...(Object.keys(where).length > 0 ? { where } : {}),
    ...(model ? { model } : {}),
    ...(knownOn === undefined ? {} : { asOf: knownOn }),
  };
}

/** The question of a page's own numbers: by the definition, on the clock and with the window that its address says. */
export function baseQuestion(context: Context, indicator: string, variant?: string): Question {
  const { clock, window, path } = context.address;
  const definition = path === "/" ? undefined : context.address.definition;
  return {
    ...anyQuestion(context, indicator, variant),
    ...(definition === undefined ? {} : { definition }),
    ...(clock === undefined ? {} : { clock }),
    ...(window === undefined ? {} : { window }),
  };
}

/** The question of a page's headline: over its period, against its compared days. */
export function periodQuestion(context: Context, indicator: string, variant?: string): Question {
  const { period, compared } = context;
  const question = { ...baseQuestion(context, indicator, variant), from: period.from, to: period.to };
  return compared === undefined ? question : { ...question, compare: compared };
}

/** The dimension to split by: the address's own, or the first that is not filtered to one value already. */
export function splitOf({ by, where }: Address, variant: VariantEntry): string | undefined {
  if (by !== undefined && variant.by.includes(by)) return by;
  return variant.by.find((dimension) => where[dimension]?.not !== false) ?? variant.by[0];
}

/** The entry of an indicator in the catalogue. */
export const entryOf = (catalogue: Catalogue, id: string): IndicatorEntry | undefined =>
  catalogue.indicators.find((entry) => entry.id === id);

/** The seed's nine, in its order. */
export const nineOf = (catalogue: Catalogue): IndicatorEntry[] =>
  catalogue.indicators
    .filter((entry) => entry.nine !== null)
    .toSorted((one, other) => (one.nine ?? 0) - (other.nine ?? 0));

/** Whose goals a page compares with: the company's, or those of the one value that it is filtered to; else nobody's. */
export function scopeOf(where: Address["where"]): Pick<Goal, "scopeKind" | "scope"> | undefined {
  const [filter, ...more] = Object.entries(where);
  if (filter === undefined) return { scopeKind: "company", scope: null };
  const [dimension, { not, values }] = filter;
  const scopeKind = scopeKinds.find((kind) => kind === dimension);
  const [scope = null] = values;
  return more.length > 0 || not || values.length > 1 || scope === null || !scopeKind ? undefined : { scopeKind, scope };
}

const scopeKinds = ["team", "rep", "segment", "channel", "campaign", "product"] as const;

/** The goals of an indicator for one grain, in the scope of a page's filters, by the start of their period. */
export function goalsOf(
  goals: readonly Goal[],
  where: Address["where"],
  entry: IndicatorEntry,
  variant: string,
  grain: Goal["grain"],
): Map<string, number> {
  const scope = scopeOf(where);
  const isDefault = entry.variants[0]?.id === variant;
  const own = goals.filter(
    (goal) =>
      goal.indicator === entry.id &&
      goal.scopeKind === scope?.scopeKind &&
      goal.scope === scope.scope &&
      goal.grain === grain &&
      (goal.variant === variant || (goal.variant === null && isDefault)),
  );
  return new Map(own.map((goal) => [goal.periodStart.slice(0, 10), goal.target]));
}

/** The goal of a page's period, where the period is a whole month, quarter or year. */
export function goalOfPeriod(
  goals: readonly Goal[],
  context: Context,
  entry: IndicatorEntry,
  variant: string,
): number | null {
  const { period, address } = context;
  if (period.grain === "day" || startOf(period.grain, period.from) !== period.from) return null;
  return goalsOf(goals, address.where, entry, variant, period.grain).get(period.from) ?? null;
}

/** Every dimension that some indicator can be split by: the filters that addresses may have. */
export const dimensionsOf = (catalogue: Catalogue): string[] => [
  ...new Set(catalogue.indicators.flatMap((entry) => entry.variants.flatMap((variant) => variant.by))),
];
