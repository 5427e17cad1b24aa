import { leastOrigins, sumsOf, type Tried } from "../forecast/back-test.ts";
import { bandOf, errorsNeeded, type Band } from "../forecast/band.ts";

/** How far a method was off in the past where it foretold as much at once. */
export interface PastError<Id extends string = string> {
  readonly id: Id;
  /** The mean absolute error of the sum of the steps. */
  readonly error: number;
  /** How many past forecasts that rests on, and how many steps they foretold: fewer than asked where the past is short. */
  readonly trials: number;
  readonly steps: number;
}

/** The longest sums, up to so many steps, of which at least so many trials are known. */
function longest(tried: Tried, steps: number, least: number): number {
  for (let length = steps; length > 0; length--) if (sumsOf(tried, length).length >= least) return length;
  return 0;
}

/** The methods by their error over so many steps together, the best first; of equals the plainer one. */
export function pastErrors<Id extends string>(tried: readonly Tried<Id>[], steps: number): PastError<Id>[] {
  return tried
    .flatMap((each) => {
      const length = longest(each, steps, leastOrigins);
      const sums = sumsOf(each, length);
      if (length === 0) return [];
      return [
        {
          id: each.id,
          error: sums.reduce((all, one) => all + Math.abs(one), 0) / sums.length,
          trials: sums.length,
          steps: length,
        },
      ];
    })
    .toSorted((a, b) => a.error - b.error);
}

/**
 * How far below and above the sum of so many steps may come, by the method's past errors of such sums. Where too few sums of
 * that length are known, those of the longest known length are stretched in proportion, as if one error went on.
 */
export function bandOfSum(tried: Tried, steps: number, level: number): Band | undefined {
  const length = longest(tried, steps, errorsNeeded(level));
  const band = length === 0 ? undefined : bandOf(sumsOf(tried, length), level);
  return band && [(band[0] * steps) / length, (band[1] * steps) / length];
}
