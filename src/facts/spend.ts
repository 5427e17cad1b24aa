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

/** Money spent on a day, with what the ad platform says it brought. `day` is of the account's zone, named in `zone`. */
export const spend = table("spend", {
  key: ["account", "day", "category", "channel", "campaign", "ad"],
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
});
