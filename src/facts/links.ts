import type { Merge } from "../engine/bridge.ts";
import type { Lookup } from "../engine/table.ts";
import { deal } from "./deal.ts";
import { acquisition } from "./derived/acquisition.ts";
import { lead } from "./lead.ts";

type Links = Readonly<Record<string, readonly (string | Lookup)[]>>;

/** What rows can stand for; where two tables share more than one and none is nearer, the earlier one is taken. */
export const things = ["lead", "deal", "customer", "revenue", "person", "touch"] as const;

const ofDeal = (column: string): Lookup => ({ table: deal, on: [["deal_id", "deal_id"]], column });
const ofCustomer = (column: string): Lookup => ({ table: acquisition, on: [["customer_id", "customer_id"]], column });

const revenueLinks: Links = {
  revenue: ["revenue_id"],
  deal: ["deal_id"],
  customer: ["customer_id"],
  lead: ["lead_id", ofDeal("lead_id"), ofCustomer("lead_id")],
};

const dealLinks: Links = { deal: ["deal_id"], lead: ["lead_id"], customer: ["customer_id"] };

/** What the rows of each table stand for, the nearest first, and the columns that name it, the surest first. */
export const links: Readonly<Record<string, Links>> = {
  lead_progress: { lead: ["lead_id"], person: ["person_id"] },
  handover: { lead: ["lead_id"], person: ["person_id"] },
  acquisition: { customer: ["customer_id"], lead: ["lead_id"] },
  deal: dealLinks,
  revenue: revenueLinks,
  deals_of_leads: dealLinks,
  cohort_revenue: revenueLinks,
  revenue_of_leads: revenueLinks,
  expected_revenue: { lead: ["lead_id"] },
  expected_bookings: { lead: ["lead_id"] },
  touch: { touch: ["touch_id"], person: ["person_id"] },
};

/** Things that may turn out to be one. */
export const merges: Readonly<Record<string, Merge>> = {
  lead: { table: lead, id: "lead_id", into: "merged_into" },
};
