import type { Forecaster } from "./forecaster.ts";
import { seasonally } from "./season.ts";
import { smooth } from "./smoothing.ts";

/** The slope of the straight line through a series by least squares. */
function slopeOf(values: readonly number[]): number {
  const n = values.length;
  const [middle, mean] = [(n - 1) / 2, values.reduce((sum, value) => sum + value, 0) / n];
  const products = values.reduce((sum, value, i) => sum + (i - middle) * (value - mean), 0);
  const squares = values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return squares === 0 ? 0 : products / squares;
}

function plainly(values: readonly number[], steps: number): number[] {
  const { level, alpha } = smooth(values);
  const half = slopeOf(values) / 2;
  const behind = (1 - (1 - alpha) ** values.length) / alpha;
  return Array.from({ length: steps }, (_, step) => level + half * (step + behind));
}

/**
 * The Theta method: a smoothed level of the series without its season, with half of the series' slope, and the season put
 * back (Assimakopoulos and Nikolopoulos 2000; as smoothing with drift, Hyndman and Billah 2003).
 */
export const theta = {
  id: "theta",
  needs: () => 3,
  forecast: (values, steps, season) => seasonally(values, season, (plain) => plainly(plain, steps)),
} as const satisfies Forecaster;
