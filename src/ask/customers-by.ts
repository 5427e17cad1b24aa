import type { Day } from "../engine/time.ts";
import type { Context } from "./draft.ts";

const facts = { contracts: "subscription_change", purchases: "revenue" } as const;

/** What makes a customer one in this company: as its settings say, or by what is loaded. */
export const customersBy = ({ settings, ledger }: Pick<Context, "settings" | "ledger">): "contracts" | "purchases" =>
  settings.retention.by ?? ((ledger.rows["subscription_change"] ?? 0) > 0 ? "contracts" : "purchases");

/** The fact that says when customers are customers. */
export const factOfTenure = (context: Pick<Context, "settings" | "ledger">): string => facts[customersBy(context)];

/** The last day on which anything is recorded; without contracts, on which anything was sold: who is there then has not left. */
export async function customersSeenUntil(context: Context): Promise<Day> {
  const { observedTo, ledger, today } = context;
  if (customersBy(context) === "contracts") return observedTo;
  return (await ledger.lastSale(today)) ?? observedTo;
}
