import type { Variants } from "./cell.ts";
import * as marketing from "./marketing.ts";
import * as sales from "./sales.ts";

/** Every indicator that is made of measures, counted by loops over plain rows. */
export const oracle: Readonly<Record<string, Variants>> = {
  "cost-per-lead": marketing.costPerLead,
  "marketing-qualified-leads": marketing.marketingQualifiedLeads,
  "customer-acquisition-cost": marketing.customerAcquisitionCost,
  "customer-retention": sales.customerRetention,
  "marketing-roi": marketing.marketingRoi,
  "sales-qualified-leads": marketing.salesQualifiedLeads,
  "win-ratio": sales.winRatio,
  "sales-revenue": sales.salesRevenue,
  leads: marketing.leads,
  "lead-to-customer-rate": marketing.leadToCustomerRate,
  "opportunities-created": sales.opportunitiesCreated,
  "pipeline-value": sales.pipelineValue,
  "sales-cycle-days": sales.salesCycleDays,
  "average-deal-value": sales.averageDealValue,
  touches: marketing.touches,
  spend: marketing.spend,
  customers: sales.customers,
  mrr: sales.mrr,
  "lifetime-value": sales.lifetimeValue,
};
