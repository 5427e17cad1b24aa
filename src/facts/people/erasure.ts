import type { Connection } from "../../engine/database.ts";
import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";
import type { Table } from "../../engine/table.ts";
import { lead } from "../lead.ts";
import { touch } from "../touch.ts";
import { count } from "../staged.ts";
import { hashed, stamp, stampSql } from "./hashed.ts";

/** Who was erased, when and by whom; and by what they are recognised: stamps of their names, which do not give the names back. */
export const erasureTables: readonly Sql[] = [
  raw(
    "CREATE TABLE IF NOT EXISTS erasure (tombstone VARCHAR PRIMARY KEY, erased_at TIMESTAMP, erased_by VARCHAR, rows BIGINT)",
  ),
  raw("CREATE TABLE IF NOT EXISTS erased_name (stamp VARCHAR PRIMARY KEY, tombstone VARCHAR)"),
];

/** The columns of a fact that name a person, with the kind of alias that they hold; an own row is recognised by its key. */
const naming: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lead: {
    person_id: "person",
    email: "email",
    phone: "phone",
    visitor: "visitor",
    click_id: "click_id",
    lead_id: "lead",
  },
  touch: { person_id: "person", visitor: "visitor", click_id: "click_id" },
  identity: { person_id: "person" },
};

/** The columns that are emptied, beside the person's id. What a channel was derived from is gone, so it is as if stated. */
const emptied: Readonly<Record<string, readonly string[]>> = {
  lead: ["email", "phone", "visitor", "click_id", "channel_rule"],
  touch: ["visitor", "click_id", "url", "referrer", "channel_rule"],
};

/** The facts that keep their rows when a person is erased, without what is personal in them. */
export const keeping: readonly Table[] = [lead, touch];

/** What a row becomes: of a person without a name. */
export const withoutPerson = (fact: Table, tombstone: Sql): Sql =>
  join(
    [sql`person_id = ${tombstone}`, ...(emptied[fact.name] ?? []).map((column) => sql`${name(column)} = NULL`)],
    ", ",
  );

/** Whether anybody was ever erased. */
export const anyErased = async (connection: Connection): Promise<boolean> =>
  (await count(connection, raw("SELECT count(*) AS n FROM erased_name"))) > 0;

/** Tests any word for being a name of somebody who was erased; undefined where nobody ever was. */
export async function erasedNames(
  connection: Connection,
  pepper: string,
): Promise<((word: string) => boolean) | undefined> {
  const rows = await connection.rows(raw("SELECT stamp FROM erased_name"));
  if (rows.length === 0) return undefined;
  const stamps = new Set(rows.map((row) => String(row["stamp"])));
  const is = (kind: string, name: string) => stamps.has(stamp(kind, name, pepper));
  return (word) =>
    ["person", "visitor", "click_id", "lead"].some((kind) => is(kind, word)) ||
    is("email", hashed(word, "email", pepper)) ||
    (/\d{5}/.test(word) && is("phone", hashed(word, "phone", pepper)));
}

const stampsOf = (fact: Table, pepper: string): Sql => {
  const stamps = Object.entries(naming[fact.name] ?? {}).map(([column, kind]) =>
    stampSql(sql`${kind}`, name(column), pepper),
  );
  const alias = fact.name === "identity" ? [stampSql(raw("alias_kind"), raw("alias"), pepper)] : [];
  return sql`[${join([...stamps, ...alias], ", ")}]`;
};

/** Staged rows that name somebody who was erased, with whom; `recognised` stays until the next fact. */
async function recognise(connection: Connection, fact: Table, staged: Sql, pepper: string): Promise<number> {
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE recognised AS
    SELECT row, min(tombstone) AS tombstone FROM (SELECT rowid AS row, unnest(${stampsOf(fact, pepper)}) AS stamp FROM ${staged})
    JOIN erased_name USING (stamp) GROUP BY row`);
  return count(connection, raw("SELECT count(*) AS n FROM recognised"));
}

/** Other names that identities state of somebody who was erased are theirs too. */
const adopt = (connection: Connection, staged: Sql, pepper: string): Promise<number> =>
  connection.run(sql`INSERT OR IGNORE INTO erased_name
    SELECT stamp, min(tombstone) FROM (
      SELECT unnest([${stampSql(raw("alias_kind"), raw("alias"), pepper)}, ${stampSql(sql`${"person"}`, raw("person_id"), pepper)}]) AS stamp, tombstone
      FROM ${staged} AS s JOIN recognised ON recognised.row = s.rowid)
    WHERE stamp IS NOT NULL GROUP BY stamp`);

/** Erases again, from rows that are about to be loaded, who was erased before; returns how many rows named them. */
export async function eraseAgain(connection: Connection, fact: Table, staged: Sql, pepper: string): Promise<number> {
  if (!(fact.name in naming)) return 0;
  const found = await recognise(connection, fact, staged, pepper);
  if (found === 0) return 0;
  if (fact.name === "identity") {
    await adopt(connection, staged, pepper);
    await recognise(connection, fact, staged, pepper);
    await connection.run(sql`DELETE FROM ${staged} WHERE rowid IN (SELECT row FROM recognised)`);
  } else {
    await connection.run(sql`UPDATE ${staged} AS s SET ${withoutPerson(fact, raw("tombstone"))},
      _raw = CASE WHEN _raw IS NOT NULL THEN '(erased)' END FROM recognised WHERE recognised.row = s.rowid`);
  }
  return found;
}
