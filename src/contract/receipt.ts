import { z } from "zod";
import { Answer } from "./answer.ts";
import { Question } from "./question.ts";

/** What an answer was computed from and by, so that it can be computed again and held against itself. */
export const Receipt = z.strictObject({
  /** The version of this form. */
  receipt: z.literal(1),
  product: z.string(),
  createdAt: z.string(),
  /** The question as it was understood, as of the load that it rests on. */
  question: Question,
  /** The day on which it was asked: what was still to come then was not over. */
  today: z.string(),
  definition: z.strictObject({
    id: z.string(),
    variant: z.string(),
    version: z.number(),
    unit: z.string(),
    better: z.string(),
    formula: z.string(),
    /** What each part counts, in words. */
    parts: z.record(z.string(), z.string()),
    /** SHA-256 of all of the definition above. */
    digest: z.string(),
  }),
  /** The settings of the workspace that numbers can depend on. */
  settings: z.record(z.string(), z.unknown()),
  /** The filters in words. */
  filters: z.array(z.string()),
  sql: z.string(),
  answer: Answer.pick({ rows: true, total: true, comparison: true, ranking: true }),
  /** The rows of each fact that the answer rests on: how many, and a fingerprint of what they say in whatever order. */
  inputs: z.record(z.string(), z.strictObject({ rows: z.number(), fingerprint: z.string() })),
  /** SHA-256 of everything else, written canonically. */
  digest: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;

/** One thing that is not what it was. */
export const ReceiptDifference = z.object({
  where: z.string(),
  before: z.string(),
  now: z.string(),
  message: z.string(),
});
export type ReceiptDifference = z.infer<typeof ReceiptDifference>;

/** A receipt held against what its question gives now, as of the same instant. */
export const Verification = z.object({ equal: z.boolean(), differences: z.array(ReceiptDifference) });
export type Verification = z.infer<typeof Verification>;
