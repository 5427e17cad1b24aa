import { studentQuantile } from "./student-quantile.ts";

/** What was counted in one block of days: where the advertising was changed, and where it was not. */
export interface Block {
  readonly treated: number;
  /** 1 in every block where there is no control, so that only time is compared. */
  readonly control: number;
}

/** What the change brought over all blocks of the test. */
export interface Lift {
  /** Counted where the advertising was changed. */
  readonly observed: number;
  /** What would have been counted there without the change. */
  readonly expected: number;
  readonly incremental: number;
  /** Within which the true difference lies, at the level asked for. */
  readonly interval: readonly [number, number];
}

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const squares = (values: readonly number[]): number => sum(values.map((each) => each * each));

/**
 * Differences in differences, in proportion: the control, times what the treated were of it before (k = T̄ ÷ C̄ before the test),
 * is what they would have been, and d = T − kC in the test is the effect. With m blocks before and n in the test,
 * SE(d̄) = s √(1/n + q²/m) with q = C̄ in the test ÷ C̄ before and s² the pooled variance around k before and around d̄ in the
 * test; Student's t with m + n − 2 degrees of freedom.
 *
 * Angrist and Pischke (2009), "Mostly Harmless Econometrics", 5.2; Kerman, Wang and Vaver (2017), "Estimating ad effectiveness
 * using geo experiments in a time-based regression framework". It takes treated and control to have moved in proportion but for the change,
 * and blocks to vary independently and alike: blocks of whole weeks keep weekdays out of it. It is wrong where something else
 * changed on one side, and too sure where one week carries over into the next.
 *
 * @returns undefined with fewer than two blocks on either side, or where the control was nothing before
 */
export function holdoutLift(before: readonly Block[], test: readonly Block[], level: number): Lift | undefined {
  const [m, n] = [before.length, test.length];
  const controlBefore = mean(before.map((each) => each.control));
  if (m < 2 || n < 2 || !(controlBefore > 0)) return undefined;
  const k = mean(before.map((each) => each.treated)) / controlBefore;
  const apart = ({ treated, control }: Block) => treated - k * control;
  const differences = test.map(apart);
  const effect = mean(differences);
  const freedom = m + n - 2;
  const variance = (squares(before.map(apart)) + squares(differences.map((each) => each - effect))) / freedom;
  const q = mean(test.map((each) => each.control)) / controlBefore;
  const error = Math.sqrt(variance * (1 / n + (q * q) / m)) * studentQuantile((1 + level) / 2, freedom);
  const observed = sum(test.map((each) => each.treated));
  return {
    observed,
    expected: observed - n * effect,
    incremental: n * effect,
    interval: [n * (effect - error), n * (effect + error)],
  };
}
