import { z } from "zod";
import { Grain } from "./question.ts";

/** What a goal can be of; a dimension of its indicator unless it is the whole company. */
export const scopeKinds = ["company", "team", "rep", "segment", "channel", "campaign", "product"] as const;
export const ScopeKind = z.enum(scopeKinds, `expected one of ${scopeKinds.join(", ")}`);
export type ScopeKind = z.infer<typeof ScopeKind>;

/** A target for one period; `scope` is empty for the whole company. Shares are 0..1, money in `currency`. */
export const Goal = z.object({
  indicator: z.string(),
  variant: z.string().nullable(),
  scopeKind: ScopeKind,
  scope: z.string().nullable(),
  periodStart: z.string(),
  grain: Grain,
  target: z.number(),
  currency: z.string().nullable(),
});
export type Goal = z.infer<typeof Goal>;

/** One version of a goal: who set it and when, and between which instants it was believed. */
export const GoalVersion = Goal.extend({
  setBy: z.string().nullable(),
  setAt: z.string().nullable(),
  /** The source that stated it; `(goals)` where a person set it by hand. */
  source: z.string(),
  knownFrom: z.string(),
  /** Null while it is believed. */
  knownTo: z.string().nullable(),
  /** Who changed or removed it: a person where it was done by hand, else the source; null while it is believed. */
  endedBy: z.string().nullable(),
});
export type GoalVersion = z.infer<typeof GoalVersion>;

/** Whose history is wanted; everybody's where nothing is said. */
export const GoalHistoryRequest = z.strictObject({
  indicator: z.string().min(1).optional(),
  scopeKind: ScopeKind.optional(),
  scope: z.string().min(1).optional(),
});
export type GoalHistoryRequest = z.infer<typeof GoalHistoryRequest>;

/** Which goal is meant: the period is written as 2026, 2026-Q4, 2026-11, 2026-W47 or 2026-11-23. */
const named = {
  indicator: z.string().min(1),
  variant: z.string().min(1).optional(),
  scopeKind: ScopeKind.default("company"),
  scope: z.string().min(1).optional(),
  period: z.string(),
  /** Who does it. */
  by: z.string().trim().min(1, "say who does it"),
};

/** What a person says to set a goal by hand, or to remove one that was. */
export const GoalOrder = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("set"),
    ...named,
    target: z.number("expected a number"),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "expected a currency such as EUR")
      .optional(),
  }),
  z.strictObject({ do: z.literal("remove"), ...named }),
]);
export type GoalOrder = z.infer<typeof GoalOrder>;

/** What was done: the goal, and what stood there before. */
export const GoalOutcome = z.object({
  goal: Goal,
  before: z.object({ target: z.number(), setBy: z.string().nullable(), source: z.string() }).nullable(),
});
export type GoalOutcome = z.infer<typeof GoalOutcome>;
