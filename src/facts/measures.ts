import { balance, count, medianDays, negativeSum, sum } from "../engine/measure.ts";
import { dimension } from "../engine/table.ts";
import { deal } from "./deal.ts";
import { acquisition } from "./derived/acquisition.ts";
import { creditedAs } from "./derived/credit.ts";
import { handover } from "./derived/handover.ts";
import { leadProgress } from "./derived/lead-progress.ts";
import { subscription } from "./derived/subscription.ts";
import { stay } from "./derived/stay.ts";
import { tenure } from "./derived/tenure.ts";
import { revenue } from "./revenue.ts";
import { touch } from "./touch.ts";
import {
  accruedSpend,
  cohortRevenue,
  dealsOfLeads,
  expectedBookings,
  expectedRevenue,
  pipeline,
  revenueOfLeads,
} from "./views.ts";

const paidChannels = { setting: "paid_channels" };
const paid = dimension("channel").isIn(paidChannels);
const credited = dimension("channel").isPresent();

const { day, amount, category } = accruedSpend.columns;
export const spend = sum(amount, accruedSpend, { at: day });
export const mediaSpend = sum(amount, accruedSpend, { at: day, where: [category.is("media")] });
export const marketingCosts = sum(amount, accruedSpend, {
  at: day,
  where: [category.isIn({ setting: "marketing_costs" })],
});
export const acquisitionCosts = sum(amount, accruedSpend, {
  at: day,
  where: [category.isIn({ setting: "acquisition_costs" })],
});
export const costEntries = count(accruedSpend, { at: day });
export const mediaEntries = count(accruedSpend, { at: day, where: mediaSpend.where });
export const marketingEntries = count(accruedSpend, { at: day, where: marketingCosts.where });
export const platformLeads = sum(accruedSpend.columns.platform_leads, accruedSpend, { at: day });
export const platformConversions = sum(accruedSpend.columns.platform_conversions, accruedSpend, { at: day });
export const platformValue = sum(accruedSpend.columns.platform_value, accruedSpend, { at: day });

const { created_on, disqualified_as, mql_on, sql_on, opportunity_on, customer_on, decision, decided_on } =
  leadProgress.columns;
export const leads = count(leadProgress, { at: created_on });
export const paidLeads = count(leadProgress, { at: created_on, where: [paid] });
export const viableLeads = count(leadProgress, { at: created_on, where: [disqualified_as.isNull()] });
export const mqls = count(leadProgress, {
  at: created_on,
  reached: mql_on,
  dimensionsWhenReached: creditedAs("mql", "lead_id"),
});
export const daysToMql = medianDays(created_on, mql_on, leadProgress, {
  at: created_on,
  reached: mql_on,
  dimensionsWhenReached: creditedAs("mql", "lead_id"),
});
export const sqls = count(leadProgress, {
  at: created_on,
  reached: sql_on,
  dimensionsWhenReached: creditedAs("sql", "lead_id"),
});
export const leadOpportunities = count(leadProgress, { at: created_on, reached: opportunity_on });
export const leadCustomers = count(leadProgress, { at: created_on, reached: customer_on });
/** Those that a share leaves out of its numerator. */
export const unwonLeads = count(leadProgress, { at: created_on, where: [customer_on.isNull()] });
export const unqualifiedLeads = count(leadProgress, { at: created_on, where: [mql_on.isNull()] });
export const rejectedLeads = count(leadProgress, { at: decided_on, where: [decision.is("rejected")] });
export const mqlsNotSqls = count(leadProgress, { at: mql_on, where: [mql_on.isPresent(), sql_on.isNull()] });
export const sqlsNotOpportunities = count(leadProgress, {
  at: sql_on,
  where: [sql_on.isPresent(), opportunity_on.isNull()],
});
const decided = { at: created_on, reached: decided_on };
export const acceptedLeads = count(leadProgress, { ...decided, where: [decision.is("accepted")] });
export const decidedLeads = count(leadProgress, decided);

/** Cohorts of leads that became MQLs or SQLs, followed to the next stage. */
export const mqlCohort = count(leadProgress, { at: mql_on });
export const sqlsOfMqls = count(leadProgress, { at: mql_on, reached: sql_on });
export const sqlCohort = count(leadProgress, { at: sql_on });
export const opportunitiesOfSqls = count(leadProgress, { at: sql_on, reached: opportunity_on });

