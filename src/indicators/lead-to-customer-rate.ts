import { ratio } from "../engine/formula.ts";
import { leadCustomers, leads, unwonLeads } from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

export const leadToCustomerRate = indicator({
  id: "lead-to-customer-rate",
  title: "Lead-to-customer rate",
  description: "Of the leads that came in: the share that became customers, by a won deal or a payment.",
  better: "higher",
  version: 1,
  variants: [
    variant({
      id: "rate",
      title: "Share of leads",
      unit: "ratio",
      clocks: ["cohort", "period"],
      share: true,
      others: [unwonLeads],
      parts: { customers: leadCustomers, leads },
      value: ratio("customers", "leads"),
      n: "leads",
    }),
  ],
});
