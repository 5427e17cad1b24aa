import { constant, divide, part, times } from "../engine/formula.ts";
import { newCustomers, revenueToDate } from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

export const lifetimeValue = indicator({
  id: "lifetime-value",
  title: "Lifetime value",
  description: "What the customers won in the period have paid so far, per customer, times the gross margin.",
  better: "higher",
  version: 1,
  variants: [
    variant({
      id: "to-date",
      title: "Paid so far",
      unit: "money",
      interval: "none",
      clocks: ["cohort"],
      parts: { revenue: revenueToDate, customers: newCustomers },
      value: divide(times(part("revenue"), constant({ setting: "gross_margin" })), part("customers")),
      n: "customers",
    }),
  ],
});
