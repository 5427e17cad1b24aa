import { z } from "zod";
import { stepDimensions } from "./steps.ts";

const StepName = z.enum(stepDimensions, `expected one of ${stepDimensions.join(", ")}`);

/** Which leads are looked at, and by what their steps are told; all dimensions where none is named. */
export const ReadinessRequest = z.strictObject({
  by: StepName.optional(),
  /** Leads created from this day on, and before `to`; the 12 months before `to` where left out. */
  from: z.iso.date("expected a day such as 2026-11-23").optional(),
  to: z.iso.date("expected a day such as 2026-11-23").optional(),
  /** Days within which a lead has to become an MQL. */
  window: z.number().int().min(1).max(3660).optional(),
  /** Days after the lead came in until which a step counts; 0 is what was done by then. */
  landmark: z.number().int().min(0).max(3660).optional(),
  interval: z.number().gt(0).lt(1).optional(),
});
export type ReadinessRequest = z.infer<typeof ReadinessRequest>;

const Side = z.object({ leads: z.number(), mqls: z.number() });

/** One step: those who did it and those who did not, and how much more often the first became MQLs. */
export const ReadinessStep = z.object({
  step: z.string(),
  did: Side,
  didNot: Side,
  /** Share of MQLs among those who did ÷ among those who did not; null where the second is zero. */
  lift: z.number().nullable(),
  interval: z.tuple([z.number(), z.number().nullable()]).nullable(),
  /** Whether it rests on fewer than 30 leads or 5 MQLs on either side. */
  small: z.boolean(),
});
export type ReadinessStep = z.infer<typeof ReadinessStep>;

/** The steps that led to MQLs in their order, how many MQLs took them, and the median days from the first to the MQL. */
export const ReadinessPath = z.object({ steps: z.array(z.string()), mqls: z.number(), days: z.number() });
export type ReadinessPath = z.infer<typeof ReadinessPath>;

/** How often one step followed another, or the MQL a step (`to` is null), and the median days between them. */
export const ReadinessGap = z.object({
  from: z.string(),
  to: z.string().nullable(),
  times: z.number(),
  days: z.number(),
});
export type ReadinessGap = z.infer<typeof ReadinessGap>;

/** Which steps go with becoming an MQL. */
export const Readiness = z.object({
  from: z.string(),
  to: z.string(),
  window: z.number(),
  landmark: z.number(),
  lookBack: z.number(),
  level: z.number(),
  /** Leads that were watched for all of the window and were no MQLs before the landmark. */
  eligible: Side,
  /** Leads too young to have been watched that long; they are left out. */
  immature: z.number(),
  /** Leads that were MQLs before the landmark; they are left out. */
  early: z.number(),
  steps: z.array(z.object({ by: StepName, steps: z.array(ReadinessStep) })),
  /** By what paths and gaps are told. */
  pathsBy: StepName,
  paths: z.array(ReadinessPath),
  gaps: z.array(ReadinessGap),
});
export type Readiness = z.infer<typeof Readiness>;
