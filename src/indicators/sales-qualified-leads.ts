import { part, ratio } from "../engine/formula.ts";
import {
  mqlCohort,
  mqlsNotSqls,
  opportunitiesOfSqls,
  sqlCohort,
  sqls,
  sqlsNotOpportunities,
  sqlsOfMqls,
} from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

export const salesQualifiedLeads = indicator({
  id: "sales-qualified-leads",
  title: "Sales-qualified leads",
  description: "Leads that sales took on as worth pursuing, each counted once, on the day it first became one.",
  better: "higher",
  version: 1,
  variants: [
    variant({ id: "count", title: "How many", unit: "count", parts: { sqls }, value: part("sqls"), n: "sqls" }),
    variant({
      id: "rate",
      title: "Share of MQLs",
      unit: "ratio",
      clocks: ["cohort", "period"],
      window: 30,
      share: true,
      others: [mqlsNotSqls],
      parts: { sqls: sqlsOfMqls, mqls: mqlCohort },
      value: ratio("sqls", "mqls"),
      n: "mqls",
    }),
    variant({
      id: "opportunity-rate",
      title: "Share that became opportunities",
      unit: "ratio",
      clocks: ["cohort", "period"],
      window: 60,
      share: true,
      others: [sqlsNotOpportunities],
      parts: { opportunities: opportunitiesOfSqls, sqls: sqlCohort },
      value: ratio("opportunities", "sqls"),
      n: "sqls",
    }),
  ],
});