/** Leads handed over to sales as MQLs, followed to the first contact. */
const contacting = { at: handover.columns.mql_on, reached: handover.columns.contacted_on };
export const handedOver = count(handover, { at: handover.columns.mql_on });
export const contacted = count(handover, contacting);
export const daysToContact = medianDays(handover.columns.mql_at, handover.columns.contacted_at, handover, contacting);

const won = deal.columns.outcome.is("won");
const lost = deal.columns.outcome.is("lost");
const closed = deal.columns.outcome.isIn(["won", "lost"]);
const dealClosed = deal.columns.closed_on;
const dealCreated = deal.columns.created_on;
export const wonDeals = count(deal, { at: dealClosed, where: [won] });
export const lostDeals = count(deal, { at: dealClosed, where: [lost] });
export const unwonDeals = count(deal, { at: dealCreated, where: [deal.columns.outcome.isIn(["open", "lost"])] });
export const createdDeals = count(deal, { at: dealCreated });
/** Of the deals created: those closed since, by the period clock on the day of the close. */
const closing = { at: dealCreated, reached: dealClosed };
export const wonOfCreated = count(deal, { ...closing, where: [won] });
export const lostOfCreated = count(deal, { ...closing, where: [lost] });
export const closedOfCreated = count(deal, { ...closing, where: [closed] });
export const wonValue = sum(deal.columns.amount, deal, { at: dealClosed, where: [won] });
export const createdValue = sum(deal.columns.amount, deal, { at: dealCreated });
export const wonValueOfCreated = sum(deal.columns.amount, deal, { ...closing, where: [won] });
export const closedValueOfCreated = sum(deal.columns.amount, deal, { ...closing, where: [closed] });
export const creditedBookings = sum(deal.columns.amount, deal, { at: dealClosed, where: [won, credited] });
export const paidBookings = sum(deal.columns.amount, deal, { at: dealClosed, where: [won, paid] });
/** Deals by the day on which their lead came in, which counts them when they are created, or won. */
const createdOfLead = {
  at: dealsOfLeads.columns.lead_created_on,
  reached: dealsOfLeads.columns.created_on,
};
const wonOfLead = { ...createdOfLead, reached: dealsOfLeads.columns.closed_on };
const dealAmount = dealsOfLeads.columns.amount;
const valuedAtCreation = { ...dealsOfLeads, valuedOn: "created_on" } as const;
export const wonDealsOfLeads = count(dealsOfLeads, { ...wonOfLead, where: [won] });
export const wonValueOfLeads = sum(dealAmount, dealsOfLeads, { ...wonOfLead, where: [won] });
export const creditedBookingsOfLeads = sum(dealAmount, dealsOfLeads, { ...wonOfLead, where: [won, credited] });
export const paidBookingsOfLeads = sum(dealAmount, dealsOfLeads, { ...wonOfLead, where: [won, paid] });
export const creditedPipeline = sum(deal.columns.amount, deal, { at: dealCreated, where: [credited] });
export const createdDealsOfLeads = count(valuedAtCreation, createdOfLead);
export const creditedPipelineOfLeads = sum(dealAmount, valuedAtCreation, { ...createdOfLead, where: [credited] });

export const salesCycle = medianDays(dealCreated, dealClosed, deal, { ...closing, where: [won] });

const openDeal = balance(pipeline, {
  entity: pipeline.columns.deal_id,
  amount: pipeline.columns.amount,
  from: pipeline.columns.created_on,
  to: pipeline.columns.closed_on,
});
export const openValue = openDeal({ of: "closing", function: "sum" });
export const openDeals = openDeal({ of: "closing", function: "count" });

const { acquired_on, lead_created_on, acquired_with } = acquisition.columns;
/** A family of customers is won once. */
const alone = acquired_with.isNull();
export const newCustomers = count(acquisition, { at: acquired_on, where: [alone] });
/** By the cohort clock on the day on which the customer's lead came in, where that is known. */
const winning = { at: lead_created_on, reached: acquired_on };
export const customersOfLeads = count(acquisition, { ...winning, where: [alone] });
export const paidCustomersOfLeads = count(acquisition, { ...winning, where: [alone, paid] });

