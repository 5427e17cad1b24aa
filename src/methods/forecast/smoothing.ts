/** A level that follows a series, how strongly it does, and how far it was off one step ahead. */
export interface Smoothed {
  readonly level: number;
  /** The weight of the last value, between 0 and 1. */
  readonly alpha: number;
  /** The sum of squared errors one step ahead. */
  readonly squares: number;
}

function follow(values: readonly number[], alpha: number, first: number): Smoothed {
  let level = first;
  let squares = 0;
  for (const value of values) {
    const error = value - level;
    squares += error * error;
    level += alpha * error;
  }
  return { level, alpha, squares };
}

/** The first level with the least squared errors at a weight: errors depend on it linearly, so that it has a closed form. */
function bestStart(values: readonly number[], alpha: number): number {
  let level = 0;
  let weight = 1;
  let [product, squares] = [0, 0];
  for (const value of values) {
    product += (value - level) * weight;
    squares += weight * weight;
    level += alpha * (value - level);
    weight *= 1 - alpha;
  }
  return squares === 0 ? (values[0] ?? 0) : product / squares;
}

const golden = (Math.sqrt(5) - 1) / 2;
const weights = Array.from({ length: 20 }, (_, i) => (i + 0.5) / 20);

/**
 * Simple exponential smoothing with the weight and the first level that leave the least squared errors one step ahead, the
 * weight to a few millionths. An empty series has level 0.
 */
export function smooth(values: readonly number[]): Smoothed {
  const at = (alpha: number) => follow(values, alpha, bestStart(values, alpha));
  const tried = weights.map(at);
  const { alpha: near } = tried.reduce((least, each) => (each.squares < least.squares ? each : least));
  let [low, high] = [Math.max(1e-4, near - 0.05), Math.min(1 - 1e-4, near + 0.05)];
  for (let i = 0; i < 20; i++) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (at(left).squares < at(right).squares) high = right;
    else low = left;
  }
  return at((low + high) / 2);
}
