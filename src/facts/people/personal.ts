import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";
import type { Table } from "../../engine/table.ts";
import { hashedIdSql, hashedSql, withoutEmails, type Personal } from "./hashed.ts";

/** What a column says of a person: a name to be hashed, an id, a name of some kind, or an address with names in it. */
type Said = Personal | "id" | "alias" | "address";

const personal: Readonly<Record<string, Readonly<Record<string, Said>>>> = {
  lead: { person_id: "id", visitor: "id", email: "email", phone: "phone", landing_page: "address" },
  touch: { person_id: "id", visitor: "id", url: "address", referrer: "address", landing_page: "address" },
  identity: { alias: "alias", person_id: "id" },
  person_link: { alias: "alias", person_id: "id" },
};

const cellOf = (column: string): Sql => sql`nullif(trim(CAST(${name(column)} AS VARCHAR)), '')`;

/** The kinds of alias that are ids; one that nobody knows is hashed, lest a name slips through. */
const idKinds = raw("('visitor', 'crm', 'click_id', 'person')");

function hidden(column: string, said: Said, pepper: string): Sql {
  const cell = cellOf(column);
  if (said === "id") return hashedIdSql(cell, pepper);
  if (said === "address") return withoutEmails(cell);
  if (said !== "alias") return hashedSql(cell, said, pepper);
  const kind = cellOf("alias_kind");
  return sql`CASE WHEN ${kind} IN ${idKinds} THEN ${hashedIdSql(cell, pepper)}
    WHEN ${kind} = 'phone' THEN ${hashedSql(cell, "phone", pepper)} ELSE ${hashedSql(cell, "email", pepper)} END`;
}

/** The rows of a mapping with what is personal in them hashed, before anything of them is kept. */
export function withoutNames(fact: Table, select: Sql, columns: readonly string[], pepper: string): Sql {
  const said: Readonly<Record<string, Said>> = { ...personal[fact.name], source_key: "id" };
  const replaced = Object.entries(said)
    .filter(([column, kind]) => columns.includes(column) && (kind !== "alias" || columns.includes("alias_kind")))
    .map(
      ([column, kind]) =>
        sql`CASE WHEN ${cellOf(column)} IS NOT NULL THEN ${hidden(column, kind, pepper)} END AS ${name(column)}`,
    );
  return replaced.length === 0 ? select : sql`SELECT * REPLACE (${join(replaced, ", ")}) FROM (${select})`;
}
