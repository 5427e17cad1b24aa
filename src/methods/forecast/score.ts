/** A forecast by three quantiles, and what came. */
export interface Outcome {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  readonly actual: number;
}

/** How well forecasts did: shares of what came on average. */
export interface Score {
  readonly within: number;
  readonly error: number | null;
  readonly bias: number | null;
  readonly pinball: number | null;
}

/** Whether what came is in the band. */
export const isWithin = ({ low, high, actual }: Outcome): boolean => actual >= low && actual <= high;

/**
 * The pinball loss of a quantile: what came above it counts by its share, what came below it by the rest, so that on average
 * it is least for the true quantile (Koenker and Bassett 1978).
 */
const pinball = (share: number, told: number, actual: number): number =>
  actual >= told ? share * (actual - told) : (1 - share) * (told - actual);

/** How well forecasts did; shares are none where what came is nothing in sum. */
export function scoreOf(outcomes: readonly Outcome[]): Score {
  const mean = (of: (outcome: Outcome) => number) =>
    outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / outcomes.length;
  const usual = mean(({ actual }) => actual);
  const share = (value: number) => (usual > 0 ? value / usual : null);
  const loss = ({ low, mid, high, actual }: Outcome) =>
    (pinball(0.1, low, actual) + pinball(0.5, mid, actual) + pinball(0.9, high, actual)) / 3;
  return {
    within: outcomes.filter(isWithin).length,
    error: share(mean(({ mid, actual }) => Math.abs(mid - actual))),
    bias: share(mean(({ mid, actual }) => mid - actual)),
    pinball: share(mean(loss)),
  };
}
