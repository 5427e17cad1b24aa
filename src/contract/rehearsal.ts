import { z } from "zod";
import { Row, Unit } from "./answer.ts";
import { Goal } from "./goal.ts";
import { ProblemBody } from "./problem.ts";

/** A proposed file of the workspace: one of `indicators/`, or `embudo.yaml`. */
export const Proposed = z.strictObject({
  file: z.string().min(1).max(200),
  text: z.string().max(1_000_000),
  /** From which day of the data it is to be in force; as the file says, or today, where left out. */
  effective: z.iso.date("expected a day such as 2026-11-23").optional(),
});
export type Proposed = z.infer<typeof Proposed>;

/** A proposed file, and who publishes it. */
export const PublishOrder = Proposed.extend({ by: z.string().min(1).max(200).optional() });
export type PublishOrder = z.infer<typeof PublishOrder>;

/** One place at which two versions of a file say something else, as text; null where one says nothing. */
export const Edit = z.object({ path: z.string(), before: z.string().nullable(), after: z.string().nullable() });
export type Edit = z.infer<typeof Edit>;

/** The version that a file becomes, or has become. */
export const ProposedVersion = z.object({
  file: z.string(),
  /** The indicator's id, or `(company)` for the settings. */
  id: z.string(),
  version: z.number(),
  effective: z.string().nullable(),
  owner: z.string().nullable(),
  /** Whether it differs from the version before; without that, nothing is recorded. */
  changed: z.boolean(),
  edits: z.array(Edit),
});
export type ProposedVersion = z.infer<typeof ProposedVersion>;

/** One number before and after; a period of null is the total. */
export const Beside = z.object({
  period: z.string().nullable(),
  before: Row.nullable(),
  after: Row.nullable(),
  difference: z.number().nullable(),
});
export type Beside = z.infer<typeof Beside>;

/** One variant of an indicator by month and in all, before and after. */
export const RehearsedVariant = z.object({
  indicator: z.string(),
  variant: z.string(),
  title: z.string(),
  unit: Unit,
  better: z.enum(["higher", "lower"]),
  currency: z.string().nullable(),
  /** Whether any of its numbers differs. */
  changed: z.boolean(),
  months: z.array(Beside),
  total: Beside,
  /** Why one of the sides has no numbers. */
  problem: ProblemBody.nullable(),
});
export type RehearsedVariant = z.infer<typeof RehearsedVariant>;

const Standing = z.object({ value: z.number().nullable(), due: z.number(), met: z.boolean().nullable() });

/** One goal held against the number before and after. */
export const RehearsedGoal = z.object({
  goal: Goal,
  before: Standing.nullable(),
  after: Standing.nullable(),
  changed: z.boolean(),
});
export type RehearsedGoal = z.infer<typeof RehearsedGoal>;

/** What a proposed file would change, before it is published; nothing of it is kept. */
export const Rehearsal = z.object({
  version: ProposedVersion,
  from: z.string(),
  to: z.string(),
  /** Every variant of the indicator; of settings, those whose numbers differ. */
  variants: z.array(RehearsedVariant),
  goals: z.array(RehearsedGoal),
  /** The share of the company's goals that are met, by month and in all. */
  scoreboard: z.object({ months: z.array(Beside), total: Beside }),
});
export type Rehearsal = z.infer<typeof Rehearsal>;
