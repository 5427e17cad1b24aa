import { z } from "zod";

/** How many of the pairs that no rule names are wanted. */
export const ChannelsRequest = z.strictObject({ limit: z.number().int().min(1).max(10_000).optional() });
export type ChannelsRequest = z.infer<typeof ChannelsRequest>;

/** The rules that give channels, in order, and what none of them names: pairs of source and medium, the most frequent first. */
export const ChannelReport = z.object({
  rules: z.array(z.object({ rule: z.string(), channel: z.string(), when: z.string() })),
  unmatched: z.array(
    z.object({
      fact: z.string(),
      rule: z.string(),
      source: z.string().nullable(),
      medium: z.string().nullable(),
      rows: z.number(),
    }),
  ),
});
export type ChannelReport = z.infer<typeof ChannelReport>;

/** An arrival to try: what a row of a touch, or of a lead, would state. */
export const ArrivalToTry = z.strictObject({
  kind: z.string().optional(),
  url: z.string().optional(),
  referrer: z.string().optional(),
  source: z.string().optional(),
  medium: z.string().optional(),
  campaign: z.string().optional(),
  click_id: z.string().optional(),
});
export type ArrivalToTry = z.infer<typeof ArrivalToTry>;

/** The channel of an arrival, the rule that decides and what was found; no channel where nothing is known of it. */
export const ChannelDecision = z.object({
  channel: z.string().nullable(),
  rule: z.string().nullable(),
  because: z.string().nullable(),
  found: z.record(z.string(), z.union([z.string(), z.boolean()])),
});
export type ChannelDecision = z.infer<typeof ChannelDecision>;
