import type { Connection } from "../engine/database.ts";
import { join, name, raw, sql, type Sql } from "../engine/sql.ts";
import { dayOf, type Table } from "../engine/table.ts";
import { isChannelled } from "./channels/arrivals.ts";
import { group, ungroup } from "./channels/group.ts";
import { groupingOf } from "./channels/grouping.ts";
import type { DerivationRules } from "./derived/rules.ts";
import { facts } from "./index.ts";
import { localDay } from "./local-day.ts";
import { instantOf, type Statement } from "./merge.ts";

/** A column of a fact that follows from others, with what it should be now. */
type Drawn = readonly (readonly [column: string, value: Sql])[];

const daysOf = (fact: Table, zone: string): Drawn =>
  Object.values(fact.columns)
    .filter((column) => column.kind === "instant")
    .map(({ name: at }) => [dayOf(at), localDay(name(at), zone)] as const);

/** The channels that no source stated, and those that could not be derived before. */
const unstated = raw("known_to IS NULL AND (channel IS NULL OR channel_rule IS NOT NULL)");

const grouped: Drawn = (["channel", "channel_rule"] as const).map((column) => [
  column,
  sql`CASE WHEN grouped.row IS NULL THEN f.${name(column)} ELSE grouped.${raw(column === "channel" ? "channel" : "rule")} END`,
]);

async function restateFact(connection: Connection, fact: Table, drawn: Drawn, from: Sql, statement: Statement) {
  if (drawn.length === 0) return;
  const moved = drawn.map(([column, value]) => sql`f.${name(column)} IS DISTINCT FROM ${value}`);
  const anew = drawn.map(([column, value]) => sql`${value} AS ${name(column)}`);
  const at = instantOf(statement.at);
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE restated AS SELECT f.rowid AS row, f.* REPLACE (${join(anew, ", ")})
    FROM ${from} WHERE known_to IS NULL AND (${join(moved, " OR ")})`);
  await connection.run(sql`UPDATE ${name(fact.name)} SET known_to = ${at} WHERE rowid IN (SELECT row FROM restated)`);
  await connection.run(sql`INSERT INTO ${name(fact.name)} BY NAME
    SELECT * EXCLUDE (row) REPLACE (CAST(${statement.loadId} AS INTEGER) AS load_id, ${at} AS known_from) FROM restated`);
  await connection.run(raw("DROP TABLE restated"));
}

/**
 * Brings the days and the derived channels of every current row in line with changed rules. Rows that come out different open
 * a new version of the same source, so that what was answered before can still be asked.
 */
export async function restate(connection: Connection, rules: DerivationRules, statement: Statement): Promise<void> {
  for (const fact of facts) {
    const days = daysOf(fact, rules.zone);
    if (!isChannelled(fact)) {
      await restateFact(connection, fact, days, sql`${name(fact.name)} AS f`, statement);
      continue;
    }
    await group(connection, fact, name(fact.name), unstated, groupingOf(rules.channels));
    const from = sql`${name(fact.name)} AS f LEFT JOIN grouped ON grouped.row = f.rowid`;
    await restateFact(connection, fact, [...days, ...grouped], from, statement);
    await ungroup(connection);
  }
}
