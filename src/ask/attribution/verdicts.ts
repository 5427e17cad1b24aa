import type { ComparedPair, Earned, Setting, SettingRange, Verdict } from "../../contract/attribution.ts";
import type { Span } from "../../methods/lift/caused.ts";

/** A value of the dimension with what it earned, and what it may have caused, under each setting. */
export interface Rated {
  readonly name: string;
  readonly costs: number;
  readonly results: readonly Earned[];
  readonly chosen: Earned;
  readonly spans: readonly Span[];
}

type Value = number | null;

const valuesOf = (results: readonly Earned[]): Value[] => results.map(({ value }) => value);

/** On which side of another a value lies; what differs by less than shares are counted in is the same. */
const sideOf = (value: number, other: number): number => Math.sign(Math.round((value - other) * 1e9));

const isSame = (sides: readonly Value[]): boolean => new Set(sides).size === 1;

const ids = (settings: readonly Setting[], keep: (at: number) => boolean): string[] =>
  settings.filter((_, at) => keep(at)).map(({ id }) => id);

/** The least and the greatest value, and the settings that give them; null where some setting gives none. */
export function rangeOf(results: readonly Earned[], settings: readonly Setting[]): SettingRange | null {
  const values = valuesOf(results).filter((value) => value !== null);
  if (values.length < results.length || values.length === 0) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return {
    low,
    high,
    lowest: ids(settings, (at) => values[at] === low),
    highest: ids(settings, (at) => values[at] === high),
  };
}

/** What is enough under a setting: the value, and how much of the outcome a unit of cost must bring for it. */
export interface Enough {
  readonly value: Value;
  readonly perCost: number;
}

/**
 * Contested where the value lies on different sides of what is enough under different settings, which come in their order.
 * Robust where all that the value may have caused lies on the same side, too. Null where no value can be told.
 */
export function verdictOf({ results, costs, spans }: Omit<Rated, "name">, enough: readonly Enough[]): Verdict | null {
  const values = valuesOf(results);
  if (values.every((value) => value === null)) return null;
  const sides = values.map((value, at) => {
    const limit = enough[at]?.value ?? null;
    return value === null || limit === null ? null : sideOf(value, limit);
  });
  if (!isSame(sides)) return "contested";
  const needed = enough.map(({ perCost }) => costs * perCost);
  const beyond = (holds: (span: Span, need: number) => boolean): boolean =>
    spans.every((span, at) => holds(span, needed[at] ?? Number.NaN));
  return beyond(([least], need) => least > need) || beyond(([, most], need) => most < need) ? "robust" : "unproven";
}

/** Who is better under each setting: 1 the first, −1 the other, 0 neither, null where that cannot be told. */
const ordersOf = (one: Rated, other: Rated, sign: 1 | -1): Value[] =>
  one.results.map(({ value }, at) => {
    const theirs = other.results[at]?.value ?? null;
    return value === null || theirs === null ? null : sideOf(value, theirs) * sign;
  });

function pairOf(one: Rated, other: Rated, settings: readonly Setting[], better: "higher" | "lower"): ComparedPair[] {
  if (one.chosen.value === null || other.chosen.value === null) return [];
  const sign = better === "higher" ? 1 : -1;
  const order = sideOf(one.chosen.value, other.chosen.value) * sign;
  const orders = ordersOf(one, other, sign);
  const [first, second] = order < 0 ? [other, one] : [one, other];
  const beyond = first.spans.every(([least], at) => {
    const [, most] = second.spans[at] ?? [0, Number.NaN];
    return least / first.costs > most / second.costs;
  });
  return [
    {
      better: first.name,
      worse: second.name,
      verdict: isSame(orders) ? (beyond ? "robust" : "unproven") : "contested",
      otherwise: ids(settings, (at) => orders[at] !== order),
    },
  ];
}

/** Every pair of values that have one under the chosen setting. */
export const pairsOf = (
  rows: readonly Rated[],
  settings: readonly Setting[],
  better: "higher" | "lower",
): ComparedPair[] =>
  rows.flatMap((one, at) => rows.slice(at + 1).flatMap((other) => pairOf(one, other, settings, better)));
