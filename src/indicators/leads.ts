import { part } from "../engine/formula.ts";
import { leads, viableLeads } from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

export const leadsIndicator = indicator({
  id: "leads",
  title: "Leads",
  description: "People or companies that showed interest; merged ones count once.",
  better: "higher",
  version: 1,
  variants: [
    variant({ id: "all", title: "All", unit: "count", parts: { leads }, value: part("leads"), n: "leads" }),
    variant({
      id: "viable",
      title: "That can buy",
      unit: "count",
      parts: { leads: viableLeads },
      value: part("leads"),
      n: "leads",
    }),
  ],
});
