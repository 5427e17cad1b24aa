import { createHash } from "node:crypto";
import type { Connection } from "../../engine/database.ts";
import { join, name, raw, runnable, sql, type Sql } from "../../engine/sql.ts";
import type { Table } from "../../engine/table.ts";
import { localDay } from "../local-day.ts";
import { hasRows, insertRows, merge, type Statement } from "../merge.ts";
import { acquisition, acquisitionRows } from "./acquisition.ts";
import { credit, creditRows } from "./credit.ts";
import { leadProgress, leadProgressRows } from "./lead-progress.ts";
import { origin, originRows } from "./origin.ts";
import type { DerivationRules } from "./rules.ts";
import { subscription, subscriptionRows } from "./subscription.ts";

interface Derivation {
  readonly table: Table;
  readonly rows: (rules: DerivationRules, day: (instant: Sql) => Sql) => Sql;
  /** Rows that are read together are stored together. */
  readonly clustered: readonly string[];
}

/** In the order in which they build on each other. */
const derivations: readonly Derivation[] = [
  { table: leadProgress, rows: leadProgressRows, clustered: ["created_on"] },
  { table: acquisition, rows: acquisitionRows, clustered: [] },
  { table: subscription, rows: subscriptionRows, clustered: [] },
  { table: origin, rows: originRows, clustered: [] },
  { table: credit, rows: creditRows, clustered: ["outcome", "model", "credited_on"] },
];

/** Tables computed from the facts, versioned like them so that they too can be asked as of a past day. */
export const derivedTables: readonly Table[] = derivations.map((each) => each.table);

const rowsBy = (rows: Derivation["rows"], rules: DerivationRules): Sql =>
  rows(rules, (instant) => localDay(instant, rules.zone));

/** Brings every derived table up to date with the facts; rows that come out as before keep their version. */
export async function derive(connection: Connection, rules: DerivationRules, statement: Statement): Promise<void> {
  for (const { table, rows, clustered } of derivations) {
    const columns = join(Object.keys(table.columns).map(name), ", ");
    const order = clustered.length === 0 ? raw("") : sql` ORDER BY ${join(clustered.map(name), ", ")}`;
    const derived = sql`SELECT ${columns}, CAST(NULL AS VARCHAR) AS source_key
      FROM (${rowsBy(rows, rules)})${order}`;
    const stating = { ...statement, source: "(derived)" };
    if (!(await hasRows(connection, table))) {
      await insertRows(connection, table, sql`(${derived})`, stating);
      continue;
    }
    await connection.run(sql`CREATE OR REPLACE TEMP TABLE derived AS ${derived}`);
    await merge(connection, table, raw("derived"), stating, raw("true"));
    await connection.run(raw("DROP TABLE derived"));
  }
}

/** Differs whenever derived tables would come out differently: for other rules, other columns or another derivation. */
export function derivationSignature(rules: DerivationRules): string {
  const texts = derivations.map(({ table, rows }) => [Object.keys(table.columns), runnable(rowsBy(rows, rules))]);
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex");
}
