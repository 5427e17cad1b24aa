import { z } from "zod";
import { Decision } from "./decision.ts";
import { Edit } from "./rehearsal.ts";

/** Which lead's score is wanted. */
export const ScoreRequest = z.strictObject({ lead: z.string().min(1) });
export type ScoreRequest = z.infer<typeof ScoreRequest>;

/** A touch that counts at an instant: what it was, its points, its age in whole days and what it is still worth. */
export const ScoredTouch = z.object({
  touch: z.string(),
  at: z.string(),
  kind: z.string(),
  what: z.string().nullable(),
  /** The line of the rule, from 1. */
  line: z.number(),
  points: z.number(),
  days: z.number(),
  worth: z.number(),
});
export type ScoredTouch = z.infer<typeof ScoredTouch>;

/** The score of a lead at an instant, by the version of the rule in force then. */
export const Judgement = z.object({
  at: z.string(),
  definition: z.number(),
  threshold: z.number().nullable(),
  fit: z.array(z.object({ line: z.number(), where: z.string(), points: z.number() })),
  touches: z.array(ScoredTouch),
  score: z.number(),
});
export type Judgement = z.infer<typeof Judgement>;

/** Why a lead is an MQL, or is none. */
export const LeadScore = z.object({
  lead: z.string(),
  createdAt: z.string(),
  mqlAt: z.string().nullable(),
  /** `hand_raise`, `score` or `stage`; `inferred` where a later stage was reached first; null where it is no MQL. */
  reason: z.enum(["hand_raise", "score", "stage", "inferred"]).nullable(),
  /** The version of the rule that made it one. */
  definition: z.number().nullable(),
  /** The touch that did. */
  touch: z.string().nullable(),
  decision: Decision.nullable(),
  /** At the instant at which it became an MQL, where it did by the rule. */
  qualified: Judgement.nullable(),
  now: Judgement,
});
export type LeadScore = z.infer<typeof LeadScore>;

/** A proposed rule, or the present one; `effective` says from which day on it is in force, and always where left out. */
export const PreviewRequest = z.strictObject({
  text: z.string().max(50_000).optional(),
  effective: z.iso.date("expected a day such as 2026-11-23").optional(),
  from: z.iso.date("expected a day such as 2026-11-23").optional(),
  to: z.iso.date("expected a day such as 2026-11-23").optional(),
});
export type PreviewRequest = z.infer<typeof PreviewRequest>;

/** Leads that are MQLs of the range under one rule or both, and what sales made of them. */
export const PreviewGroup = z.object({
  leads: z.number(),
  accepted: z.number(),
  decided: z.number(),
  /** Accepted ÷ decided; null where nobody was decided on. */
  acceptance: z.number().nullable(),
  sqls: z.number(),
  /** Those that became SQLs ÷ leads; null without leads. */
  sqlRate: z.number().nullable(),
  examples: z.array(z.object({ lead: z.string(), at: z.string(), reason: z.string().nullable() })),
});
export type PreviewGroup = z.infer<typeof PreviewGroup>;

/** One line of the rule among those whom points make MQLs: how many earn by it, how much, and how many would not without it. */
export const PreviewLine = z.object({
  part: z.enum(["fit", "behaviour"]),
  line: z.number(),
  /** The line in English words; `asks` and `atMost` say the same to be told in another language. */
  says: z.string(),
  /** `kind`, `page` or a column of touch or lead, each with the values of which one must hold; empty for any touch. */
  asks: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
  /** How many touches earn at most; null without a limit, and for `fit`. */
  atMost: z.number().nullable(),
  leads: z.number(),
  points: z.number(),
  decisive: z.number(),
});
export type PreviewLine = z.infer<typeof PreviewLine>;

/** How many leads would be MQLs by a proposed rule, and when, beside the present one. */
export const ScorePreview = z.object({
  from: z.string(),
  to: z.string(),
  effective: z.string().nullable(),
  edits: z.array(Edit),
  months: z.array(z.object({ month: z.string(), before: z.number(), after: z.number() })),
  total: z.object({ before: z.number(), after: z.number() }),
  /** Of the leads that stay MQLs, how many become one earlier or later than now. */
  earlier: z.number(),
  later: z.number(),
  kept: PreviewGroup,
  gained: PreviewGroup,
  lost: PreviewGroup,
  /** How many of the proposed rule's MQLs each of its parts makes. */
  reasons: z.record(z.string(), z.number()),
  lines: z.array(PreviewLine),
});
export type ScorePreview = z.infer<typeof ScorePreview>;

/** The rule for MQLs: its text in the workspace, and the versions that are in force. */
export const MqlRuleText = z.object({
  file: z.string(),
  text: z.string().nullable(),
  versions: z.array(z.object({ version: z.number(), from: z.string().nullable(), to: z.string().nullable() })),
});
export type MqlRuleText = z.infer<typeof MqlRuleText>;
