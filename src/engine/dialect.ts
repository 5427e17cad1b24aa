import { raw, sql, typed, type Sql } from "./sql.ts";
import type { Day, Grain } from "./time.ts";

/** What differs between the databases that can answer; all else is SQL that each of them understands. */
export interface Dialect {
  readonly name: string;
  /** Where the tables live, put before their names. */
  readonly schema: string;
  readonly startOf: (grain: Grain, day: Sql) => Sql;
  readonly daysBetween: (from: Sql, to: Sql) => Sql;
  readonly median: (value: Sql) => Sql;
  readonly day: (day: Day) => Sql;
  readonly instant: (instant: string) => Sql;
}

export const duckdb: Dialect = {
  name: "duckdb",
  schema: "main",
  startOf: (grain, day) => (grain === "day" ? day : sql`CAST(date_trunc(${raw(`'${grain}'`)}, ${day}) AS DATE)`),
  daysBetween: (from, to) => sql`date_diff('day', ${from}, ${to})`,
  median: (value) => sql`median(${value})`,
  day: (day) => typed(day, "DATE"),
  instant: (instant) => typed(instant.replace(/Z$/, ""), "TIMESTAMP"),
};
