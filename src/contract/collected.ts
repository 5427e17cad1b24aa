import { z } from "zod";

/** Of which site and days the events are wanted; of all where left out. */
export const CollectedRequest = z.strictObject({
  site: z.string().optional(),
  from: z.iso.date().optional(),
  /** The day after the last. */
  to: z.iso.date().optional(),
});
export type CollectedRequest = z.infer<typeof CollectedRequest>;

/** Events of one type that came to a site on a day; `outcome` is `counted`, or why they are no facts. */
export const CollectedRow = z.object({
  site: z.string(),
  day: z.string(),
  type: z.string(),
  outcome: z.string(),
  events: z.number(),
});
export type CollectedRow = z.infer<typeof CollectedRow>;
