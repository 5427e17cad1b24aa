import type { Passed } from "../../engine/working-days.ts";

/** What is aimed at, and how its value comes about. */
export interface Target {
  readonly target: number;
  readonly better: "higher" | "lower";
  /** Whether the value grows as its period goes on: sums and counts do, ratios and stocks do not. */
  readonly accumulates: boolean;
}

/** Where a value stands: at its target or beyond its limit, or on the way. */
export const verdicts = ["met", "on-pace", "behind", "missed"] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * What the target asks for by now, in the unit of the target: `target × working days passed ÷ working days of the period` of
 * what accumulates, all of it of what does not. Wrong where the business has a rhythm of its own: sales that close in the
 * last week of a quarter look behind for the rest of it, and what runs on weekends too is a little ahead after each.
 */
export const dueBy = ({ target, accumulates }: Target, { passed, days }: Passed): number =>
  accumulates && passed < days ? (target * passed) / days : target;

/**
 * How far the whole target is reached, 1 being all of it: `value ÷ target`, or `target ÷ value` where less is better, so that
 * half of a limit is 2. None for a target of zero or less, nor where less is better and there is nothing to divide by.
 */
export function attained(value: number, { target, better }: Target): number | null {
  if (target <= 0 || (better === "lower" && value <= 0)) return null;
  return better === "higher" ? value / target : target / value;
}

/**
 * What each working day that is left must bring, in the unit of the target per day: `(target − value) ÷ days left`, at least 0.
 * Where less is better it is what each may still bring. None of what does not accumulate, nor when no day is left.
 */
export function requiredPerDay(
  value: number,
  { target, accumulates }: Target,
  { passed, days }: Passed,
): number | null {
  if (!accumulates || passed >= days) return null;
  return Math.max(0, (target - value) / (days - passed));
}

/** Whether a value is good enough for a mark, which it meets by being equal. */
export const holds = (value: number, mark: number, better: Target["better"]): boolean =>
  better === "higher" ? value >= mark : value <= mark;

/** How a value stands against the target, in one word. `over` says that its period has ended. */
export function verdictOf(value: number, target: Target, passed: Passed, over: boolean): Verdict {
  const whole = holds(value, target.target, target.better);
  if (over) return whole ? "met" : "missed";
  if (target.accumulates && whole === (target.better === "higher")) return whole ? "met" : "missed";
  return holds(value, dueBy(target, passed), target.better) ? "on-pace" : "behind";
}
