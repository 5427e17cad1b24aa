/** Cases that are alike in everything that is adjusted for: how many, by weight, and how many of them succeeded. */
export interface MixCell {
  /** The level of each factor, such as its source and its size. */
  readonly levels: readonly string[];
  readonly weight: number;
  readonly successes: number;
}

const steps = 1000;
const precise = 1e-10;

/** The rates at which cases of all levels succeed, as a base and the effect of each level on it. */
interface Rates {
  readonly base: number;
  readonly effects: readonly ReadonlyMap<string, number>[];
}

const rateOf = ({ base, effects }: Rates, levels: readonly string[], but = -1): number =>
  levels.reduce((rate, level, i) => (i === but ? rate : rate * (effects[i]?.get(level) ?? 1)), base);

/** The effects of one factor that make what is expected of each of its levels what was seen there. */
function balanced(cells: readonly MixCell[], rates: Rates, factor: number): Map<string, number> {
  const sums = new Map<string, [seen: number, expected: number]>();
  for (const { levels, weight, successes } of cells) {
    const level = levels[factor] ?? "";
    const [seen, expected] = sums.get(level) ?? [0, 0];
    sums.set(level, [seen + successes, expected + weight * rateOf(rates, levels, factor)]);
  }
  return new Map([...sums].map(([level, [seen, expected]]) => [level, expected > 0 ? seen / expected : 1]));
}

/** Cells of the same levels as one. */
function together(cells: readonly MixCell[]): MixCell[] {
  const sums = new Map<string, MixCell>();
  for (const cell of cells) {
    const key = JSON.stringify(cell.levels);
    const { weight = 0, successes = 0 } = sums.get(key) ?? {};
    sums.set(key, { ...cell, weight: weight + cell.weight, successes: successes + cell.successes });
  }
  return [...sums.values()];
}

const change = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number =>
  Math.max(0, ...[...one].map(([level, effect]) => Math.abs(effect - (other.get(level) ?? 1))));

/**
 * The rate at which a case of some levels is expected to succeed: a base times an effect of each level, so that over all cells
 * of any level of any factor as many are expected as there were (the method of marginal totals).
 *
 * Bailey (1963), Proceedings of the Casualty Actuarial Society 50; the same as the maximum likelihood of a log-linear Poisson
 * model. It takes effects to multiply: where a source is good for large deals only, that is averaged out. A product of several
 * high effects may pass 1. A level that only one person ever has takes that person's skill for its own.
 */
export function usualRates(given: readonly MixCell[]): (levels: readonly string[]) => number {
  const cells = together(given);
  const weight = cells.reduce((sum, each) => sum + each.weight, 0);
  const base = weight > 0 ? cells.reduce((sum, { successes }) => sum + successes, 0) / weight : 0;
  let rates: Rates = { base, effects: (cells[0]?.levels ?? []).map(() => new Map()) };
  for (let step = 0; step < steps; step++) {
    let moved = 0;
    for (let factor = 0; factor < rates.effects.length; factor++) {
      const next = balanced(cells, rates, factor);
      moved = Math.max(moved, change(next, rates.effects[factor] ?? new Map()));
      rates = { base, effects: rates.effects.map((each, i) => (i === factor ? next : each)) };
    }
    if (moved < precise) break;
  }
  return (levels) => rateOf(rates, levels);
}

/** Levels that weigh less than this are told as one, so that a handful of cases makes no rate of its own. */
const lightest = 30;
const others = "(others)";

/** The same cells with the light levels of each factor put together; a factor with one level left says nothing. */
export function gatheredLevels(cells: readonly MixCell[]): MixCell[] {
  const factors = cells[0]?.levels.length ?? 0;
  const heavy = Array.from({ length: factors }, (_, factor) => {
    const weights = new Map<string, number>();
    for (const { levels, weight } of cells)
      weights.set(levels[factor] ?? "", (weights.get(levels[factor] ?? "") ?? 0) + weight);
    return new Set([...weights].filter(([, weight]) => weight >= lightest).map(([level]) => level));
  });
  return cells.map((cell) => ({
    ...cell,
    levels: cell.levels.map((level, factor) => (heavy[factor]?.has(level) ? level : others)),
  }));
}
