import { connect } from "../../engine/components.ts";
import type { Connection } from "../../engine/database.ts";
import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";
import type { Table } from "../../engine/table.ts";
import { localDay } from "../local-day.ts";
import { hasRows, insertRows, merge, type Scope, type Statement } from "../merge.ts";
import type { DerivationRules } from "./rules.ts";

/** A table that counts what facts state, from which rows are derived; it is kept by load, without versions. */
interface Counted {
  readonly rows: Sql;
  readonly whole: (connection: Connection) => Promise<unknown>;
  /** Counts what a load moved, and leaves a temporary table of it, named `left`, for what is affected. */
  readonly changed: (connection: Connection, statement: Statement) => Promise<void>;
  readonly left: string;
}

/** Queries by the names of the temporary tables that they become. */
export type Steps = Readonly<Record<string, Sql>>;

/** What rows are read from beside tables. */
interface Preparation {
  /** All of it, or what concerns the things that the table `among` names. */
  readonly steps: (rules: DerivationRules, among?: Sql) => Steps;
  /** The edges of what hangs together, which is found as the table `component`. */
  readonly edges?: Sql;
}

/** Steps that end in what a load affected. */
export type Affected = Steps & { readonly affected: Sql };

/** How a table is brought up to date without deriving all of it. */
interface Change {
  /** The columns that name the things whose rows are derived together. */
  readonly of: readonly string[];
  /**
   * Temporary tables in order, of which the last, `affected`, has those things of which a load may have changed a row. How many rows
   * a table has is known when the next is found, which decides how it is read.
   */
  readonly affected: (rules: DerivationRules, statement: Statement) => Affected;
}

/** How a derived table comes about. */
export interface Derivation {
  readonly table: Table;
  /** All rows, or those of the things that the table `among` names, where it has a `change`. */
  readonly rows: (rules: DerivationRules, day: (instant: Sql) => Sql, among?: Sql) => Sql;
  readonly change?: Change;
  /** Rows that are read together are stored together. */
  readonly clustered: readonly string[];
  readonly counted?: Counted;
  readonly before?: Preparation;
}

/** A table's rows by the rules, with days in their zone. */
export const rowsBy = (rows: Derivation["rows"], rules: DerivationRules, among?: Sql): Sql =>
  rows(rules, (instant) => localDay(instant, rules.zone), among);

/** Makes temporary tables in order, and gives what drops them. */
async function take(connection: Connection, steps: Steps): Promise<() => Promise<void>> {
  for (const [step, query] of Object.entries(steps))
    await connection.run(sql`CREATE OR REPLACE TEMP TABLE ${name(step)} AS ${query}`);
  return async () => {
    for (const step of Object.keys(steps)) await connection.run(sql`DROP TABLE ${name(step)}`);
  };
}

/** Makes what rows are read from beside tables, and gives what drops it. */
async function prepare(connection: Connection, before: Preparation | undefined, rules: DerivationRules, among?: Sql) {
  if (before === undefined) return () => Promise.resolve();
  const clear = await take(connection, before.steps(rules, among));
  if (before.edges === undefined) return clear;
  await connect(connection, before.edges, "component");
  return async () => {
    await clear();
    await connection.run(raw("DROP TABLE component"));
  };
}

/** The rows as they are stored, in the order in which they are. */
function stored({ table, rows, clustered }: Derivation, rules: DerivationRules, among?: Sql): Sql {
  const columns = join(Object.keys(table.columns).map(name), ", ");
  const order = clustered.length === 0 ? raw("") : sql` ORDER BY ${join(clustered.map(name), ", ")}`;
  return sql`SELECT ${columns}, CAST(NULL AS VARCHAR) AS source_key FROM (${rowsBy(rows, rules, among)})${order}`;
}

async function mergeRows(connection: Connection, table: Table, rows: Sql, statement: Statement, scope: Scope) {
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE derived AS ${rows}`);
  await merge(connection, table, raw("derived"), statement, scope);
  await connection.run(raw("DROP TABLE derived"));
}

/** Derives all of a table. */
export async function deriveWhole(
  connection: Connection,
  one: Derivation,
  rules: DerivationRules,
  statement: Statement,
) {
  await one.counted?.whole(connection);
  const clear = await prepare(connection, one.before, rules);
  if (await hasRows(connection, one.table))
    await mergeRows(connection, one.table, stored(one, rules), statement, { vanishing: raw("true") });
  else await insertRows(connection, one.table, sql`(${stored(one, rules)})`, statement);
  await clear();
}

/** Derives the rows of a table that a load may have changed. */
export async function deriveAffected(
  connection: Connection,
  one: Derivation,
  { of, affected }: Change,
  rules: DerivationRules,
  statement: Statement,
) {
  await one.counted?.changed(connection, statement);
  const forget = await take(connection, affected(rules, statement));
  if (one.counted !== undefined) await connection.run(sql`DROP TABLE ${name(one.counted.left)}`);
  const among = raw("affected");
  const clear = await prepare(connection, one.before, rules, among);
  const within = { table: among, columns: of };
  await mergeRows(connection, one.table, stored(one, rules, among), statement, { within });
  await clear();
  await forget();
}
