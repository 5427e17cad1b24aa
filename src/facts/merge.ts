import type { Connection } from "../engine/database.ts";
import { join, name, raw, sql, typed, type Sql } from "../engine/sql.ts";
import type { Table } from "../engine/table.ts";
import { count } from "./staged.ts";

/** Who states the rows, in which load, and the instant from which they are believed (ISO 8601). */
export interface Statement {
  readonly source: string;
  readonly loadId: number;
  readonly at: string;
}

export interface Merged {
  readonly loaded: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly closed: number;
}

export const equalOn = (columns: readonly string[], left: Sql, right: Sql): Sql =>
  join(
    columns.map((column) => sql`${left}.${name(column)} IS NOT DISTINCT FROM ${right}.${name(column)}`),
    " AND ",
  );

/** A key column that every row has joins with `=`, which is cheaper than the comparison that lets nulls meet. */
const sameKey = (table: Table): Sql =>
  join(
    table.key.map((column) => {
      const equals = table.columns[column]?.required ? raw("=") : raw("IS NOT DISTINCT FROM");
      return sql`s.${name(column)} ${equals} f.${name(column)}`;
    }),
    " AND ",
  );

/** The rows that a statement may change: where sources replace their own rows, only theirs. */
const current = (table: Table, source: string): Sql =>
  table.replacedBy.length === 0
    ? sql`(SELECT rowid AS row, * FROM ${name(table.name)} WHERE known_to IS NULL)`
    : sql`(SELECT rowid AS row, * FROM ${name(table.name)} WHERE known_to IS NULL AND source_name = ${source})`;

/** Those of them that were found before; reading rows by their number passes over all others. */
const held = (table: Table): Sql =>
  sql`(SELECT rowid AS row, * FROM ${name(table.name)} WHERE rowid IN (SELECT row FROM held_rows) AND known_to IS NULL)`;

/** An ISO 8601 instant as a timestamp of UTC. */
export const instantOf = (at: string): Sql => typed(at.replace(/Z$/, ""), "TIMESTAMP");

/** Whether any row of the table is believed now. */
export const hasRows = async (connection: Connection, table: Table): Promise<boolean> =>
  (await connection.rows(sql`SELECT 1 AS one FROM ${name(table.name)} WHERE known_to IS NULL LIMIT 1`)).length > 0;

/** Adds rows as believed from the statement on; returns how many. */
export const insertRows = (connection: Connection, table: Table, from: Sql, statement: Statement): Promise<number> =>
  connection.run(sql`INSERT INTO ${name(table.name)} BY NAME SELECT ${join(Object.keys(table.columns).map(name), ", ")},
    ${statement.source} AS source_name, source_key, ${statement.loadId} AS load_id, ${instantOf(statement.at)} AS known_from,
    NULL AS known_to FROM ${from}`);

/** The rows that have the same values in some columns as a row of another table. */
export interface Among {
  readonly table: Sql;
  readonly columns: readonly string[];
}

/** Which current rows a statement is about. */
export interface Scope {
  /** Rows that are closed where they are not staged: a condition over alias `f`. */
  readonly vanishing?: Sql;
  /** The only rows that are looked at: whatever is staged is among them, and what of them is not staged is closed. */
  readonly within?: Among;
}

/**
 * Makes the current versions of a table say what `staged` says: a row with a new key is added, a row whose content
 * differs closes its old version (`known_to`) and opens a new one, and an equal row is left alone.
 */
export async function merge(
  connection: Connection,
  table: Table,
  staged: Sql,
  statement: Statement,
  { vanishing, within }: Scope = {},
): Promise<Merged> {
  if (!(await hasRows(connection, table)))
    return { loaded: await insertRows(connection, table, staged, statement), changed: 0, unchanged: 0, closed: 0 };
  if (within === undefined)
    return mergeInto(connection, table, current(table, statement.source), staged, statement, vanishing);
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE held_rows AS
    SELECT rowid AS row FROM ${name(table.name)} SEMI JOIN ${within.table} USING (${join(within.columns.map(name), ", ")})
    WHERE known_to IS NULL`);
  const merged = await mergeInto(
    connection,
    table,
    held(table),
    staged,
    statement,
    raw("f.rowid IN (SELECT row FROM held_rows)"),
  );
  await connection.run(raw("DROP TABLE held_rows"));
  return merged;
}

async function mergeInto(
  connection: Connection,
  table: Table,
  rows: Sql,
  staged: Sql,
  statement: Statement,
  vanishing?: Sql,
): Promise<Merged> {
  const target = name(table.name);
  const at = instantOf(statement.at);
  const stated = await count(connection, sql`SELECT count(*) AS n FROM ${staged}`);
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE same_rows AS
    SELECT f.row, ${equalOn(Object.keys(table.columns), raw("s"), raw("f"))} AS equal
    FROM ${rows} AS f JOIN ${staged} AS s ON ${sameKey(table)}`);
  const unchanged = await count(connection, raw("SELECT count(*) AS n FROM same_rows WHERE equal"));
  const changed = await count(connection, raw("SELECT count(*) AS n FROM same_rows WHERE NOT equal"));
  const closed =
    vanishing === undefined
      ? 0
      : await connection.run(sql`UPDATE ${target} AS f SET known_to = ${at}
          WHERE f.known_to IS NULL AND ${vanishing} AND f.rowid NOT IN (SELECT row FROM same_rows)`);
  if (changed > 0)
    await connection.run(
      sql`UPDATE ${target} SET known_to = ${at} WHERE rowid IN (SELECT row FROM same_rows WHERE NOT equal)`,
    );
  if (stated > unchanged)
    await insertRows(connection, table, sql`${staged} AS s ANTI JOIN ${rows} AS f ON ${sameKey(table)}`, statement);
  await connection.run(raw("DROP TABLE same_rows"));
  return { loaded: stated - unchanged - changed, changed, unchanged, closed };
}
