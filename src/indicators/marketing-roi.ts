import { constant, divide, minus, part, ratio, times } from "../engine/formula.ts";
import {
  creditedBookings,
  creditedRevenue,
  marketingCosts,
  mediaSpend,
  netRevenue,
  paidBookings,
  paidRevenue,
  payments,
  wonDeals,
  wonValue,
} from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

const returned = divide(
  minus(times(part("revenue"), constant({ setting: "gross_margin" })), part("costs")),
  part("costs"),
);
const ownTeams = { except: ["team"] } as const;
const realised = {
  ...ownTeams,
  id: "realised",
  title: "Realised return",
  unit: "ratio",
  value: returned,
  n: "sales",
} as const;
const roas = {
  ...ownTeams,
  id: "roas",
  title: "Revenue per unit of media",
  unit: "ratio",
  value: ratio("revenue", "spend"),
  n: "sales",
} as const;
const mer = {
  ...ownTeams,
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
    variant({ ...realised, ...revenue, parts: { revenue: creditedRevenue, costs: marketingCosts, sales: payments } }),
    variant({ ...realised, ...bookings, parts: { revenue: creditedBookings, costs: marketingCosts, sales: wonDeals } }),
    variant({ ...roas, ...revenue, parts: { revenue: paidRevenue, spend: mediaSpend, sales: payments } }),
    variant({ ...roas, ...bookings, parts: { revenue: paidBookings, spend: mediaSpend, sales: wonDeals } }),
    variant({ ...mer, ...revenue, parts: { revenue: netRevenue, costs: marketingCosts, sales: payments } }),
    variant({ ...mer, ...bookings, parts: { revenue: wonValue, costs: marketingCosts, sales: wonDeals } }),
  ],
});
