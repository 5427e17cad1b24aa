import type { Limits, Tuple } from "../../engine/database.ts";
import type { Plan } from "../../engine/plan.ts";
import { compileRisks } from "../../engine/risks.ts";
import { runnable } from "../../engine/sql.ts";
import type { Exits } from "../../methods/survival/life-table.ts";
import type { Store } from "../store.ts";

/** How the rows of each cell left observation, by age; asked of the database once between two loads. */
export async function riskTable(plan: Plan, { database, ledger }: Store, limits: Limits): Promise<Tuple[]> {
  const query = compileRisks(plan);
  return ledger.remembered(`risks ${runnable(query)}`, () =>
    database.use((connection) => connection.rows(query, limits)),
  );
}

/** A row of the risk table as the methods take it. */
export const exitsOf = (tuple: Tuple): Exits => ({
  age: Number(tuple["age"]),
  reached: Number(tuple["reached"]),
  rival: Number(tuple["rival"]),
  open: Number(tuple["open"]),
});
