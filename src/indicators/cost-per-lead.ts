import { ratio } from "../engine/formula.ts";
import {
  leadOpportunities,
  leads,
  marketingCosts,
  mediaSpend,
  mqls,
  paidLeads,
  platformLeads,
  sqls,
  viableLeads,
} from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

const cost = { unit: "money", n: "leads", narrowing: ["category", "account"], except: ["team"] } as const;
const both = { ...cost, clocks: ["period", "cohort"] } as const;
const later = { ...cost, clocks: ["cohort", "period"] } as const;

export const costPerLead = indicator({
  id: "cost-per-lead",
  title: "Cost per lead",
  description: "What one lead cost: advertising spend divided by the leads it brought.",
  better: "lower",
  version: 1,
  variants: [
    variant({
      ...both,
      id: "paid",
      title: "Leads of paid channels",
      parts: { spend: mediaSpend, leads: paidLeads },
      value: ratio("spend", "leads"),
    }),
    variant({
      ...both,
      id: "blended",
      title: "All leads",
      parts: { spend: mediaSpend, leads },
      value: ratio("spend", "leads"),
    }),
    variant({
      ...both,
      id: "loaded",
      title: "All marketing costs, all leads",
      parts: { costs: marketingCosts, leads },
      value: ratio("costs", "leads"),
    }),
    variant({
      ...both,
      id: "viable",
      title: "Leads that can buy",
      parts: { spend: mediaSpend, leads: viableLeads },
      value: ratio("spend", "leads"),
    }),
    variant({
      ...cost,
      id: "platform",
      title: "Leads the platforms claim",
      parts: { spend: mediaSpend, leads: platformLeads },
      value: ratio("spend", "leads"),
    }),
    variant({
      ...later,
      id: "per-mql",
      title: "Cost per MQL",
      n: "mqls",
      parts: { spend: mediaSpend, mqls },
      value: ratio("spend", "mqls"),
    }),
    variant({
      ...later,
      id: "per-sql",
      title: "Cost per SQL",
      n: "sqls",
      parts: { spend: mediaSpend, sqls },
      value: ratio("spend", "sqls"),
    }),
    variant({
      ...later,
      id: "per-opportunity",
      title: "Cost per opportunity",
      n: "opportunities",
      parts: { spend: mediaSpend, opportunities: leadOpportunities },
      value: ratio("spend", "opportunities"),
    }),
  ],
});
