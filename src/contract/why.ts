import { z } from "zod";
import { Row } from "./answer.ts";

const effects = {
  /** By more or fewer of what the value rests on. */
  volume: z.number(),
  /** By each segment's own value. */
  rate: z.number(),
  /** By a larger or smaller share of each segment. */
  mix: z.number(),
  /** The sum of the three. */
  total: z.number(),
};

/** What one segment adds to the difference, in the unit of the value. */
export const Contribution = z.object({
  key: z.string().nullable(),
  before: z.number().nullable(),
  after: z.number().nullable(),
  /** How many rows its value rests on, before and after. */
  n: z.tuple([z.number(), z.number()]),
  ...effects,
  /** Whether the segment's own change is more than noise; null where that cannot be told. */
  certain: z.boolean().nullable(),
});
export type Contribution = z.infer<typeof Contribution>;

/** Why a value differs between two periods or filters: parts that sum to the difference exactly, over one dimension. */
export const Why = z.object({
  by: z.string(),
  before: Row,
  after: Row,
  /** The three effects and the remainder. */
  difference: z.number(),
  ...effects,
  /** Whether the whole difference is more than noise; null where that cannot be told. */
  certain: z.boolean().nullable(),
  /**
   * What the segments do not add up to: the estimate of a whole is not the average of its segments' estimates, and a
   * customer of two products is one customer. Zero where the segments add up.
   */
  remainder: z.number(),
  contributions: z.array(Contribution),
});
export type Why = z.infer<typeof Why>;

/** A segment of any dimension whose change moved the value by more than noise. */
export const Mover = Contribution.extend({ by: z.string() });
export type Mover = z.infer<typeof Mover>;
