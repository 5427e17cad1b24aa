import type { Person, PersonOrder, PersonOutcome } from "../../contract/person.ts";
import type { Connection, Database } from "../../engine/database.ts";
import { Problem } from "../../engine/problem.ts";
import type { FactRules } from "../../facts/derived/rules.ts";
import { setVerdicts } from "../../facts/people/by-hand.ts";
import { erase } from "../../facts/people/erase.ts";
import { hashed } from "../../facts/people/hashed.ts";
import { clearLeftovers } from "../../facts/people/leftovers.ts";
import { tombstoneOf } from "../../facts/people/tombstone.ts";
import { joining, splitting } from "./decide.ts";
import { findAlias } from "./find.ts";
import { personOf } from "./person.ts";

/** Where people are kept. */
export interface PeopleStore {
  readonly database: Database;
  readonly rules: FactRules;
  /** Takes somebody out of what is kept beside the facts, by a test of any word for being one of their names. */
  readonly forget: (isTheirs: (word: string) => boolean, connection: Connection) => Promise<void>;
}

/** Of an alias that is known: the person, refused where it is nobody's in particular. */
async function personBy(connection: Connection, name: string, { pepper }: FactRules): Promise<Person> {
  const { person, kind, alias } = await findAlias(connection, name, pepper);
  if (person !== null) return personOf(connection, person);
  throw new Problem(
    "shared-alias",
    `${kind}:${alias} is shared by too many people, or has too many touches, to be anybody's`,
    "`shared` in embudo.yaml says when that is so",
  );
}

/** Who is known by a name. */
export const personNamed = (
  name: string,
  { database, rules }: Pick<PeopleStore, "database" | "rules">,
): Promise<Person> => database.use((connection) => personBy(connection, name, rules));

/** Whether a word is one of the names, in plain or as it is kept. */
function isOneOf(aliases: Person["aliases"], { pepper }: FactRules): (word: string) => boolean {
  const names = new Set(aliases.map(({ alias }) => alias));
  return (word) =>
    names.has(word) || ((word.includes("@") || word.length === 64) && names.has(hashed(word, "email", pepper)));
}

async function erased(name: string, by: string, store: PeopleStore, now: () => Date, drawn: string) {
  const rows = await store.database.use(async (connection) => {
    const { id, erased: before, aliases } = await personBy(connection, name, store.rules);
    if (before) throw new Problem("erased-already", `${name} is erased already`, "nothing has to be done");
    const rows = await erase(connection, id, { tombstone: tombstoneOf(drawn), by, rules: store.rules, now });
    await store.forget(isOneOf(aliases, store.rules), connection);
    return rows;
  });
  await clearLeftovers(store.database);
  return { rows, person: null };
}

/** Does what a person decides about who is who. What was erased cannot be brought back; `drawn` is random text. */
export async function changePeople(
  order: PersonOrder,
  store: PeopleStore,
  now: () => Date,
  drawn: string,
): Promise<PersonOutcome> {
  if (order.do === "erase") return erased(order.name, order.by, store, now, drawn);
  const { database, rules } = store;
  return database.use(async (connection) => {
    const verdicts = await (order.do === "join"
      ? joining(connection, order, rules.pepper)
      : splitting(connection, order, rules.pepper));
    const rows = await setVerdicts(connection, verdicts, order.by, rules, now);
    const { person } = await findAlias(connection, order.name, rules.pepper).catch(() => ({ person: null }));
    return { rows, person: person === null ? null : await personOf(connection, person) };
  });
}
