import { meanAbsoluteError, type Tried } from "../forecast/back-test.ts";
import { bandsOf } from "../forecast/band.ts";
import { forecasters, type ForecasterId } from "../forecast/index.ts";
import { bandOfSum, pastErrors, type PastError } from "./choice.ts";
import { quantileOf } from "./draws.ts";
import { cameAfter, pathOf, type Income } from "./income.ts";
import type { Steps } from "./pipeline.ts";

/** A way to foretell income: from its own past, or from the deals that are open. */
export type MethodId = ForecasterId | "pipeline";

/** Three values that what comes will be below with a probability of 10, 50 and 90 %. */
export interface Triple {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

/** What is known of a company's, team's or person's income before it is foretold. */
export interface Known {
  readonly income: Income;
  readonly tried: readonly Tried<MethodId>[];
  /** What the open deals and all else are expected to bring in each step; nothing where that cannot be told. */
  readonly pipeline: Steps | undefined;
}

/** The present month and others after it: how many, and what had come in of the period that they end so far. */
export interface Span {
  readonly steps: number;
  readonly soFar: number;
  /** What may come of the whole period by the pipeline, in increasing order. */
  readonly futures: Float64Array | undefined;
}

/** A period foretold by the method that erred least where it foretold as much at once. */
export interface Projected extends Triple {
  readonly method: MethodId;
  readonly past: readonly PastError<MethodId>[];
}

const level = 0.8;

/** What the method says of each step from the present month on. */
function presentPath({ income, pipeline }: Known, method: MethodId, steps: number): Steps | undefined {
  if (method === "pipeline") return pipeline?.slice(0, steps);
  const forecaster = forecasters.find(({ id }) => id === method);
  return forecaster && pathOf(income, income.months.length, steps, forecaster);
}

/** What came in so many steps together at the least, but no more than nothing: only refunds take away what is there. */
function leastOf({ months, tails }: Income, steps: number): number {
  const sums = Array.from({ length: Math.max(0, months.length - steps + 1) }, (_, at) =>
    cameAfter({ months, tails }, at, steps).reduce((sum, value) => sum + value, 0),
  );
  return Math.min(0, ...sums);
}

/**
 * Foretells a period; nothing where the past is too short for any method, or for its band. Of what was drawn and of what the
 * method missed by in the past, the ends that are further out count.
 */
export function projected(known: Known, { steps, soFar, futures }: Span): Projected | undefined {
  const past = pastErrors(known.tried, steps);
  const method = past[0]?.id;
  const chosen = known.tried.find(({ id }) => id === method);
  const path = method && presentPath(known, method, steps);
  const band = chosen && bandOfSum(chosen, steps, level);
  if (method === undefined || path === undefined || band === undefined) return undefined;
  const floor = soFar + leastOf(known.income, steps);
  const above = (value: number) => Math.max(floor, value);
  const point = above(path.reduce((sum, value) => sum + value, soFar));
  const drawn = method === "pipeline" ? futures : undefined;
  const mid = drawn === undefined ? point : above(quantileOf(drawn, 0.5));
  return {
    method,
    past,
    low: above(Math.min(mid + band[0], drawn === undefined ? mid : quantileOf(drawn, 0.1))),
    mid,
    high: Math.max(mid + band[1], drawn === undefined ? mid : quantileOf(drawn, 0.9)),
  };
}

/** Each step from the present month on, by the method that erred least over all of them. */
export function fanOf(known: Known, steps: number): { method: MethodId; steps: readonly Triple[] } | undefined {
  const errors = known.tried.map((each) => ({ each, error: meanAbsoluteError(each) ?? Infinity }));
  const best = errors.reduce<(typeof errors)[number] | undefined>(
    (least, one) => (least === undefined || one.error < least.error ? one : least),
    undefined,
  )?.each;
  const path = best && presentPath(known, best.id, steps);
  const bands = best && bandsOf(best, steps, level);
  if (best === undefined || path === undefined || bands === undefined) return undefined;
  return {
    method: best.id,
    steps: path.map((mid, step) => ({ low: mid + (bands[step]?.[0] ?? 0), mid, high: mid + (bands[step]?.[1] ?? 0) })),
  };
}
