import { part, ratio } from "../engine/formula.ts";
import {
  acceptedLeads,
  daysToMql,
  decidedLeads,
  leads,
  mqls,
  rejectedLeads,
  unqualifiedLeads,
} from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

export const marketingQualifiedLeads = indicator({
  id: "marketing-qualified-leads",
  title: "Marketing-qualified leads",
  description: "Leads that marketing considers ready, each counted once, on the day it first became one.",
  better: "higher",
  version: 1,
  variants: [
    variant({ id: "count", title: "How many", unit: "count", parts: { mqls }, value: part("mqls"), n: "mqls" }),
    variant({
      id: "rate",
      title: "Share of leads",
      unit: "ratio",
      clocks: ["cohort", "period"],
      window: 30,
      share: true,
      others: [unqualifiedLeads],
      parts: { mqls, leads },
      value: ratio("mqls", "leads"),
      n: "leads",
    }),
    variant({
      id: "days-to",
      title: "Days from lead to MQL",
      unit: "days",
      better: "lower",
      clocks: ["cohort", "period"],
      window: 30,
      parts: { days: daysToMql, mqls, leads },
      value: part("days"),
      n: "mqls",
    }),
    variant({
      id: "acceptance",
      title: "Accepted by sales",
      unit: "ratio",
      clocks: ["period", "cohort"],
      share: true,
      others: [rejectedLeads],
      parts: { accepted: acceptedLeads, decided: decidedLeads },
      value: ratio("accepted", "decided"),
      n: "decided",
    }),
  ],
});
