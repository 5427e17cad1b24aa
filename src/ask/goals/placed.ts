import type { Goal } from "../../contract/goal.ts";
import { addsUp } from "../../engine/measure.ts";
import { Problem } from "../../engine/problem.ts";
import { addPeriods, type Day } from "../../engine/time.ts";
import type { Indicator, Variant } from "../../indicators/definition.ts";
import { scoreboard } from "../../indicators/scoreboard.ts";
import { definitionFor } from "../definitions/definition.ts";
import type { Context } from "../draft.ts";
import { findVariant } from "../resolve.ts";

/** A goal with the indicator and variant that it is about. */
export interface Placed {
  readonly goal: Goal;
  readonly indicator: Indicator;
  readonly variant: Variant;
  /** The currency of a goal of money, spelt out; null for others. */
  readonly currency: string | null;
}

/** Whether the value grows as its period goes on: sums and counts do, ratios and stocks do not. */
export const accumulates = (variant: Variant): boolean =>
  variant.value.kind === "part" && Object.values(variant.parts).every(addsUp);

/** Whether the values of scopes add up to that of all of them: what accumulates, and money that is held. */
export function addsOverScopes(variant: Variant): boolean {
  const { value } = variant;
  if (value.kind !== "part") return false;
  const measure = variant.parts[value.part];
  return accumulates(variant) || (measure?.kind === "balance" && measure.function === "sum");
}

/** The day after a goal's period. */
export const endOf = (goal: Goal): Day => addPeriods(goal.grain, goal.periodStart, 1);

/** Finds what a goal is about, by the definition in force at the end of its period; refuses one of an indicator or variant that does not exist, or of the scoreboard itself. */
export function place(goal: Goal, context: Context): Placed {
  const asked = {
    indicator: goal.indicator,
    to: endOf(goal),
    ...(goal.variant === null ? {} : { variant: goal.variant }),
  };
  const { indicator } = definitionFor(asked, context);
  if (indicator.id === scoreboard.id)
    throw new Problem(
      "no-goal-of-goals",
      "the scoreboard counts the goals of other indicators and has none of its own",
      "set a goal for one of them",
    );
  const { variant } = findVariant(indicator, asked, context);
  const currency = variant.unit === "money" ? (goal.currency ?? context.settings.currency) : null;
  return { goal, indicator, variant, currency };
}

/** The goals that are about something, each with what it is about. */
export const placedOf = (goals: readonly Goal[], context: Context): Placed[] =>
  goals.flatMap((goal) => {
    try {
      return [place(goal, context)];
    } catch (error) {
      if (error instanceof Problem) return [];
      throw error;
    }
  });
