import { z } from "zod";
import { Grain } from "./question.ts";

/** A check that every row lands exactly once: what was booked, what was found again, and whether they are equal. */
export const Verdict = z.object({
  /** What is checked: a book such as `spend` or `leads`, a derived table such as `credit`, or keys such as `unique-rep`. */
  check: z.string(),
  /** The dimensions that the total was split by. */
  dimension: z.string().nullable(),
  model: z.string().nullable(),
  grain: Grain.nullable(),
  /** Exact, as text; of a check that does not hold only what differs. */
  expected: z.string(),
  found: z.string(),
  holds: z.boolean(),
});
export type Verdict = z.infer<typeof Verdict>;

/** A check that does not hold: a number that rests on it is wrong. */
export const Violation = Verdict.omit({ holds: true }).extend({ message: z.string() });
export type Violation = z.infer<typeof Violation>;

/** Which checks are wanted: the usual ones, or `thorough`, by each dimension, model and grain alone. */
export const CheckRequest = z.strictObject({ thorough: z.boolean().optional() });
export type CheckRequest = z.infer<typeof CheckRequest>;

/** Every check of the facts as they stand after a load. */
export const CheckReport = z.object({
  /** The load after which they were made; 0 where nothing was ever loaded. */
  load: z.number(),
  checkedAt: z.string(),
  checks: z.array(Verdict),
  violations: z.array(Violation),
});
export type CheckReport = z.infer<typeof CheckReport>;
