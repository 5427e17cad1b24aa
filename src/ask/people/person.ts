import type { Person, PersonLink } from "../../contract/person.ts";
import type { Connection, Tuple } from "../../engine/database.ts";
import { sql, type Sql } from "../../engine/sql.ts";
import { isTombstone } from "../../facts/people/tombstone.ts";
import { linksOf } from "../../facts/people/links.ts";

const text = (row: Tuple, column: string): string => String(row[column] ?? "");

const linkOf = (row: Tuple): PersonLink => ({
  kind: text(row, "alias_kind"),
  alias: text(row, "alias"),
  person: row["person_id"] == null ? null : text(row, "person_id"),
  by: text(row, "fact"),
  source: text(row, "source"),
  since: text(row, "since"),
  verdict: row["verdict"] === "split" ? "split" : "joined",
});

const leads = (id: string): Sql => sql`SELECT DISTINCT lead_id, created_at FROM lead
  JOIN person ON person.alias_kind = 'person' AND person.alias = coalesce(lead.person_id, 'lead ' || lead_id)
  WHERE lead.known_to IS NULL AND person.known_to IS NULL AND person.person_id = ${id} ORDER BY created_at, lead_id`;

/** What is known of a person by the id that stands for all of the others. */
export async function personOf(connection: Connection, id: string): Promise<Person> {
  const aliases = await connection.rows(sql`SELECT alias_kind, alias, shared FROM person
    WHERE known_to IS NULL AND person_id = ${id} ORDER BY alias_kind <> 'person', alias_kind, alias`);
  const links = await connection.rows(linksOf(id));
  const owned = await connection.rows(leads(id));
  return {
    id,
    shared: aliases.some((row) => row["shared"] === true),
    erased: isTombstone(id),
    aliases: aliases.map((row) => ({ kind: text(row, "alias_kind"), alias: text(row, "alias") })),
    links: links.map(linkOf),
    leads: owned.map((row) => ({ lead: text(row, "lead_id"), createdAt: text(row, "created_at") })),
  };
}
