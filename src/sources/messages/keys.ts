import type { Connection } from "../../engine/database.ts";
import { join, sql, type Sql } from "../../engine/sql.ts";

const path = (field: string): Sql => sql`${`$."${field.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`}`;

/** What finds a record again: the declared key, else its `id`, else all of it. */
export async function keyOf(connection: Connection, source: string): Promise<Sql> {
  const rows = await connection.rows(
    sql`SELECT stream, key FROM raw_stream WHERE source_name = ${source} AND coalesce(key, '[]') <> '[]'`,
  );
  const declared = rows.map((row) => {
    const fields = (JSON.parse(String(row["key"])) as string[]).map(
      (field) => sql`json_extract(payload, ${path(field)})`,
    );
    return sql` WHEN stream = ${String(row["stream"])} AND ${join(
      fields.map((field) => sql`${field} IS NOT NULL`),
      " AND ",
    )} THEN CAST(json_array(${join(fields, ", ")}) AS VARCHAR)`;
  });
  return sql`CASE${join(declared, "")} WHEN json_type(payload, '$.id') NOT IN ('NULL', 'OBJECT', 'ARRAY')
    THEN CAST(json_array(json_extract(payload, '$.id')) AS VARCHAR) ELSE '#' || sha256(CAST(payload AS VARCHAR)) END`;
}