const subscribed = balance(subscription, {
  entity: subscription.columns.customer_id,
  amount: subscription.columns.mrr,
  from: subscription.columns.valid_from,
  to: subscription.columns.valid_to,
});
export const subscribers = subscribed({ of: "closing", function: "count" });
export const recurringRevenue = subscribed({ of: "closing", function: "sum" });
export const recurringRevenueAtStart = subscribed({ of: "opening", function: "sum" });

/** Customers under contract, with what they pay each month; without contracts those who bought lately, with what they bought. */
const staying = balance(tenure, {
  entity: tenure.columns.customer_id,
  amount: tenure.columns.amount,
  from: tenure.columns.valid_from,
  to: tenure.columns.valid_to,
});
export const customersAtStart = staying({ of: "opening", function: "count" });
export const customersRetained = staying({ of: "retained", function: "count" });
export const customersAtEnd = staying({ of: "closing", function: "count" });
export const revenueAtStart = staying({ of: "opening", function: "sum" });
export const revenueKept = staying({ of: "kept", function: "sum" });
export const revenueRetained = staying({ of: "retained", function: "sum" });

/** Customers followed from the day on which they began until that on which they left. */
export const customersBegun = count(stay, { at: stay.columns.began_on });
export const customersLeft = count(stay, { at: stay.columns.began_on, reached: stay.columns.left_on });

const refund = revenue.columns.kind.isIn(["refund", "credit_note"]);
const sale = revenue.columns.kind.isNotIn(["refund", "credit_note"]);
const earned = { at: revenue.columns.occurred_on };
const afterTax = { ...earned, less: [revenue.columns.tax] };
export const netRevenue = sum(revenue.columns.amount, revenue, afterTax);
export const grossRevenue = sum(revenue.columns.amount, revenue, { ...earned, where: [sale] });
export const refunds = negativeSum(revenue.columns.amount, revenue, { ...earned, where: [refund] });
export const payments = count(revenue, earned);
export const creditedRevenue = sum(revenue.columns.amount, revenue, { ...afterTax, where: [credited] });
export const paidRevenue = sum(revenue.columns.amount, revenue, { ...afterTax, where: [paid] });
export const revenueToDate = sum(cohortRevenue.columns.amount, cohortRevenue, {
  at: cohortRevenue.columns.acquired_on,
  less: [cohortRevenue.columns.tax],
});

/** Revenue by the day on which its lead came in. */
const earnedOfLead = { at: revenueOfLeads.columns.lead_created_on, reached: revenueOfLeads.columns.occurred_on };
const afterTaxOfLead = { ...earnedOfLead, less: [revenue.columns.tax] };
const revenueAmount = revenueOfLeads.columns.amount;
export const paymentsOfLeads = count(revenueOfLeads, earnedOfLead);
export const netRevenueOfLeads = sum(revenueAmount, revenueOfLeads, afterTaxOfLead);
export const creditedRevenueOfLeads = sum(revenueAmount, revenueOfLeads, { ...afterTaxOfLead, where: [credited] });
export const paidRevenueOfLeads = sum(revenueAmount, revenueOfLeads, { ...afterTaxOfLead, where: [paid] });

/** All that came of leads so far, whenever it came, by the day on which they came in. */
export const revenueOfLeadsSoFar = sum(revenueAmount, revenueOfLeads, {
  at: revenueOfLeads.columns.lead_created_on,
  less: [revenue.columns.tax],
  where: [credited],
});
export const bookingsOfLeadsSoFar = sum(dealAmount, dealsOfLeads, {
  at: dealsOfLeads.columns.lead_created_on,
  where: [won, credited],
});
/** What may still come of those that are open. */
export const revenueToCome = sum(expectedRevenue.columns.worth, expectedRevenue, {
  at: expectedRevenue.columns.created_on,
  where: [credited],
});
export const bookingsToCome = sum(expectedBookings.columns.worth, expectedBookings, {
  at: expectedBookings.columns.created_on,
  where: [credited],
});

export const touches = count(touch, { at: touch.columns.occurred_on });
