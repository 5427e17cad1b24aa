import { part } from "../engine/formula.ts";
import { recurringRevenue, subscribers } from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

export const mrr = indicator({
  id: "mrr",
  title: "Monthly recurring revenue",
  description: "What subscribed customers pay each month, at the end of the period.",
  better: "higher",
  version: 1,
  variants: [
    variant({
      id: "end",
      title: "At the end",
      unit: "money",
      parts: { mrr: recurringRevenue, customers: subscribers },
      value: part("mrr"),
      n: "customers",
    }),
  ],
});
