import { z } from "zod";

/** Which rejected rows are wanted: of a source, of a fact, and a page of them. */
export const RejectedRequest = z.strictObject({
  source: z.string().optional(),
  fact: z.string().optional(),
  limit: z.number().int().min(1).max(100_000).optional(),
  offset: z.number().int().min(0).optional(),
});
export type RejectedRequest = z.infer<typeof RejectedRequest>;

/** A row (or an unreadable line, of the fact `(line)`) that broke a rule: why, what it said, and how often it was read. */
export const RejectedRow = z.object({
  source: z.string(),
  origin: z.string(),
  fact: z.string(),
  reason: z.string(),
  row: z.string().nullable(),
  times: z.number(),
});
export type RejectedRow = z.infer<typeof RejectedRow>;
