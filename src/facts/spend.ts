import { day, integer, money, oneOf, required, table, text } from "../engine/table.ts";

export const costCategories = [
  "media",
  "agency",
  "content",
  "events",
  "tools",
  "salaries",
  "commissions",
  "research",
  "overhead",
  "product",
  "other",
] as const;
export type CostCategory = (typeof costCategories)[number];

/**
 * Money spent on a day, with what the ad platform says it brought. `day` is of the account's zone, named in `zone`.
 * Rows that agree on the whole key within one load add up; a source that is read again replaces its (account, day,
 * category), because a restated day may have fewer rows than before.
 */
export const spend = table("spend", {
  key: [
    "account",
    "day",
    "category",
    "channel",
    "source",
    "campaign",
    "ad",
    "product",
    "team",
    "currency",
    "amortise_months",
  ],
  columns: {
    day: required(day),
    category: required(oneOf(...costCategories)),
    amount: required(money),
    currency: required(text),
    account: text,
    zone: text,
    channel: text,
    source: text,
    campaign: text,
    campaign_name: text,
    ad: text,
    product: text,
    team: text,
    impressions: integer,
    clicks: integer,
    platform_leads: integer,
    platform_conversions: integer,
    platform_value: money,
    amortise_months: integer,
  },
  rules: [
    {
      holds: "amortise_months IS NULL OR amortise_months BETWEEN 1 AND 120",
      reason: "amortise_months must be between 1 and 120",
    },
  ],
  additive: ["amount", "impressions", "clicks", "platform_leads", "platform_conversions", "platform_value"],
  replacedBy: ["account", "day", "category"],
});
