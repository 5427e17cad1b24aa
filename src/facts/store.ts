import { createHash } from "node:crypto";
import type { Connection } from "../engine/database.ts";
import { join, name, raw, runnable, sql, type Sql } from "../engine/sql.ts";
import type { Table } from "../engine/table.ts";
import { collected } from "./collected.ts";
import { derivedTables } from "./derived/index.ts";
import { facts } from "./index.ts";
import { touchNamesTable } from "./derived/touch-names.ts";
import { erasureTables } from "./people/erasure.ts";
import { rejected } from "./rejected.ts";
import { sqlTypes } from "./sql-types.ts";
import { views } from "./views.ts";

/** What every fact has beside its own columns: where the row came from and when it was believed. */
const provenance = "source_name VARCHAR, source_key VARCHAR, load_id INTEGER, known_from TIMESTAMP, known_to TIMESTAMP";

const create = (table: Table): Sql => {
  const columns = Object.values(table.columns).map((column) => raw(`"${column.name}" ${sqlTypes[column.kind]}`));
  return sql`CREATE TABLE IF NOT EXISTS ${name(table.name)} (${join(columns, ", ")}, ${raw(provenance)})`;
};

/** Columns that came with a newer version of Embudo are added, empty. */
async function addMissing(connection: Connection, table: Table): Promise<void> {
  const rows = await connection.rows(sql`SELECT column_name FROM duckdb_columns() WHERE table_name = ${table.name}`);
  const known = new Set(rows.map((row) => String(row["column_name"])));
  for (const column of Object.values(table.columns).filter((each) => !known.has(each.name)))
    await connection.run(
      sql`ALTER TABLE ${name(table.name)} ADD COLUMN ${raw(`"${column.name}" ${sqlTypes[column.kind]}`)}`,
    );
}

/**
 * One row per load: what it read from which source, from when its rows are believed, and when it was over; what was checked
 * after it; every version of a definition; and the names that touches state.
 */
const bookkeeping = [
  touchNamesTable,
  raw("CREATE TABLE IF NOT EXISTS setting (name VARCHAR PRIMARY KEY, value VARCHAR)"),
  raw(
    `CREATE TABLE IF NOT EXISTS load (load_id INTEGER PRIMARY KEY, source_name VARCHAR, origin VARCHAR, started_at TIMESTAMP,
     finished_at TIMESTAMP, fingerprint VARCHAR)`,
  ),
  raw(
    `CREATE TABLE IF NOT EXISTS load_fact (load_id INTEGER, fact VARCHAR, read BIGINT, loaded BIGINT, changed BIGINT,
     unchanged BIGINT, closed BIGINT, rejected BIGINT)`,
  ),
  raw(
    `CREATE TABLE IF NOT EXISTS conservation (load_id INTEGER, subject VARCHAR, dimension VARCHAR, model VARCHAR, grain VARCHAR,
     expected VARCHAR, found VARCHAR, holds BOOLEAN, checked_at TIMESTAMP)`,
  ),
  raw(
    `CREATE TABLE IF NOT EXISTS definition (id VARCHAR, version INTEGER, effective_on DATE, owner VARCHAR, set_by VARCHAR,
     shipped INTEGER, body VARCHAR, known_from TIMESTAMP, PRIMARY KEY (id, version))`,
  ),
];

/** A setting that the store was last written with. */
export async function storedSetting(connection: Connection, setting: string): Promise<string | undefined> {
  const [row] = await connection.rows(sql`SELECT value FROM setting WHERE name = ${setting}`);
  return row === undefined ? undefined : String(row["value"]);
}

export const keepSetting = (connection: Connection, setting: string, value: string) =>
  connection.run(sql`INSERT OR REPLACE INTO setting VALUES (${setting}, ${value})`);

/** The setting that holds the signature of what a store was last made ready with. */
const preparedWith = "prepared_with";

const stored = [...facts, rejected, collected, ...derivedTables];

/** Differs whenever a store would be made ready otherwise. */
const preparation = (): string =>
  createHash("sha256")
    .update([...bookkeeping, ...erasureTables, ...stored.map(create), ...views].map(runnable).join(";\n"))
    .digest("hex");

/** Whether a store has every table and view of this version of Embudo. */
export const isPrepared = async (connection: Connection): Promise<boolean> =>
  (await storedSetting(connection, preparedWith)) === preparation();

/** Creates what is missing; the days of a new store are drawn in the zone. */
export async function prepareStore(connection: Connection, zone: string): Promise<void> {
  await connection.transaction(async () => {
    for (const statement of [...bookkeeping, ...erasureTables]) await connection.run(statement);
    for (const table of stored) {
      await connection.run(create(table));
      await addMissing(connection, table);
    }
    for (const view of views) await connection.run(view);
    if ((await storedSetting(connection, "time_zone")) === undefined) await keepSetting(connection, "time_zone", zone);
    if (!(await isPrepared(connection))) await keepSetting(connection, preparedWith, preparation());
  });
}
