import type { Tried } from "./back-test.ts";

/** How far below and above a forecast the value may come: a number of at most 0, and one of at least 0. */
export type Band = readonly [low: number, high: number];

/** The value at a rank between two of an ordered list, the ranks counted from 1. */
function ranked(sorted: readonly number[], rank: number): number {
  const below = Math.floor(rank);
  const [low, high] = [sorted[below - 1] ?? 0, sorted[below] ?? sorted[below - 1] ?? 0];
  return low + (rank - below) * (high - low);
}

/** How many past errors a band of a level needs: fewer have no value as far out as its ends. */
export const errorsNeeded = (level: number): number => Math.ceil(2 / (1 - level) - 1 - 1e-9);

/**
 * Between which past errors the next one falls with the probability `level`: of n errors the ranks (n + 1)(1 − level) ÷ 2 from
 * either end (split conformal prediction; Vovk, Gammerman and Shafer 2005). It holds where errors to come are like those of
 * the past; neighbouring origins share values, so that it holds on average over many series rather than in each.
 */
export function bandOf(errors: readonly number[], level: number): Band | undefined {
  if (errors.length < errorsNeeded(level)) return undefined;
  const sorted = errors.toSorted((a, b) => a - b);
  const rank = Math.round(((errors.length + 1) * (1 - level) * 1e9) / 2) / 1e9;
  return [Math.min(0, ranked(sorted, rank)), Math.max(0, ranked(sorted, errors.length + 1 - rank))];
}

/** The errors of all trials at one step and its neighbours. */
const errorsNear = ({ trials }: Tried, step: number): number[] =>
  trials.flatMap(({ errors }) => errors.slice(Math.max(0, step - 1), step + 2));

/**
 * The band of each step: of the errors that the method made so many steps ahead, or as far ahead as enough of them are known;
 * never narrower than that of the step before. None where there are too few at all.
 */
export function bandsOf(tried: Tried, steps: number, level: number): Band[] | undefined {
  const most = tried.trials.map(({ errors }) => errors.length).toSorted((a, b) => b - a)[errorsNeeded(level) - 1] ?? 0;
  if (most === 0) return undefined;
  let [low, high] = [0, 0];
  return Array.from({ length: steps }, (_, step) => {
    const own = bandOf(errorsNear(tried, Math.min(step, most - 1)), level) ?? [0, 0];
    [low, high] = [Math.min(low, own[0]), Math.max(high, own[1])];
    return [low, high];
  });
}
