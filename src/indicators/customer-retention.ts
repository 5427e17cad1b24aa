import { constant, minus, ratio } from "../engine/formula.ts";
import {
  customersAtStart,
  customersBegun,
  customersLeft,
  customersRetained,
  revenueAtStart,
  revenueKept,
  revenueRetained,
} from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

const customers = { retained: customersRetained, at_start: customersAtStart };

export const customerRetention = indicator({
  id: "customer-retention",
  title: "Customer retention",
  description: "Of the customers at the start of a period, or of what they pay: the share that is there at its end.",
  better: "higher",
  version: 1,
  variants: [
    variant({
      id: "logo",
      title: "Customers",
      unit: "ratio",
      share: true,
      parts: customers,
      value: ratio("retained", "at_start"),
      n: "at_start",
    }),
    variant({
      id: "gross-revenue",
      title: "Gross revenue",
      unit: "ratio",
      interval: "weighted-share",
      parts: { kept: revenueKept, revenue_at_start: revenueAtStart, at_start: customersAtStart },
      value: ratio("kept", "revenue_at_start"),
      n: "at_start",
    }),
    variant({
      id: "net-revenue",
      title: "Net revenue",
      unit: "ratio",
      parts: { retained_revenue: revenueRetained, revenue_at_start: revenueAtStart, at_start: customersAtStart },
      value: ratio("retained_revenue", "revenue_at_start"),
      n: "at_start",
    }),
    variant({
      id: "churn",
      title: "Customers lost",
      unit: "ratio",
      interval: "wilson",
      parts: customers,
      value: minus(constant(1), ratio("retained", "at_start")),
      n: "at_start",
    }),
    variant({
      id: "survival",
      title: "Still there",
      unit: "ratio",
      clocks: ["cohort"],
      window: 365,
      share: true,
      parts: { left: customersLeft, began: customersBegun },
      value: minus(constant(1), ratio("left", "began")),
      n: "began",
    }),
  ],
});
