import { z } from "zod";

const Key = z.record(z.string(), z.string().nullable());

/** Whether one row is better than another, and how sure that is: the probability that the left one truly is the better. */
export const Difference = z.object({
  left: Key,
  right: Key,
  /** Left less right, in the answer's unit. */
  difference: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  probability: z.number(),
  /** Whether the difference is more than noise at the question's level. */
  certain: z.boolean(),
});
export type Difference = z.infer<typeof Difference>;

/** The rows of an answer in order, the better first, each with the probability that it is the best of them. */
export const Ranking = z.object({
  rows: z.array(
    z.object({
      key: Key,
      /** The value as it is ranked: shares of few rows are drawn towards what all have in common. */
      value: z.number(),
      interval: z.tuple([z.number(), z.number()]),
      /** The probability that it truly is the best of them. */
      best: z.number(),
    }),
  ),
  /** Every pair of the rows, or neighbours alone where there are many. */
  differences: z.array(Difference),
  /** Rows that take no part, with the reason: `no-value`, `no-interval`, `immature` or `too-many`. */
  left: z.array(z.object({ key: Key, reason: z.string() })),
});
export type Ranking = z.infer<typeof Ranking>;
