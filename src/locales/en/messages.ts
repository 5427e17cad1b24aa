import type * as spanish from "../es/messages.ts";

/** Names of the dimensions that a number can be split and filtered by. */
export const dimensions: typeof spanish.dimensions = {
  channel: "Channel",
  campaign: "Campaign",
  source: "Source",
  ad: "Ad",
  landing_page: "Landing page",
  form: "Form",
  country: "Country",
  segment: "Segment",
  product: "Product",
  pipeline: "Pipeline",
  stage: "Stage",
  rep: "Rep",
  team: "Team",
  lost_reason: "Lost reason",
  currency: "Currency",
  category: "Category",
  indicator: "Indicator",
};

/** Names of the parts of formulas, by part id. */
export const parts: typeof spanish.parts = {
  accepted: "accepted",
  decided: "decided",
  costs: "costs",
  customers: "customers",
  leads: "leads",
  created: "created",
  created_value: "value created",
  days: "days",
  won: "won",
  kept: "revenue kept",
  revenue_at_start: "revenue at the start",
  at_start: "customers at the start",
  retained: "customers retained",
  mqls: "MQLs",
  mrr: "recurring revenue",
  on_goal: "on goal",
  with_goal: "with a goal",
  open_value: "open value",
  open: "open",
  opportunities: "opportunities",
  sqls: "SQLs",
  refunds: "refunds",
  sales: "sales",
  retained_revenue: "revenue retained",
  revenue: "revenue",
  spend: "spend",
  touches: "touches",
  closed: "closed",
  won_value: "value won",
  closed_value: "value closed",
  lost: "lost",
  lead_days: "days",
  contacted: "contacted",
};

/** Why a row has no value, or what to know before using it. */
export const flags: typeof spanish.flags = {
  "no-denominator": "no denominator",
  "no-denominator-of": "no denominator: 0 {part}",
  "not-enough-data": "not enough data",
  "not-recorded": "not recorded",
  "small-n": "small n",
  immature: "immature cohort",
};

/** Warnings by code; a code that is not here is told in the server's English. */
export const warnings: typeof spanish.warnings = {
  "immature-cohort": "The cohort has not lived through its window yet",
  "unmatched-spend": "{count} % of the spend belongs to campaigns without a result",
  "revenue-from-bookings": "Revenue comes from won opportunities, because there is no billing",
  "rejected-rows": "{count} rows rejected when loading",
  "small-n": "Small sample: take the number with care",
  "mixed-zones": "Some days were cut in different time zones",
  "mixed-currencies": "Some amounts are in several currencies, converted at the rate of their day",
  "stale-source": "A source has not been loaded for longer than usual",
  "incomplete-period": "The period is unfinished",
  "few-rates": "Recent exchange rates are missing",
};

/** Refusals by code; a code that is not here is told in the server's English. */
export const problems: typeof spanish.problems = {
  "empty-range": "The range holds no day.",
  "unknown-cell": "There is no such number in the answer.",
  "window-without-cohort": "A window needs the cohort clock.",
  cancelled: "The query was cancelled.",
  "settings-invalid": "The workspace's settings are invalid.",
  "cannot-split": "This indicator cannot be split like that.",
  "cannot-filter": "This indicator cannot be filtered like that.",
  "unknown-indicator": "There is no such indicator.",
  "unknown-variant": "There is no such variant.",
  "unknown-dimension": "There is no such dimension.",
  "unknown-value": "There is no such value.",
  "unknown-model": "There is no such attribution model.",
  "missing-rate": "An exchange rate needed to convert the amounts is missing.",
  "no-data": "The data that this indicator needs is missing.",
  "not-recorded": "The data that this indicator needs is missing.",
  "empty-workspace": "There is no data yet.",
  "bad-request": "The request was not understood.",
  unexpected: "Something went wrong while computing this number.",
};

/** What each fact holds, in words. */
export const facts: typeof spanish.facts = {
  spend: "spend",
  touch: "touches",
  lead: "leads",
  stage_entry: "stage entries",
  deal: "opportunities",
  revenue: "revenue",
  subscription_change: "subscription changes",
  customer: "customers",
  goal: "goals",
};
