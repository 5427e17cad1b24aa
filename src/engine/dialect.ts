import { raw, sql, type Sql } from "./sql.ts";
import type { Day, Grain } from "./time.ts";

/** What differs between the databases that can answer; all else is SQL that each of them understands. */
export interface Dialect {
  readonly name: string;
  /** Where the tables live, put before their names. */
  readonly schema: string;
  readonly startOf: (grain: Grain, day: Sql) => Sql;
  readonly daysBetween: (from: Sql, to: Sql) => Sql;
  /** Days from one instant to another, to the minute, as a fraction. */
  readonly elapsed: (from: Sql, to: Sql) => Sql;
  readonly median: (value: Sql) => Sql;
  /** How often each value occurs among the rows of a FILTER clause, as JSON: `{"3":1,"8":2}`. */
  readonly frequencies: (value: Sql, filter: Sql) => Sql;
  /** The least value that so large a share of the values does not exceed. */
  readonly quantile: (value: Sql, share: number) => Sql;
  readonly day: (day: Day) => Sql;
  readonly instant: (instant: string) => Sql;
}

/** Days and instants are written into the text, so that the planner knows the range; nothing else can get in with them. */
function checked(form: RegExp, text: string): string {
  if (!form.test(text)) throw new RangeError(`${text} is no day or instant`);
  return text;
}

/** So many days before a day as a part of it says: several times as fast as cutting it off by `date_trunc`. */
const daysBack = (day: Sql, part: string): Sql => sql`${day} - CAST(${raw(part)}(${day}) - 1 AS INTEGER)`;

const starts: Readonly<Record<Grain, (day: Sql) => Sql>> = {
  day: (day) => day,
  week: (day) => daysBack(day, "isodow"),
  month: (day) => daysBack(day, "day"),
  quarter: (day) => sql`CAST(date_trunc('quarter', ${day}) AS DATE)`,
  year: (day) => daysBack(day, "dayofyear"),
};

export const duckdb: Dialect = {
  name: "duckdb",
  schema: "main",
  startOf: (grain, day) => starts[grain](day),
  daysBetween: (from, to) => sql`(${to} - ${from})`,
  elapsed: (from, to) => sql`date_sub('minute', ${from}, ${to}) / 1440`,
  median: (value) => sql`median(${value})`,
  frequencies: (value, filter) => sql`CAST(to_json(histogram(${value})${filter}) AS VARCHAR)`,
  quantile: (value, share) => sql`quantile_disc(${value}, ${raw(String(share))})`,
  day: (day) => raw(`DATE '${checked(/^\d{4}-\d{2}-\d{2}$/, day)}'`),
  instant: (instant) =>
    raw(
      `TIMESTAMP '${checked(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/, instant)
        .replace("T", " ")
        .replace("Z", "")}'`,
    ),
};
