/** Every channel that Embudo gives by itself, in the order of the rules that give them. */
export const channels = [
  "cross_network",
  "paid_shopping",
  "paid_search",
  "paid_social",
  "video",
  "display",
  "paid_other",
  "organic_shopping",
  "organic_social",
  "organic_video",
  "ai_assistants",
  "organic_search",
  "email",
  "affiliates",
  "audio",
  "messaging",
  "push",
  "events",
  "partner",
  "outbound",
  "offline",
  "referral",
  "direct",
  "other",
] as const;
export type Channel = (typeof channels)[number];

/** What a source or a referring host is. `own` and `returning` hosts bring nobody new, `site` is any other known site. */
export const categories = [
  "search",
  "social",
  "video",
  "shopping",
  "ai",
  "display",
  "email",
  "affiliates",
  "audio",
  "messaging",
  "push",
  "direct",
  "own",
  "returning",
  "site",
  "spam",
] as const;
export type Category = (typeof categories)[number];

/** A known source: what it is, and the name under which rules know it. */
export interface Known {
  readonly category: Category;
  readonly name: string;
}
