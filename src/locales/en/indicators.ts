import type { indicators as spanish } from "../es/indicators.ts";

const nine = {
  scoreboard: {
    title: "Indicators on goal",
    short: "On goal",
    description: "How many of the scoreboard's indicators meet their goal.",
    variants: { "on-goal": "On goal" },
  },
  "cost-per-lead": {
    title: "Cost per lead",
    short: "Cost per lead",
    description: "What it costs to win one lead.",
    variants: {
      paid: "Paid",
      blended: "Blended",
      loaded: "Loaded",
      viable: "Viable",
      platform: "As platforms claim",
      "per-mql": "Per MQL",
      "per-sql": "Per SQL",
      "per-opportunity": "Per opportunity",
    },
  },
  "marketing-qualified-leads": {
    title: "Marketing-qualified leads (MQL)",
    short: "MQL",
    description: "Leads that meet marketing's rule for handing over to sales.",
    variants: { count: "Count", rate: "Rate", "days-to": "Days to MQL", acceptance: "Acceptance" },
  },
  "customer-acquisition-cost": {
    title: "Customer acquisition cost (CAC)",
    short: "CAC",
    description: "All that was spent on marketing and sales per new customer.",
    variants: {
      loaded: "Loaded",
      blended: "Blended",
      paid: "Paid",
      lagged: "Lagged",
      cohort: "By cohort",
      "payback-months": "Payback months",
    },
  },
  "customer-retention": {
    title: "Customer retention",
    short: "Retention",
    description: "The share of the customers at the start who are still there at the end.",
    variants: {
      logo: "Customers",
      "gross-revenue": "Gross revenue",
      "net-revenue": "Net revenue",
      churn: "Churn",
      survival: "Survival",
    },
  },
  "marketing-roi": {
    title: "Marketing ROI",
    short: "ROI",
    description: "What comes back for each unit of money put into marketing.",
    variants: { realised: "Realised", expected: "Expected", roas: "ROAS", mer: "MER", pipeline: "In pipeline" },
  },
  "sales-qualified-leads": {
    title: "Sales-qualified leads (SQL)",
    short: "SQL",
    description: "Leads that sales accepted and works on.",
    variants: {
      count: "Count",
      rate: "Rate",
      "opportunity-rate": "Rate to opportunity",
      "days-to-first-contact": "Days to first contact",
    },
  },
  "win-ratio": {
    title: "Opportunity-to-win ratio",
    short: "Win ratio",
    description: "The share of opportunities that is won.",
    variants: {
      "by-age": "By age",
      closed: "Of closed",
      created: "Of created",
      "closed-value": "Closed value",
      "created-value": "Created value",
    },
  },
  "sales-revenue": {
    title: "Sales revenue",
    short: "Revenue",
    description: "Revenue of the period, net of refunds and tax.",
    variants: { net: "Net", gross: "Gross", refunds: "Refunds" },
  },
};

const supporting = {
  leads: { title: "Leads", short: "Leads", description: "Leads created.", variants: { all: "All", viable: "Viable" } },
  "lead-to-customer-rate": {
    title: "Lead-to-customer rate",
    short: "Lead to customer",
    description: "The share of leads that become customers.",
    variants: { rate: "Rate" },
  },
  "opportunities-created": {
    title: "Opportunities created",
    short: "Opportunities",
    description: "Opportunities opened in the period.",
    variants: { count: "Count", value: "Value" },
  },
  "pipeline-value": {
    title: "Pipeline value",
    short: "Pipeline",
    description: "The amount of the open opportunities.",
    variants: { open: "Open at the end" },
  },
  "sales-cycle-days": {
    title: "Sales cycle",
    short: "Sales cycle",
    description: "Days from creating to winning an opportunity.",
    variants: { median: "Median of won" },
  },
  "average-deal-value": {
    title: "Average deal value",
    short: "Deal value",
    description: "Mean amount of the opportunities won.",
    variants: { won: "Won" },
  },
  touches: {
    title: "Touches",
    short: "Touches",
    description: "Visits, clicks and other contacts.",
    variants: { all: "All" },
  },
  spend: {
    title: "Spend",
    short: "Spend",
    description: "Spend on marketing and sales.",
    variants: { all: "All", media: "Media", marketing: "Marketing" },
  },
  customers: {
    title: "Customers",
    short: "Customers",
    description: "Active customers.",
    variants: { new: "New", active: "Active at the end" },
  },
  mrr: {
    title: "Monthly recurring revenue",
    short: "MRR",
    description: "The recurring revenue of one month.",
    variants: { end: "At the end" },
  },
  "lifetime-value": {
    title: "Lifetime value",
    short: "Lifetime value",
    description: "What a customer brings while they are one.",
    variants: { "to-date": "Paid so far" },
  },
};

/** Names of the indicators and their variants, by id. */
export const indicators: typeof spanish = { ...nine, ...supporting };
