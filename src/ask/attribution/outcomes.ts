import type { CreditedOutcome } from "../../contract/attribution.ts";
import type { Outcome } from "../../facts/derived/outcomes.ts";

/** How an outcome is asked for: the indicator whose value holds credit against costs, and its parts of each. */
export interface Compared {
  readonly indicator: string;
  readonly variant: string;
  readonly credited: string;
  readonly costs: string;
  /** The variant whose total has the whole of it, where the first one leaves out what has no channel. */
  readonly ledger?: string;
  /** Whose journeys lead to it. */
  readonly journeys: Outcome;
}

/** Every outcome that can be compared. */
export const compared: Readonly<Record<CreditedOutcome, Compared>> = {
  revenue: {
    indicator: "marketing-roi",
    variant: "realised",
    credited: "revenue",
    costs: "costs",
    ledger: "mer",
    journeys: "customer",
  },
  leads: {
    indicator: "cost-per-lead",
    variant: "blended",
    credited: "leads",
    costs: "spend",
    journeys: "lead",
  },
  mql: { indicator: "cost-per-lead", variant: "per-mql", credited: "mqls", costs: "spend", journeys: "mql" },
  sql: { indicator: "cost-per-lead", variant: "per-sql", credited: "sqls", costs: "spend", journeys: "sql" },
  customers: {
    indicator: "customer-acquisition-cost",
    variant: "blended",
    credited: "customers",
    costs: "costs",
    journeys: "customer",
  },
};
