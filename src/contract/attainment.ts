import { z } from "zod";
import { Unit } from "./answer.ts";
import { Goal, scopeKinds } from "./goal.ts";
import { Instant } from "./instant.ts";
import { ProblemBody } from "./problem.ts";

const day = z.iso.date("expected a day such as 2026-11-23");

/** Where a value stands: `met` or `missed`, or, while the period runs, `on-pace` or `behind`. */
export const Verdict = z.enum(["met", "on-pace", "behind", "missed"]);
export type Verdict = z.infer<typeof Verdict>;

/** The goals below another: what they sum to, and what of the larger one none of them covers (negative: more than it). */
export const RollUp = z.object({
  /** What they are goals of: a kind of scope, or a shorter grain of the same scope. */
  by: z.string(),
  children: z.number(),
  /** Null where targets do not add up: of ratios, or in several currencies. */
  target: z.number().nullable(),
  gap: z.number().nullable(),
});
export type RollUp = z.infer<typeof RollUp>;

/** One goal held against what happened. Days are working days. */
export const Attainment = z.object({
  goal: Goal,
  /** The variant that the goal is about, spelt out; null where the indicator does not exist. */
  variant: z.string().nullable(),
  unit: Unit.nullable(),
  better: z.enum(["higher", "lower"]),
  currency: z.string().nullable(),
  /** The day after the goal's period. */
  to: z.string(),
  value: z.number().nullable(),
  /** How far the whole goal is reached: 1 is all of it; goal ÷ value where less is better. */
  attainment: z.number().nullable(),
  /** What the goal asks for by now. */
  due: z.number(),
  passed: z.number(),
  days: z.number(),
  /** What each working day that is left must bring to reach it; where less is better, may bring. */
  required: z.number().nullable(),
  /** Whether the value holds against what is due by now: what the scoreboard counts. */
  met: z.boolean().nullable(),
  verdict: Verdict.nullable(),
  /** Of reaching it, where that was asked for: of revenue, in the month, quarter or year that runs; null of all others. */
  probability: z.number().nullable(),
  rollUps: z.array(RollUp),
  /** Why there is no value to hold, where the question for it was refused. */
  problem: ProblemBody.nullable(),
});
export type Attainment = z.infer<typeof Attainment>;

/** Which goals: those whose period starts in the range (this month unless said), of one scope or indicator or of all. */
export const AttainmentRequest = z.strictObject({
  from: day.optional(),
  to: day.optional(),
  scopeKind: z.enum(scopeKinds, `expected one of ${scopeKinds.join(", ")}`).optional(),
  scope: z.string().min(1).optional(),
  indicator: z.string().min(1).optional(),
  asOf: Instant.optional(),
  /** Whether the probability of reaching goals of revenue is wanted too, for which revenue is foretold. */
  probability: z.boolean().optional(),
});
export type AttainmentRequest = z.infer<typeof AttainmentRequest>;
