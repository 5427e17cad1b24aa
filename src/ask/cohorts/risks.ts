import type { Limits, Tuple } from "../../engine/database.ts";
import type { Plan } from "../../engine/plan.ts";
import { compileRisks, unsplit, youngRows } from "../../engine/risks.ts";
import { runnable, type Sql } from "../../engine/sql.ts";
import type { Exits } from "../../methods/survival/life-table.ts";
import type { Store } from "../store.ts";

/** How rows of a cohort left observation, by age: those of each cell, those of the total, and all that are known. */
export interface RiskTables {
  /** The exits of the cell of a period and a key, as far as some of its rows may still be open. */
  readonly cell: (period: string | null, key: readonly (string | null)[]) => readonly Exits[];
  readonly total: readonly Exits[];
  readonly known: readonly Exits[];
  /** The statements that gave them. */
  readonly sql: readonly string[];
}

const exitsOf = (tuple: Tuple): Exits => ({
  age: Number(tuple["age"]),
  reached: Number(tuple["reached"]),
  rival: Number(tuple["rival"]),
  open: Number(tuple["open"]),
  ...(tuple["delay"] == null ? {} : { delay: Number(tuple["delay"]) }),
});

const addressOf = (period: string | null, key: readonly (string | null)[]): string => JSON.stringify([period, key]);

function addressOfTuple(tuple: Tuple, { keys, grain }: Plan): string {
  const text = (column: string) => (tuple[column] == null ? null : String(tuple[column]));
  return addressOf(grain === undefined ? null : text("period"), keys.map(text));
}

function cellsOf(plan: Plan, tuples: readonly Tuple[]): RiskTables["cell"] {
  const byAddress = Map.groupBy(tuples, (tuple) => addressOfTuple(tuple, plan));
  return (period, key) => (byAddress.get(addressOf(period, key)) ?? []).map(exitsOf);
}

/** Asks the database once between two loads. */
const ask = (query: Sql, { database, ledger }: Store, limits: Limits): Promise<Tuple[]> =>
  ledger.remembered(`risks ${runnable(query)}`, () => database.use((connection) => connection.rows(query, limits)));

/** The risk tables of a plan without keys, from one pass over all rows known. */
async function inOnePass(plan: Plan, store: Store, limits: Limits): Promise<RiskTables> {
  const query = compileRisks(plan, true);
  const all = await ask(query, store, limits);
  const asked = all.filter((tuple) => tuple["asked"] === true);
  return {
    cell: cellsOf(plan, asked),
    total: asked.map(exitsOf),
    known: all.map(exitsOf),
    sql: [`-- how many rows left observation, by age: those asked for, and all others known\n${runnable(query)}`],
  };
}

/** The risk tables of keys, in periods that are still young, or of one cell, which knows rows beyond its own. */
async function apart(plan: Plan, store: Store, limits: Limits): Promise<RiskTables> {
  const isCell = plan.slices.some((slice) => slice.ofCell === true);
  const [own, everyone] = [compileRisks(isCell ? plan : youngRows(plan)), compileRisks(unsplit(plan), true)];
  const [cells, all] = await Promise.all([ask(own, store, limits), ask(everyone, store, limits)]);
  return {
    cell: cellsOf(plan, cells),
    total: (isCell ? cells : all.filter((tuple) => tuple["asked"] === true)).map(exitsOf),
    known: all.map(exitsOf),
    sql: [
      `-- how many rows left observation, by age\n${runnable(own)}`,
      `-- the same of all rows known\n${runnable(everyone)}`,
    ],
  };
}

/** The risk tables of a plan: its cells, its total, and all rows known under the same filters. */
export const riskTables = (plan: Plan, store: Store, limits: Limits): Promise<RiskTables> =>
  plan.keys.length > 0 || plan.slices.some((slice) => slice.ofCell === true)
    ? apart(plan, store, limits)
    : inOnePass(plan, store, limits);
