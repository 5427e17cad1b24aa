export interface Lead {
  readonly lead_id: string;
  readonly person_id: string | null;
  readonly email: string | null;
  readonly visitor: string | null;
  readonly click_id: string | null;
}

export interface Identity {
  readonly alias_kind: string;
  readonly alias: string;
  readonly person_id: string;
}

export interface Touch {
  readonly person_id: string | null;
  readonly visitor: string | null;
  readonly click_id: string | null;
}

export interface Verdict {
  readonly alias_kind: string;
  readonly alias: string;
  readonly person_id: string | null;
  readonly verdict: "joined" | "split";
}

export interface Said {
  readonly lead: readonly Lead[];
  readonly identity: readonly Identity[];
  readonly touch: readonly Touch[];
  readonly person_link: readonly Verdict[];
}

const aliasOf = (kind: string, alias: string): string => `${kind} ${alias}`;

/** A lead that names no person is one of its own where an alias says more of it. */
const ownerOf = ({ lead_id, person_id, email, visitor, click_id }: Lead): string | null =>
  person_id ?? ((email ?? visitor ?? click_id) === null ? null : `lead ${lead_id}`);

type Pair = readonly [alias: string, person: string];

/** Groups of names in an order of their own. */
export const inOrder = (groups: readonly string[][]): string[][] =>
  groups.map((all) => all.toSorted()).toSorted((a, b) => (a.join() < b.join() ? -1 : 1));

const distinct = (pairs: readonly Pair[]): Pair[] => [
  ...new Map(pairs.map((pair) => [JSON.stringify(pair), pair])).values(),
];

function joins({ lead, identity, touch, person_link }: Said, most: number): Pair[] {
  const stated = (kind: string, alias: string | null, person: string | null): Pair[] =>
    alias === null || person === null ? [] : [[aliasOf(kind, alias), person]];
  const isVoid = ([alias, person]: Pair) =>
    person_link.some(
      (each) =>
        each.verdict === "split" &&
        aliasOf(each.alias_kind, each.alias) === alias &&
        (each.person_id ?? person) === person,
    );
  const said = distinct([
    ...identity.flatMap((each) => stated(each.alias_kind, each.alias, each.person_id)),
    ...lead.flatMap((each) => {
      const owner = ownerOf(each);
      return [
        ...stated("email", each.email, owner),
        ...stated("visitor", each.visitor, owner),
        ...stated("click_id", each.click_id, owner),
      ];
    }),
    ...touch.flatMap((each) => stated("visitor", each.visitor, each.person_id)),
  ]).filter((pair) => !isVoid(pair));
  const visitorsOf = (click: string) =>
    new Set(touch.flatMap((each) => (each.click_id === click && each.visitor !== null ? [each.visitor] : [])));
  const clicked = [...Map.groupBy(said, ([alias]) => alias)].flatMap(([alias, pairs]): Pair[] => {
    const visitors = visitorsOf(alias.replace("click_id ", ""));
    if (!alias.startsWith("click_id ") || pairs.length !== 1 || visitors.size !== 1) return [];
    return [[aliasOf("visitor", [...visitors][0] ?? ""), pairs[0]?.[1] ?? ""]];
  });
  const all = distinct([...said, ...clicked.filter((pair) => !isVoid(pair))]);
  const kept = [...Map.groupBy(all, ([alias]) => alias)].flatMap(([alias, pairs]) => {
    const isClick = alias.startsWith("click_id ");
    const ambiguous = isClick && visitorsOf(alias.replace("click_id ", "")).size > 1;
    return ambiguous || pairs.length > (isClick ? 1 : most) ? [] : pairs;
  });
  const byHand = person_link.filter((each) => each.verdict === "joined");
  return [...kept, ...byHand.flatMap((each) => stated(each.alias_kind, each.alias, each.person_id))];
}

/** Who is who: the aliases of each person, as sorted lists. Aliases that belong to nobody are left out. */
export function peopleOf(said: Said, most: number): string[][] {
  const parent = new Map<string, string>();
  const root = (node: string): string => {
    const up = parent.get(node) ?? node;
    return up === node ? node : root(up);
  };
  const named = [...said.lead.map(ownerOf), ...[...said.identity, ...said.touch].map((each) => each.person_id)].filter(
    (each) => each !== null,
  );
  for (const each of named) parent.set(aliasOf("person", each), aliasOf("person", each));
  for (const [alias, person] of joins(said, most)) {
    if (!parent.has(aliasOf("person", person)) || (alias.startsWith("person ") && !parent.has(alias))) continue;
    if (!parent.has(alias)) parent.set(alias, alias);
    parent.set(root(alias), root(aliasOf("person", person)));
  }
  return inOrder([...Map.groupBy(parent.keys(), root).values()]);
}
