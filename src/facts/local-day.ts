import { sql, type Sql } from "../engine/sql.ts";

/** The day of an instant in a zone, as an expression over a TIMESTAMP of UTC. */
export const localDay = (instant: Sql, zone: string): Sql =>
  zone === "UTC"
    ? sql`CAST(${instant} AS DATE)`
    : sql`CAST(timezone(${zone}, timezone('UTC', ${instant})) AS DATE)`;
