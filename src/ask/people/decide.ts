import type { PersonLink, PersonOrder } from "../../contract/person.ts";
import type { Connection } from "../../engine/database.ts";
import { Problem } from "../../engine/problem.ts";
import type { Verdict } from "../../facts/people/by-hand.ts";
import { findAlias, type Found } from "./find.ts";
import { personOf } from "./person.ts";

type Split = Extract<PersonOrder, { do: "split" }>;
type Join = Extract<PersonOrder, { do: "join" }>;

const nobodys = ({ kind, alias }: Found): Problem =>
  new Problem(
    "shared-alias",
    `${kind}:${alias} is shared: it belongs to nobody in particular`,
    "name the person by another alias; `shared` in embudo.yaml says when an alias is",
  );

/** The id of a person that an alias stands for: that of a source where it is one. */
function idOf(found: Found): string {
  if (found.kind === "person") return found.alias;
  if (found.person === null) throw nobodys(found);
  return found.person;
}

/** That an alias and a person, or two people, are one. */
export async function joining(connection: Connection, order: Join, pepper: string): Promise<Verdict[]> {
  const [one, other] = [
    await findAlias(connection, order.name, pepper),
    await findAlias(connection, order.person, pepper),
  ];
  if (one.person !== null && one.person === other.person)
    throw new Problem(
      "one-already",
      `${order.name} and ${order.person} are one person already`,
      "nothing has to be done",
    );
  const [alias, person] = one.kind === "person" ? [one.alias, idOf(other)].toSorted() : [one.alias, idOf(other)];
  return [{ kind: one.kind, alias: alias ?? "", person: person ?? "", verdict: "joined" }];
}

const apart = ({ kind, alias, person }: Pick<PersonLink, "kind" | "alias" | "person">): Verdict => ({
  kind,
  alias,
  person,
  verdict: "split",
});

const isOf = (
  { kind, alias }: Pick<PersonLink, "kind" | "alias">,
  other: Pick<PersonLink, "kind" | "alias">,
): boolean => kind === other.kind && alias === other.alias;

/** What joins the id of a source with others: aliases that are theirs too, and what was joined by hand. */
function joinedWith(id: string, links: readonly PersonLink[], rest?: string): Verdict[] {
  const isOther = (other: string | null) => other !== null && other !== id && other === (rest ?? other);
  const own = links.filter((each) => each.verdict === "joined" && each.person === id);
  const shared = own.filter((each) =>
    links.some((other) => other.verdict === "joined" && isOf(other, each) && isOther(other.person)),
  );
  const byHand = links.filter(
    ({ verdict, kind, alias, person }) =>
      verdict === "joined" &&
      kind === "person" &&
      ((alias === id && isOther(person)) || (person === id && isOther(alias))),
  );
  return [...shared, ...byHand].map(apart);
}

/** That an alias is not a person's, or nobody's; of the id of a source, that what joins it with others does not. */
export async function splitting(connection: Connection, order: Split, pepper: string): Promise<Verdict[]> {
  const found = await findAlias(connection, order.name, pepper);
  if (found.person === null) throw nobodys(found);
  const { links } = await personOf(connection, found.person);
  const other = order.person === undefined ? undefined : await findAlias(connection, order.person, pepper);
  const byHand = links.filter((each) => each.verdict === "joined" && each.by === "by hand" && isOf(each, found));
  const verdicts =
    found.kind === "person"
      ? joinedWith(found.alias, links, other === undefined ? undefined : idOf(other))
      : other === undefined
        ? [apart({ ...found, person: null }), ...byHand.map(apart)]
        : [apart({ ...found, person: idOf(other) })];
  if (verdicts.length > 0) return [...new Map(verdicts.map((each) => [JSON.stringify(each), each])).values()];
  throw new Problem(
    "nothing-to-split",
    `nothing joins ${order.name} with anybody else`,
    "`embudo person` shows what joins whom",
  );
}
