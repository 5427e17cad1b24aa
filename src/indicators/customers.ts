import { part } from "../engine/formula.ts";
import { customersAtEnd, newCustomers } from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

export const customersIndicator = indicator({
  id: "customers",
  title: "Customers",
  description: "Customers won in the period, or those at its end.",
  better: "higher",
  version: 1,
  variants: [
    variant({
      id: "new",
      title: "New",
      unit: "count",
      parts: { customers: newCustomers },
      value: part("customers"),
      n: "customers",
    }),
    variant({
      id: "active",
      title: "Active at the end",
      unit: "count",
      parts: { customers: customersAtEnd },
      value: part("customers"),
      n: "customers",
    }),
  ],
});
