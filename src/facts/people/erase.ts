import type { Connection } from "../../engine/database.ts";
import { name, raw, sql, type Sql } from "../../engine/sql.ts";
import { derivedTables, derive } from "../derived/index.ts";
import { person } from "../derived/person.ts";
import type { FactRules } from "../derived/rules.ts";
import { identity } from "../identity.ts";
import { beginLoad, endLoad } from "../loads.ts";
import { instantOf } from "../merge.ts";
import { personLink } from "../person-link.ts";
import { peopleSource } from "./by-hand.ts";
import { keeping, withoutPerson } from "./erasure.ts";
import { leaveDue } from "./leftovers.ts";
import { stampSql } from "./hashed.ts";

/** The fingerprint of a load that erased a person. */
const erasing = "erased";

/** The names that are the person's alone, those of before included. */
const names = (id: string): Sql => sql`CREATE OR REPLACE TEMP TABLE personal AS
  WITH own AS (SELECT alias_kind, alias FROM person WHERE known_to IS NULL AND person_id = ${id}),
  earlier AS (
    SELECT identity.alias_kind, identity.alias FROM identity
    WHERE person_id IN (SELECT alias FROM own WHERE alias_kind = 'person'))
  SELECT * FROM own
  UNION SELECT earlier.* FROM earlier ANTI JOIN person
    ON person.known_to IS NULL AND person.alias_kind = earlier.alias_kind AND person.alias = earlier.alias
      AND person.person_id IS DISTINCT FROM ${id}
  UNION SELECT 'lead', lead_id FROM lead
    WHERE coalesce(person_id, 'lead ' || lead_id) IN (SELECT alias FROM own WHERE alias_kind = 'person')`;

const is = (kind: string, cell: Sql): Sql => sql`${cell} IN (SELECT alias FROM personal WHERE alias_kind = ${kind})`;

const theirs: Readonly<Record<string, Sql>> = {
  lead: sql`${is("lead", raw("lead_id"))} OR ${is("person", raw("person_id"))} OR ${is("email", raw("email"))} OR ${is("phone", raw("phone"))}`,
  touch: sql`${is("person", raw("person_id"))} OR (person_id IS NULL
    AND (${is("visitor", raw("visitor"))} OR (visitor IS NULL AND ${is("click_id", raw("click_id"))})))`,
};

/** Raw rows of sources are text: a name is looked for where nothing goes on before or behind it. */
const mentioned = sql`EXISTS (SELECT 1 FROM personal
  WHERE contains(raw, alias) AND regexp_matches(raw, '(^|[^A-Za-z0-9_.@-])' || regexp_escape(alias) || '($|[^A-Za-z0-9_.@-])'))`;

/** A customer's name is kept where leads of other people belong to it too: then it is not the person's. */
const customers = sql`UPDATE customer SET name = NULL WHERE name IS NOT NULL
  AND customer_id IN (SELECT customer_id FROM lead WHERE ${is("lead", raw("lead_id"))})
  AND customer_id NOT IN (SELECT customer_id FROM lead WHERE customer_id IS NOT NULL AND NOT (${is("lead", raw("lead_id"))}))`;

async function rewriteRows(connection: Connection, tombstone: string): Promise<number> {
  const named = sql`${tombstone}`;
  let rows = await connection.run(customers);
  for (const fact of keeping)
    rows += await connection.run(
      sql`UPDATE ${name(fact.name)} SET ${withoutPerson(fact, named)} WHERE ${theirs[fact.name] ?? raw("false")}`,
    );
  for (const table of [identity, personLink, person])
    rows += await connection.run(sql`DELETE FROM ${name(table.name)} WHERE ${is("person", raw("person_id"))}
      OR EXISTS (SELECT 1 FROM personal AS own WHERE own.alias_kind = ${name(table.name)}.alias_kind AND own.alias = ${name(table.name)}.alias)`);
  for (const table of derivedTables.filter((each) => each !== person && "person_id" in each.columns))
    rows += await connection.run(
      sql`UPDATE ${name(table.name)} SET person_id = ${named} WHERE ${is("person", raw("person_id"))}`,
    );
  return (
    rows +
    (await connection.run(
      sql`UPDATE rejected SET raw = '(erased ' || rowid || ')' WHERE raw IS NOT NULL AND ${mentioned}`,
    ))
  );
}

export interface Erasing {
  /** The id that stands for the person from now on. */
  readonly tombstone: string;
  readonly by: string;
  readonly rules: FactRules;
  readonly now: () => Date;
}

/**
 * Takes a person out of every fact, its history included. The rows that count stay, under an id that says nothing, so that sums
 * stay too. What is left is who erased whom when, and stamps by which a source that states them again is recognised. The
 * database's file still holds what was there until its leftovers are cleared.
 */
export async function erase(
  connection: Connection,
  id: string,
  { tombstone, by, rules, now }: Erasing,
): Promise<number> {
  return connection.transaction(async () => {
    const statement = await beginLoad(connection, peopleSource, now);
    await connection.run(names(id));
    const rows = await rewriteRows(connection, tombstone);
    await connection.run(sql`INSERT OR IGNORE INTO erased_name
      SELECT DISTINCT ${stampSql(raw("alias_kind"), raw("alias"), rules.pepper)}, ${tombstone} FROM personal`);
    await connection.run(sql`INSERT INTO erasure VALUES (${tombstone}, ${instantOf(statement.at)}, ${by}, ${rows})`);
    await connection.run(raw("DROP TABLE personal"));
    await leaveDue(connection);
    await derive(connection, rules, statement);
    await endLoad(connection, statement, { origin: by, fingerprint: erasing }, now);
    return rows;
  });
}
