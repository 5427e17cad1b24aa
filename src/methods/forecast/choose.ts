import { backTest, meanAbsoluteError, type Tried } from "./back-test.ts";
import { bandsOf, type Band } from "./band.ts";
import { forecasters, type ForecasterId } from "./index.ts";

/** A method with its past error, in the unit of the series. */
export interface Past<Id extends string = string> {
  readonly id: Id;
  readonly error: number;
}

/** The methods by their past error, the best first; of equals the one that comes first, which is the plainer. */
export const byError = <Id extends string>(tried: readonly Tried<Id>[]): Past<Id>[] =>
  tried
    .flatMap((each) => {
      const error = meanAbsoluteError(each);
      return error === undefined ? [] : [{ id: each.id, error }];
    })
    .toSorted((a, b) => a.error - b.error);

/** A series foretold by the method that erred least on its past. */
export interface Foretold {
  readonly method: ForecasterId;
  readonly values: readonly number[];
  /** How far each may be missed; none where too little is known of the method's errors. */
  readonly bands: readonly Band[] | undefined;
  readonly past: readonly Past<ForecasterId>[];
}

/**
 * Foretells a series by the method with the least mean absolute error in a rolling-origin back-test: what is clever must have
 * beaten the naive ones on this very series. Nothing where the series is too short to try any of them.
 */
export function foretell(
  values: readonly number[],
  steps: number,
  { season, level }: { readonly season: number; readonly level: number },
): Foretold | undefined {
  const tried = backTest(values, forecasters, steps, season);
  const past = byError(tried);
  const chosen = tried.find(({ id }) => id === past[0]?.id);
  const forecaster = forecasters.find(({ id }) => id === chosen?.id);
  if (chosen === undefined || forecaster === undefined) return undefined;
  const bands = bandsOf(chosen, steps, level);
  return { method: forecaster.id, values: forecaster.forecast(values, steps, season), bands, past };
}
