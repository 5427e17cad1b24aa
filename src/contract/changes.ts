import { z } from "zod";
import { Row } from "./answer.ts";

/** Why the same number is another one when it is asked later. */
export const causes = [
  /** Happened since. */
  "new",
  /** Had happened before, and became known since. */
  "late",
  "restated",
  "refund",
  "merge",
  "deletion",
  "currency",
  "definition",
  /** The same rows, a surer estimate: a cohort that grew older. */
  "maturing",
] as const;

export const Change = z.object({
  cause: z.enum(causes),
  /** What it adds to the difference, in the unit of the value; null where the value before or after is none. */
  difference: z.number().nullable(),
  /** What it adds to each part. */
  parts: z.record(z.string(), z.number()),
  rows: z.number(),
  /** Keys of some of the rows. */
  examples: z.array(z.string()),
});
export type Change = z.infer<typeof Change>;

/** The difference of one number between two instants of knowledge, split by cause; the parts sum to it exactly. */
export const Changes = z.object({
  since: z.string(),
  until: z.string(),
  before: Row,
  after: Row,
  difference: z.number().nullable(),
  changes: z.array(Change),
});
export type Changes = z.infer<typeof Changes>;
