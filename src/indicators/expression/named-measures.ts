import { sum, type Measure } from "../../engine/measure.ts";
import * as all from "../../facts/measures.ts";
import { accruedSpend } from "../../facts/views.ts";

const { day, clicks, impressions } = accruedSpend.columns;

/** The measures that a company's own indicators may name. `docs/definitions.md` says what each counts. */
export const namedMeasures: Readonly<Record<string, Measure>> = {
  spend: all.spend,
  impressions: sum(impressions, accruedSpend, { at: day }),
  clicks: sum(clicks, accruedSpend, { at: day }),
  platform_leads: all.platformLeads,
  touches: all.touches,
  leads: all.leads,
  mqls: all.mqls,
  sqls: all.sqls,
  opportunities: all.leadOpportunities,
  won_leads: all.leadCustomers,
  accepted_leads: all.acceptedLeads,
  decided_leads: all.decidedLeads,
  deals: all.createdDeals,
  deal_value: all.createdValue,
  closed_deals: all.closedOfCreated,
  closed_value: all.closedValueOfCreated,
  won_deals: all.wonOfCreated,
  won_value: all.wonValueOfCreated,
  open_deals: all.openDeals,
  open_value: all.openValue,
  sales_cycle: all.salesCycle,
  customers: all.newCustomers,
  customers_at_start: all.customersAtStart,
  customers_kept: all.customersRetained,
  active_customers: all.customersAtEnd,
  mrr: all.recurringRevenue,
  mrr_at_start: all.recurringRevenueAtStart,
  revenue: all.netRevenue,
  gross_revenue: all.grossRevenue,
  refunds: all.refunds,
  payments: all.payments,
};

/** The numbers of the company's settings that an expression may name. */
export const namedNumbers = ["gross_margin"] as const;

/** The lists of the company's settings that a condition may name, each with the column whose values it holds. */
export const namedLists: Readonly<Record<string, string>> = {
  paid_channels: "channel",
  marketing_costs: "category",
  acquisition_costs: "category",
};
