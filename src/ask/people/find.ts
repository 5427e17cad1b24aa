import type { Connection } from "../../engine/database.ts";
import { Problem } from "../../engine/problem.ts";
import { join, sql } from "../../engine/sql.ts";
import { hashed } from "../../facts/people/hashed.ts";
import { person } from "../../facts/derived/person.ts";

/** An alias as it is kept; the kind `person` is the id that a source states. */
export interface Alias {
  readonly kind: string;
  readonly alias: string;
}

/** An alias that is known, with the person whom it belongs to; nobody in particular where it is shared. */
export interface Found extends Alias {
  readonly person: string | null;
}

const kinds = person.columns.alias_kind.oneOf ?? [];

/** What a person may have written, as it may be kept: in plain, or as the hash of an e-mail or a phone. */
function written(text: string, pepper: string): { readonly kind: string | undefined; readonly names: string[] } {
  const [head = "", ...rest] = text.split(":");
  const kind = kinds.includes(head) && rest.length > 0 ? head : undefined;
  const name = kind === undefined ? text : rest.join(":");
  return { kind, names: [...new Set([name, hashed(name, "email", pepper), hashed(name, "phone", pepper)])] };
}

const unknown = (text: string): Problem =>
  new Problem(
    "unknown-person",
    `nobody is known as ${text}`,
    "write the id of a lead or of a person (lead_id and person_id of the rows that `embudo explain` lists; a customer's id is neither), or an alias with its kind, e.g. visitor:V1 or email:ana@example.com",
  );

/** The alias that a person means by what is written; refuses what is unknown, and what may be several people. */
export async function findAlias(connection: Connection, text: string, pepper: string): Promise<Found> {
  const { kind, names } = written(text, pepper);
  const any = join(
    names.map((each) => sql`${each}`),
    ", ",
  );
  const found = await connection.rows(sql`SELECT alias_kind, alias, person_id FROM person
    WHERE known_to IS NULL AND alias IN (${any}) ${kind === undefined ? sql`` : sql`AND alias_kind = ${kind}`}
    ORDER BY alias_kind <> 'person', alias_kind, alias`);
  const [first] = found;
  if (first === undefined) throw unknown(text);
  const people = new Set(found.map((row) => row["person_id"]));
  if (people.size > 1 && first["alias_kind"] !== "person")
    throw new Problem(
      "several-people",
      `${text} is the name of several people`,
      `write it with its kind: ${found.map((row) => `${String(row["alias_kind"])}:${text}`).join(", ")}`,
    );
  return {
    kind: String(first["alias_kind"]),
    alias: String(first["alias"]),
    person: first["person_id"] == null ? null : String(first["person_id"]),
  };
}
