import { dampedTrend, onward } from "./damped-trend.ts";
import type { Forecaster } from "./forecaster.ts";
import { seasonally } from "./season.ts";
import { smooth } from "./smoothing.ts";

/** Akaike's criterion for small samples, of errors that are normal: what fits at the cost of fewer parameters is less. */
function criterion(squares: number, parameters: number, n: number): number {
  const fit = n * Math.log(Math.max(squares, Number.MIN_VALUE) / n);
  return fit + 2 * parameters + (2 * parameters * (parameters + 1)) / (n - parameters - 1);
}

function plainly(values: readonly number[], steps: number): number[] {
  const [flat, damped] = [smooth(values), dampedTrend(values)];
  const isFlat = criterion(flat.squares, 3, values.length) <= criterion(damped.squares, 6, values.length);
  return isFlat ? Array.from({ length: steps }, () => flat.level) : onward(damped, steps);
}

/**
 * Exponential smoothing of the series without its season: a level, or a level with a damped trend where Akaike's criterion
 * prefers it (Hyndman, Koehler, Ord and Snyder, Forecasting with Exponential Smoothing, 2008, of which this is a small set).
 */
export const exponentialSmoothing = {
  id: "exponential-smoothing",
  needs: () => 8,
  forecast: (values, steps, season) => seasonally(values, season, (plain) => plainly(plain, steps)),
} as const satisfies Forecaster;
