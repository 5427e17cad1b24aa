import type { Connection } from "../../engine/database.ts";
import { sql } from "../../engine/sql.ts";
import { dialects, type DialectName, type Message } from "./dialect.ts";
import { hasRaw } from "./raw.ts";

/** What a source is given to go on from where its last messages ended; undefined where none of them said. */
export async function resumeOf(connection: Connection, source: string): Promise<unknown> {
  if (!(await hasRaw(connection))) return undefined;
  const rows = await connection.rows(sql`SELECT dialect, state FROM raw_state WHERE source_name = ${source}
    AND dialect = (SELECT arg_max(dialect, landed_at) FROM raw_state WHERE source_name = ${source}) ORDER BY part`);
  const [first] = rows;
  if (first === undefined) return undefined;
  const { resumed } = dialects[String(first["dialect"]) as DialectName];
  return resumed(rows.map((row) => JSON.parse(String(row["state"])) as Message));
}
