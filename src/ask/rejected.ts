import type { RejectedRequest, RejectedRow } from "../contract/rejected.ts";
import type { Database } from "../engine/database.ts";
import { join, raw, sql } from "../engine/sql.ts";

/** Rows and lines of the last loads that broke a rule, with their reason and what they said. */
export async function rejectedRows(request: RejectedRequest, database: Database): Promise<RejectedRow[]> {
  const { source, fact, limit = 1000, offset = 0 } = request;
  const conditions = [
    raw("known_to IS NULL"),
    ...(source === undefined ? [] : [sql`source_name = ${source}`]),
    ...(fact === undefined ? [] : [sql`fact = ${fact}`]),
  ];
  const rows = await database.use((connection) =>
    connection.rows(sql`SELECT source_name AS source, origin, fact, reason, raw, times FROM rejected
      WHERE ${join(conditions, " AND ")} ORDER BY source, fact, reason, raw LIMIT ${limit} OFFSET ${offset}`),
  );
  return rows.map((row) => ({
    source: String(row["source"]),
    origin: String(row["origin"]),
    fact: String(row["fact"]),
    reason: String(row["reason"]),
    row: row["raw"] === null ? null : String(row["raw"]),
    times: Number(row["times"]),
  }));
}
