import { ratio } from "../engine/formula.ts";
import {
  acquisitionCosts,
  customersOfLeads,
  marketingCosts,
  mediaSpend,
  paidCustomersOfLeads,
} from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

const cost = { unit: "money", n: "customers", narrowing: ["category", "account"], except: ["team"] } as const;
const both = { ...cost, clocks: ["period", "cohort"] } as const;
const perCustomer = ratio("costs", "customers");

export const customerAcquisitionCost = indicator({
  id: "customer-acquisition-cost",
  title: "Customer acquisition cost",
  description: "What it cost to win one new customer, every step included. A customer is new at its first payment.",
  better: "lower",
  version: 1,
  variants: [
    variant({
      ...both,
      id: "loaded",
      title: "All sales and marketing costs",
      parts: { costs: acquisitionCosts, customers: customersOfLeads },
      value: perCustomer,
    }),
    variant({
      ...both,
      id: "blended",
      title: "Marketing costs",
      parts: { costs: marketingCosts, customers: customersOfLeads },
      value: perCustomer,
    }),
    variant({
      ...both,
      id: "paid",
      title: "Media, customers of paid channels",
      parts: { costs: mediaSpend, customers: paidCustomersOfLeads },
      value: perCustomer,
    }),
    variant({
      ...cost,
      id: "cohort",
      title: "Costs of a month, customers ever won from its leads",
      clocks: ["cohort"],
      parts: { costs: acquisitionCosts, customers: customersOfLeads },
      value: perCustomer,
    }),
  ],
});
