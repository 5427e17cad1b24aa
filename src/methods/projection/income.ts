import { leastOrigins, mostOrigins, type Trial, type Tried } from "../forecast/back-test.ts";
import type { Forecaster } from "../forecast/forecaster.ts";
import { forecasters, type ForecasterId } from "../forecast/index.ts";
import type { Steps } from "./pipeline.ts";

/** What came in by whole months, and how much of each came after the day that stands in it where the present stands in its own. */
export interface Income {
  readonly months: Steps;
  readonly tails: Steps;
}

const season = 12;
const sum = (values: Steps): number => values.reduce((all, value) => all + value, 0);

/** The share of a month that comes after such a day, from the year before. */
function tailOf({ months, tails }: Income, at: number): number {
  const whole = sum(months.slice(Math.max(0, at - season), at));
  return whole > 0 ? sum(tails.slice(Math.max(0, at - season), at)) / whole : 0;
}

/** What a method says at a month of the rest of it, and of the months after it. */
export function pathOf(income: Income, at: number, steps: number, { forecast }: Forecaster): number[] {
  const told = forecast(income.months.slice(0, at), steps, season);
  return told.map((value, step) => (step === 0 ? value * tailOf(income, at) : value));
}

/** What really came in the rest of a month and in the months after it, as far as whole months go. */
export const cameAfter = ({ months, tails }: Income, at: number, steps: number): number[] =>
  months.slice(at, at + steps).map((value, step) => (step === 0 ? (tails[at] ?? 0) : value));

/** What is expected by another method at each month; nothing where it could not tell. */
export interface Other<Id extends string> {
  readonly id: Id;
  readonly paths: readonly (Steps | undefined)[];
}

/**
 * Holds the methods of series, and another one, against what came after each of the last months, from those months from which
 * all of them can tell. Methods that would leave too few of them are left out.
 */
export function triedOn<Id extends string>(
  income: Income,
  steps: number,
  other: Other<Id> | undefined,
): Tried<ForecasterId | Id>[] {
  const n = income.months.length;
  const able = forecasters.filter(({ needs }) => needs(season) + leastOrigins <= n);
  const first = Math.max(n - mostOrigins, ...able.map(({ needs }) => needs(season)));
  const begun = other?.paths.findIndex((path, at) => at >= first && path !== undefined) ?? -1;
  const from = begun >= 0 && begun + leastOrigins <= n ? begun : first;
  const trial = (at: number, path: Steps): Trial => ({
    errors: cameAfter(income, at, steps).map((value, step) => value - (path[step] ?? 0)),
  });
  const places = Array.from({ length: Math.max(0, n - from) }, (_, i) => from + i);
  const series = able.map((each) => ({
    id: each.id,
    trials: places.map((at) => trial(at, pathOf(income, at, Math.min(steps, n - at), each))),
  }));
  if (other === undefined || from !== begun) return series;
  return [...series, { id: other.id, trials: places.map((at) => trial(at, other.paths[at] ?? [])) }];
}
