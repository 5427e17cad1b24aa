import { sql, type Sql } from "../engine/sql.ts";

/** The day of an instant in a zone, as an expression over a TIMESTAMP of UTC. */
export const localDay = (instant: Sql, zone: string): Sql =>
  zone === "UTC" ? sql`CAST(${instant} AS DATE)` : sql`CAST(timezone(${zone}, timezone('UTC', ${instant})) AS DATE)`;

/** The last instant (a TIMESTAMP of UTC) of a day of a zone. */
export const endOfDay = (day: Sql, zone: string): Sql => {
  const next = sql`CAST(${day} + 1 AS TIMESTAMP)`;
  const begins = zone === "UTC" ? next : sql`timezone('UTC', timezone(${zone}, ${next}))`;
  return sql`${begins} - INTERVAL 1 MICROSECOND`;
};
