import { constant, divide, minus, part, plus, ratio, times } from "../engine/formula.ts";
import {
  bookingsOfLeadsSoFar,
  bookingsToCome,
  createdDeals,
  createdDealsOfLeads,
  creditedBookings,
  creditedBookingsOfLeads,
  creditedPipeline,
  creditedPipelineOfLeads,
  creditedRevenue,
  creditedRevenueOfLeads,
  leads,
  marketingCosts,
  mediaSpend,
  netRevenue,
  netRevenueOfLeads,
  paidBookings,
  paidBookingsOfLeads,
  paidRevenue,
  paidRevenueOfLeads,
  payments,
  paymentsOfLeads,
  revenueOfLeadsSoFar,
  revenueToCome,
  wonDeals,
  wonDealsOfLeads,
  wonValue,
  wonValueOfLeads,
} from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

const returned = divide(
  minus(times(part("revenue"), constant({ setting: "gross_margin" })), part("costs")),
  part("costs"),
);
const both = { except: ["team"], clocks: ["period", "cohort"], window: { setting: "conversion_window_days" } } as const;
const realised = {
  ...both,
  id: "realised",
  title: "Realised return",
  unit: "ratio",
  value: returned,
  n: "sales",
} as const;
const expected = {
  id: "expected",
  title: "Return so far, and what open leads may still bring",
  unit: "ratio",
  clocks: ["cohort"],
  except: ["team"],
  interval: "none",
  value: divide(
    minus(times(plus(part("revenue"), part("to_come")), constant({ setting: "gross_margin" })), part("costs")),
    part("costs"),
  ),
  n: "leads",
} as const;
const roas = {
  ...both,
  id: "roas",
  title: "Revenue per unit of media",
  unit: "ratio",
  value: ratio("revenue", "spend"),
  n: "sales",
} as const;
const mer = {
  ...both,
  id: "mer",
  title: "All revenue per unit of marketing cost",
  unit: "ratio",
  value: ratio("revenue", "costs"),
  n: "sales",
} as const;
const bookings = { basis: "bookings" } as const;
const revenue = { basis: "revenue" } as const;

export const marketingRoi = indicator({
  id: "marketing-roi",
  title: "Marketing ROI",
  description: "What came back from marketing for what was put in: (credited revenue × gross margin − cost) ÷ cost.",
  better: "higher",
  version: 1,
  variants: [
    variant({
      ...realised,
      ...revenue,
      parts: { revenue: creditedRevenue, costs: marketingCosts, sales: payments },
      cohortParts: { revenue: creditedRevenueOfLeads, sales: paymentsOfLeads },
    }),
    variant({
      ...realised,
      ...bookings,
      parts: { revenue: creditedBookings, costs: marketingCosts, sales: wonDeals },
      cohortParts: { revenue: creditedBookingsOfLeads, sales: wonDealsOfLeads },
    }),
    variant({
      ...expected,
      ...revenue,
      parts: { revenue: revenueOfLeadsSoFar, to_come: revenueToCome, costs: marketingCosts, leads },
    }),
    variant({
      ...expected,
      ...bookings,
      parts: { revenue: bookingsOfLeadsSoFar, to_come: bookingsToCome, costs: marketingCosts, leads },
    }),
    variant({
      ...roas,
      ...revenue,
      parts: { revenue: paidRevenue, spend: mediaSpend, sales: payments },
      cohortParts: { revenue: paidRevenueOfLeads, sales: paymentsOfLeads },
    }),
    variant({
      ...roas,
      ...bookings,
      parts: { revenue: paidBookings, spend: mediaSpend, sales: wonDeals },
      cohortParts: { revenue: paidBookingsOfLeads, sales: wonDealsOfLeads },
    }),
    variant({
      ...mer,
      ...revenue,
      parts: { revenue: netRevenue, costs: marketingCosts, sales: payments },
      cohortParts: { revenue: netRevenueOfLeads, sales: paymentsOfLeads },
    }),
    variant({
      ...mer,
      ...bookings,
      parts: { revenue: wonValue, costs: marketingCosts, sales: wonDeals },
      cohortParts: { revenue: wonValueOfLeads, sales: wonDealsOfLeads },
    }),
    variant({
      ...both,
      id: "pipeline",
      title: "Opportunities created per unit of marketing cost",
      unit: "ratio",
      parts: { created_value: creditedPipeline, costs: marketingCosts, created: createdDeals },
      cohortParts: { created_value: creditedPipelineOfLeads, created: createdDealsOfLeads },
      value: ratio("created_value", "costs"),
      n: "created",
    }),
  ],
});
