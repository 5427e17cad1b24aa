import { duckdb, type Dialect } from "./dialect.ts";
import type { Plan } from "./plan.ts";
import { believed, qualified } from "./relation.ts";
import { name, raw, sql, type Sql } from "./sql.ts";
import type { Joins, Table } from "./table.ts";

/** An earlier and a later instant of knowledge. */
export type Instants = readonly [Pick<Plan, "asOf">, Pick<Plan, "asOf">];

/** What is named as a part of a whole, at the instants for which a condition holds. */
const parts = ({ table, named, into, among }: Joins, which: Sql, dialect: Dialect): Sql =>
  sql`SELECT t.${name(named)} AS named, t.${name(into)} AS whole
      FROM ${qualified(table, dialect)} AS t WHERE t.${name(among.column)} = ${among.value} AND ${which}`;

/** The parts that went over to another whole between two instants, and the wholes that grew by that. */
function growth(joins: Joins, [earlier, later]: Instants, dialect: Dialect): { kept: Sql; moved: Sql } {
  const [then, now] = [believed(raw("t"), earlier, dialect), believed(raw("t"), later, dialect)];
  const gained = parts(joins, sql`${now} AND NOT (${then})`, dialect);
  const lost = parts(joins, sql`${then} AND NOT (${now})`, dialect);
  return {
    kept: parts(joins, sql`${now} AND ${then}`, dialect),
    moved: sql`moved_part AS (
      SELECT named, now_part.whole, then_part.whole AS before
      FROM (${gained}) AS now_part JOIN (${lost}) AS then_part USING (named)),
    grown AS (SELECT DISTINCT whole FROM moved_part WHERE whole <> before)`,
  };
}

/** Whether any whole grew between two instants: one row with `grew`. */
export const anyGrew = (joins: Joins, instants: Instants, dialect: Dialect = duckdb): Sql =>
  sql`WITH ${growth(joins, instants, dialect).moved} SELECT count(*) > 0 AS grew FROM grown`;

/** Rows that name something of which another thing became part between two instants, or which became part of one. */
export function joined(table: Table, instants: Instants, dialect: Dialect): Sql {
  const { joins, key } = table;
  if (joins === undefined) return raw("joined AS (SELECT NULL AS own WHERE false)");
  const { by } = joins;
  const { kept, moved } = growth(joins, instants, dialect);
  const now = (row: string) => believed(raw(row), instants[1], dialect);
  return sql`joined AS (
    WITH ${moved},
    side AS (
      SELECT * FROM moved_part WHERE whole IN (FROM grown)
      UNION ALL SELECT named, whole, whole FROM (${kept}) AS kept WHERE whole IN (FROM grown))
    SELECT DISTINCT t.${name(key[0] ?? "")} AS own
    FROM ${qualified(table, dialect)} AS t JOIN ${qualified(by.table, dialect)} AS there ON there.${name(by.on)} = t.${name(by.on)}
      AND ${now("there")} JOIN side ON side.named = there.${name(by.column)}
    WHERE ${now("t")} AND side.whole IN (SELECT whole FROM side GROUP BY whole HAVING count(DISTINCT before) > 1))`;
}
