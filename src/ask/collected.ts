import type { CollectedRequest, CollectedRow } from "../contract/collected.ts";
import type { Database } from "../engine/database.ts";
import { join, raw, sql } from "../engine/sql.ts";

/** How many events came to each site, by day, type and what became of them. */
export async function collectedEvents(request: CollectedRequest, database: Database): Promise<CollectedRow[]> {
  const { site, from, to } = request;
  const conditions = [
    raw("known_to IS NULL"),
    ...(site === undefined ? [] : [sql`site = ${site}`]),
    ...(from === undefined ? [] : [sql`day >= CAST(${from} AS DATE)`]),
    ...(to === undefined ? [] : [sql`day < CAST(${to} AS DATE)`]),
  ];
  const rows = await database.use((connection) =>
    connection.rows(sql`SELECT site, day, type, outcome, sum(events) AS events FROM collected
      WHERE ${join(conditions, " AND ")} GROUP BY ALL ORDER BY day, site, type, outcome`),
  );
  return rows.map((row) => ({
    site: String(row["site"]),
    day: String(row["day"]),
    type: String(row["type"]),
    outcome: String(row["outcome"]),
    events: Number(row["events"]),
  }));
}
