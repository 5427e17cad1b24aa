import { z } from "zod";
import { Question } from "./question.ts";

const Side = z.object({
  question: Question,
  title: z.string(),
  /** The part whose rows are held against the other's. */
  part: z.string(),
  value: z.number(),
});

/** Rows of one bucket: which side counts them, and the one reason why the other does not. */
export const Bucket = z.object({
  side: z.enum(["left", "right", "both"]),
  /** `same`, `another-period`, `merged`, `disqualified`, `not-reached`, `out-of-window`, `filter:<dimension>`, `unknown`, … */
  reason: z.string(),
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
  entity: z.string(),
  buckets: z.array(Bucket),
});
export type Bridge = z.infer<typeof Bridge>;
