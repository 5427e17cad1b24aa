import type { ComparedPair, Earned, Setting, SettingRange, Verdict } from "../../contract/attribution.ts";

/** A value of the dimension with what it earned under each setting. */
export interface Rated {
  readonly name: string;
  readonly results: readonly Earned[];
  readonly chosen: Earned;
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

/**
 * Robust where the value lies on the same side of what is enough under every setting; `enough` is in their order, and null
 * where there is none. Null where no value can be told.
 */
export function verdictOf(results: readonly Earned[], enough: readonly Value[]): Verdict | null {
  const values = valuesOf(results);
  if (values.every((value) => value === null)) return null;
  const sides = values.map((value, at) => {
    const limit = enough[at] ?? null;
    return value === null || limit === null ? null : sideOf(value, limit);
  });
  return isSame(sides) ? "robust" : "contested";
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
  return [
    {
      better: first.name,
      worse: second.name,
      verdict: isSame(orders) ? "robust" : "contested",
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
