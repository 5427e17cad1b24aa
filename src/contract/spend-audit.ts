import { z } from "zod";

const Day = z.iso.date("expected a day such as 2026-11-23");

/** The days that are looked at; all that has happened where left out. */
export const SpendAuditRequest = z.strictObject({
  from: Day.optional(),
  /** Exclusive. */
  to: Day.optional(),
});
export type SpendAuditRequest = z.infer<typeof SpendAuditRequest>;

const Campaign = z.object({
  /** The campaign's id; null for spend that names none. */
  campaign: z.string().nullable(),
  /** Its last name, where that is another. */
  name: z.string().nullable(),
  channel: z.string().nullable(),
});

/** Where spend and touches do not meet. Amounts are in the workspace's currency. */
export const SpendAudit = z.object({
  from: z.string(),
  to: z.string(),
  currency: z.string(),
  /** All spend of the days, what of it is of a channel, and what of that no touch and no lead matches. */
  spend: z.number(),
  ofChannels: z.number(),
  unmatchedSpend: z.number(),
  /** Spend whose campaign no touch and no lead of the days names. */
  unmatched: z.array(Campaign.extend({ amount: z.number() })),
  /** Campaigns of touches and leads that no spend names, on any day; `meant` are those that had the name, where it was several. */
  unpaid: z.array(
    z.object({
      campaign: z.string(),
      channel: z.string().nullable(),
      touches: z.number(),
      leads: z.number(),
      meant: z.array(z.string()),
    }),
  ),
  /** Campaigns with several names under one id, the names in the order of their first day. */
  renamed: z.array(
    z.object({
      campaign: z.string(),
      names: z.array(z.object({ name: z.string(), from: z.string(), to: z.string() })),
    }),
  ),
});
export type SpendAudit = z.infer<typeof SpendAudit>;
