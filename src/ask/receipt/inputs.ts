import type { Receipt } from "../../contract/receipt.ts";
import type { Database, Limits } from "../../engine/database.ts";
import { facts } from "../../facts/index.ts";
import { looksAtLeads } from "../../facts/mql/rule.ts";
import { lookedUp } from "../conservation/violations.ts";
import type { Context, Draft } from "../draft.ts";
import { fingerprintOf } from "./fingerprint.ts";

const progress = ["lead", "stage_entry", "deal", "revenue"];
const sales = [...progress, "customer"];

/** The facts behind each table that is not a fact itself. */
const feeds: Readonly<Record<string, readonly string[]>> = {
  accrued_spend: ["spend"],
  pipeline: ["deal"],
  lead_progress: progress,
  handover: [...progress, "touch", "identity"],
  acquisition: sales,
  cohort_revenue: sales,
  revenue_of_leads: sales,
  deals_of_leads: ["deal", ...progress],
  expected_revenue: sales,
  expected_bookings: sales,
  subscription: [...sales, "subscription_change"],
  tenure: [...sales, "subscription_change"],
  stay: [...sales, "subscription_change"],
  credit: [...sales, "touch", "identity", "person_link"],
};

/** The facts that a question's numbers follow from, those that they are looked up in included. */
export function inputsOf(draft: Draft, { definitions }: Context): string[] {
  const { plan, variant } = draft;
  const measures = [...Object.values(variant.parts), ...(plan.rival === undefined ? [] : [plan.rival])];
  const tables = [...measures.map((measure) => measure.table.name), ...lookedUp(draft)];
  const members = plan.members === undefined ? [] : [plan.members.table.name];
  const scored = tables.includes("lead_progress") && looksAtLeads(definitions.mql) ? ["touch", "identity"] : [];
  const found = new Set([...tables, ...members, ...scored].flatMap((table) => feeds[table] ?? [table]));
  return facts.map((fact) => fact.name).filter((fact) => found.has(fact));
}

/** The fingerprint of each of the facts as they were believed, looked at once for each version of them. */
export async function fingerprints(
  names: readonly string[],
  { ledger }: Context,
  database: Database,
  limits: Limits,
): Promise<Receipt["inputs"]> {
  const inputs: Record<string, Receipt["inputs"][string]> = {};
  for (const fact of facts.filter((each) => names.includes(each.name)))
    inputs[fact.name] = await ledger.remembered(`fingerprint ${fact.name}`, () =>
      fingerprintOf(fact, ledger.asOf, database, limits),
    );
  return inputs;
}
