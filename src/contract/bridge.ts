import { z } from "zod";
import { Question } from "./question.ts";

const Side = z.object({
  question: Question,
  title: z.string(),
  /** The part whose rows are held against the other's. */
  part: z.string(),
  value: z.number(),
});

/** Which side counts, and the one reason why the other does not. */
export const BucketName = z.strictObject({
  side: z.enum(["left", "right", "both"]),
  /**
   * `same`, `amount` (both count it, with other amounts); `unlinked` (its row names no such thing), `unknown` (there is none
   * on the other side), `merged`, `disqualified`, `filter:<dimension>`, `not-reached`, `out-of-window`, `another-period`;
   * `no-rows` (a sum without rows of its own), `unmatched` (what a sum without rows is held against).
   */
  reason: z.string(),
});
export type BucketName = z.infer<typeof BucketName>;

/** What is in one bucket. */
export const Bucket = z.object({
  ...BucketName.shape,
  /** How many leads, deals, …: those of the bridge's `entity`. */
  rows: z.number(),
  left: z.number(),
  right: z.number(),
  /** Keys of some of the rows. */
  examples: z.array(z.string()),
});
export type Bucket = z.infer<typeof Bucket>;

/** How two numbers come apart: every row in exactly one bucket; what the buckets hold sums to each side exactly. */
export const Bridge = z.object({
  left: Side,
  right: Side,
  /** Left less right. */
  difference: z.number(),
  /** What the rows of both sides stand for: lead, deal, customer, … */
  entity: z.string(),
  buckets: z.array(Bucket),
  /** What is in the bucket that was asked for, in the order of its keys. */
  rows: z.array(z.object({ key: z.string(), left: z.number(), right: z.number() })),
});
export type Bridge = z.infer<typeof Bridge>;
