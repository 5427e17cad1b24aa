import type { Forecaster } from "./forecaster.ts";

/** What a method was off by, step by step, when it knew only what came before an origin: value less forecast. */
export interface Trial {
  readonly errors: readonly number[];
}

/** A method held against the past. */
export interface Tried<Id extends string = string> {
  readonly id: Id;
  readonly trials: readonly Trial[];
}

/** From how many origins at most a method is tried: two seasons of months. */
export const mostOrigins = 24;

/** From how many it must be tried before its error means anything. */
export const leastOrigins = 6;

/**
 * Tries methods on the end of a series: the origin moves on value by value, and from each the values up to the end are
 * foretold (Tashman 2000). All methods are tried from the same origins; those that would leave too few are not tried.
 */
export function backTest<const F extends Forecaster>(
  values: readonly number[],
  forecasters: readonly F[],
  steps: number,
  season: number,
): Tried<F["id"]>[] {
  const able = forecasters.filter(({ needs }) => needs(season) + leastOrigins <= values.length);
  const first = Math.max(values.length - mostOrigins, ...able.map(({ needs }) => needs(season)));
  const origins = Array.from({ length: Math.max(0, values.length - first) }, (_, i) => first + i);
  return able.map(({ id, forecast }) => ({
    id,
    trials: origins.map((origin) => {
      const ahead = values.slice(origin, origin + steps);
      const told = forecast(values.slice(0, origin), ahead.length, season);
      return { errors: ahead.map((value, step) => value - (told[step] ?? 0)) };
    }),
  }));
}

/** The mean absolute error over all origins and steps; none of a method that was not tried. */
export function meanAbsoluteError({ trials }: Tried): number | undefined {
  const errors = trials.flatMap((trial) => trial.errors);
  return errors.length === 0 ? undefined : errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
}

/** What each trial was off by in all of the first steps together; trials that the end of the series cuts short are left out. */
export const sumsOf = ({ trials }: Tried, steps: number): number[] =>
  trials
    .filter(({ errors }) => errors.length >= steps)
    .map(({ errors }) => errors.slice(0, steps).reduce((sum, error) => sum + error, 0));
