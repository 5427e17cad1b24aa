import type { Connection } from "../engine/database.ts";
import { join, name, raw, sql } from "../engine/sql.ts";
import { dayOf, type Table } from "../engine/table.ts";
import { facts } from "./index.ts";
import { localDay } from "./local-day.ts";
import { instantOf, type Statement } from "./merge.ts";

async function redateFact(connection: Connection, fact: Table, zone: string, statement: Statement): Promise<void> {
  const instants = Object.values(fact.columns).filter((column) => column.kind === "instant");
  if (instants.length === 0) return;
  const days = instants.map(({ name: at }) => ({ day: name(dayOf(at)), drawn: localDay(name(at), zone) }));
  const moved = days.map(({ day, drawn }) => sql`${day} IS DISTINCT FROM ${drawn}`);
  const drawn = days.map(({ day, drawn: anew }) => sql`${anew} AS ${day}`);
  const at = instantOf(statement.at);
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE redated AS SELECT rowid AS row, * REPLACE (${join(drawn, ", ")})
    FROM ${name(fact.name)} WHERE known_to IS NULL AND (${join(moved, " OR ")})`);
  await connection.run(sql`UPDATE ${name(fact.name)} SET known_to = ${at} WHERE rowid IN (SELECT row FROM redated)`);
  await connection.run(sql`INSERT INTO ${name(fact.name)} BY NAME
    SELECT * EXCLUDE (row) REPLACE (CAST(${statement.loadId} AS INTEGER) AS load_id, ${at} AS known_from) FROM redated`);
  await connection.run(raw("DROP TABLE redated"));
}

/**
 * Draws the days of every current row in another zone. Rows whose day moves open a new version of the same source, so that
 * what was answered before can still be asked.
 */
export async function redate(connection: Connection, zone: string, statement: Statement): Promise<void> {
  for (const fact of facts) await redateFact(connection, fact, zone, statement);
}
