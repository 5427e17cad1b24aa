import { averageDealValue } from "./average-deal-value.ts";
import { costPerLead } from "./cost-per-lead.ts";
import { customerAcquisitionCost } from "./customer-acquisition-cost.ts";
import { customerRetention } from "./customer-retention.ts";
import { customersIndicator } from "./customers.ts";
import type { Indicator } from "./definition.ts";
import { leadToCustomerRate } from "./lead-to-customer-rate.ts";
import { leadsIndicator } from "./leads.ts";
import { lifetimeValue } from "./lifetime-value.ts";
import { marketingQualifiedLeads } from "./marketing-qualified-leads.ts";
import { marketingRoi } from "./marketing-roi.ts";
import { mrr } from "./mrr.ts";
import { opportunitiesCreated } from "./opportunities-created.ts";
import { pipelineValue } from "./pipeline-value.ts";
import { salesCycleDays } from "./sales-cycle-days.ts";
import { salesQualifiedLeads } from "./sales-qualified-leads.ts";
import { salesRevenue } from "./sales-revenue.ts";
import { scoreboard } from "./scoreboard.ts";
import { spendIndicator } from "./spend.ts";
import { touchesIndicator } from "./touches.ts";
import { winRatio } from "./win-ratio.ts";

/** The nine, in the order of the article that began it. */
export const nine: readonly Indicator[] = [
  scoreboard,
  costPerLead,
  marketingQualifiedLeads,
  customerAcquisitionCost,
  customerRetention,
  marketingRoi,
  salesQualifiedLeads,
  winRatio,
  salesRevenue,
];

/** Every shipped indicator: the nine, then those that support them. A new one is a file beside this and a line here. */
export const indicators: readonly Indicator[] = [
  ...nine,
  leadsIndicator,
  leadToCustomerRate,
  opportunitiesCreated,
  pipelineValue,
  salesCycleDays,
  averageDealValue,
  touchesIndicator,
  spendIndicator,
  customersIndicator,
  mrr,
  lifetimeValue,
];
