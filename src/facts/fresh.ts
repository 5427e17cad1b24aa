import type { Connection } from "../engine/database.ts";
import { join, name, raw, sql, type Sql } from "../engine/sql.ts";
import type { Table } from "../engine/table.ts";
import { hasRows, insertRows, type Statement } from "./merge.ts";
import { count } from "./staged.ts";

/** Whether a fact can be loaded straight from its source: nothing is there that rows could change or contradict. */
export const isFresh = async (connection: Connection, fact: Table): Promise<boolean> =>
  fact.additive.length === 0 && !(await hasRows(connection, fact));

/**
 * Adds the sound rows of a reading to a fresh fact in one pass and leaves the refused ones in `staged`. A row that breaks a
 * rule moves a sequence, so that the source is read again only when there was one. Gives nothing when rows share a key:
 * what was added must then be rolled back and staged.
 */
export async function loadFresh(
  connection: Connection,
  fact: Table,
  rows: Sql,
  staged: Sql,
  statement: Statement,
): Promise<{ loaded: number; rejected: number } | undefined> {
  await connection.run(raw("CREATE OR REPLACE TEMP SEQUENCE refused_rows"));
  const sound = sql`(SELECT * FROM (${rows}) WHERE CASE WHEN _reason IS NULL THEN true ELSE nextval('refused_rows') < 0 END)`;
  const loaded = await insertRows(connection, fact, sound, statement);
  const key = join(fact.key.map(name), ", ");
  const distinct = sql`SELECT count(*) AS n FROM (SELECT DISTINCT ${key} FROM ${name(fact.name)} WHERE known_to IS NULL)`;
  if ((await count(connection, distinct)) !== loaded) return undefined;
  const rejected = (await count(connection, raw("SELECT nextval('refused_rows') AS n"))) - 1;
  const refused =
    rejected === 0
      ? raw("SELECT CAST(NULL AS VARCHAR) AS _reason, CAST(NULL AS VARCHAR) AS _raw LIMIT 0")
      : sql`SELECT * FROM (${rows}) WHERE _reason IS NOT NULL`;
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE ${staged} AS ${refused}`);
  return { loaded, rejected };
}
