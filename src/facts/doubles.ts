import type { Connection } from "../engine/database.ts";
import { join, name, raw, sql } from "../engine/sql.ts";
import type { Table } from "../engine/table.ts";
import { goalsSource } from "./goals-source.ts";
import { equalOn } from "./merge.ts";
import { count, sound, stagedName } from "./staged.ts";

async function addUp(connection: Connection, fact: Table): Promise<void> {
  const columns = [...Object.keys(fact.columns), "source_key"].map((column) => {
    if (fact.key.includes(column)) return name(column);
    if (fact.additive.includes(column)) return sql`sum(${name(column)}) AS ${name(column)}`;
    return sql`min(${name(column)}) AS ${name(column)}`;
  });
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE summed AS
    SELECT ${join(columns, ", ")}, NULL AS _reason, NULL AS _raw FROM ${sound(fact)} GROUP BY ${join(fact.key.map(name), ", ")}`);
  await connection.run(sql`DELETE FROM ${stagedName(fact)} WHERE _reason IS NULL`);
  await connection.run(sql`INSERT INTO ${stagedName(fact)} BY NAME SELECT * FROM summed`);
  await connection.run(raw("DROP TABLE summed"));
}

/** Of rows that share a key the first in the order of their content stays; equal ones are one row, others are refused. */
async function refuseDoubles(connection: Connection, fact: Table): Promise<void> {
  const content = join(Object.keys(fact.columns).map(name), ", ");
  const key = join(fact.key.map(name), ", ");
  const twice = sql`(SELECT ${key} FROM ${sound(fact)} GROUP BY ALL HAVING count(*) > 1)`;
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE doubles AS
    SELECT row, dense_rank() OVER (PARTITION BY ${key} ORDER BY ${content}) AS content,
      row_number() OVER (PARTITION BY ${content}) AS repeated
    FROM (SELECT rowid AS row, * FROM ${stagedName(fact)} WHERE _reason IS NULL) AS s
    SEMI JOIN ${twice} AS f ON ${equalOn(fact.key, raw("s"), raw("f"))}`);
  await connection.run(
    sql`DELETE FROM ${stagedName(fact)} WHERE rowid IN (SELECT row FROM doubles WHERE repeated > 1)`,
  );
  await connection.run(sql`UPDATE ${stagedName(fact)} AS s
    SET _reason = ${`another row of the same load has the same ${fact.key.join(", ")}`}, _raw = CAST(to_json(s) AS VARCHAR)
    WHERE rowid IN (SELECT row FROM doubles WHERE content > 1)`);
  await connection.run(raw("DROP TABLE doubles"));
}

/** Makes one row of those that share a key: equal ones are one, additive ones are summed, others are refused but one. */
export async function settleDoubles(connection: Connection, fact: Table): Promise<void> {
  const key = join(fact.key.map(name), ", ");
  const distinct = sql`SELECT count(*) AS n FROM (SELECT DISTINCT ${key} FROM ${sound(fact)})`;
  const all = await count(connection, sql`SELECT count(*) AS n FROM ${sound(fact)}`);
  if (all === (await count(connection, distinct))) return;
  await (fact.additive.length > 0 ? addUp(connection, fact) : refuseDoubles(connection, fact));
}

/** A row belongs to the source that stated it first; another source may repeat it but not contradict it. */
export async function refuseContradictions(connection: Connection, fact: Table, source: string): Promise<void> {
  if (fact.replacedBy.length > 0) return;
  const others = sql`(SELECT * FROM ${name(fact.name)} WHERE known_to IS NULL AND source_name <> ${source})`;
  if ((await count(connection, sql`SELECT count(*) AS n FROM ${others}`)) === 0) return;
  const columns = Object.keys(fact.columns);
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE contradictions AS
    SELECT s.rowid AS row, f.source_name AS holder FROM ${stagedName(fact)} AS s JOIN ${others} AS f
      ON ${equalOn(fact.key, raw("s"), raw("f"))} WHERE s._reason IS NULL AND NOT (${equalOn(columns, raw("s"), raw("f"))})`);
  await connection.run(sql`UPDATE ${stagedName(fact)} AS s SET _reason = CASE holder
      WHEN ${goalsSource} THEN 'somebody set this goal by hand, which stands; \`embudo goal remove\` lets this row count'
      ELSE 'the source ' || holder || ' states this row differently' END,
    _raw = CAST(to_json(s) AS VARCHAR) FROM contradictions WHERE s.rowid = contradictions.row`);
  await connection.run(raw("DROP TABLE contradictions"));
}
