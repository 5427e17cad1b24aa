/** A level with a trend that dies away, and how far both were off one step ahead. */
export interface Damped {
  readonly level: number;
  readonly trend: number;
  /** How much of the trend each step keeps. */
  readonly kept: number;
  /** The sum of squared errors one step ahead. */
  readonly squares: number;
}

interface Weights {
  readonly alpha: number;
  readonly beta: number;
  readonly kept: number;
}

const grid: readonly Weights[] = [0.8, 0.9, 0.98].flatMap((kept) =>
  [0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 0.95].flatMap((alpha) =>
    [0.05, 0.1, 0.2, 0.4].map((ofAlpha) => ({ alpha, beta: alpha * ofAlpha, kept })),
  ),
);

/** The slope over the first quarter of the series. */
function firstTrend(values: readonly number[]): number {
  const steps = Math.max(1, Math.floor(values.length / 4));
  return ((values[steps] ?? 0) - (values[0] ?? 0)) / steps;
}

function follow(values: readonly number[], { alpha, beta, kept }: Weights): Damped {
  let level = values[0] ?? 0;
  let trend = firstTrend(values);
  let squares = 0;
  for (let i = 1; i < values.length; i++) {
    const expected = level + kept * trend;
    const error = (values[i] ?? 0) - expected;
    squares += error * error;
    level = expected + alpha * error;
    trend = kept * trend + beta * error;
  }
  return { level, trend, kept, squares };
}

/**
 * Holt's two-parameter smoothing with a damped trend (Gardner and McKenzie 1985), its weights chosen from a grid by the least
 * squared errors one step ahead. Needs two values.
 */
export function dampedTrend(values: readonly number[]): Damped {
  return grid
    .map((weights) => follow(values, weights))
    .reduce((least, each) => (each.squares < least.squares ? each : least));
}

/** The next values of a level with a damped trend: each step adds what is left of the trend. */
export function onward({ level, trend, kept }: Damped, steps: number): number[] {
  let value = level;
  return Array.from({ length: steps }, (_, step) => (value += trend * kept ** (step + 1)));
}
