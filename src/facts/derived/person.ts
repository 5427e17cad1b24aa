import { raw, sql, type Sql } from "../../engine/sql.ts";
import { flag, oneOf, required, table, text, type Joins } from "../../engine/table.ts";
import { aliasKinds } from "../identity.ts";
import type { DerivationRules } from "./rules.ts";

/**
 * Who is who: each alias, the ids of people that sources state included (`person`), with the person whom it belongs to. People
 * who share an alias are one, known by the id that was known first. An alias that joins implausibly much joins nobody: it is
 * `shared`, as is a person with implausibly many touches.
 */
export const person = table("person", {
  key: ["alias_kind", "alias"],
  columns: {
    alias_kind: required(oneOf("person", ...aliasKinds)),
    alias: required(text),
    person_id: text,
    shared: flag,
  },
});

/** That people turned out to be one, for rows that go back to a lead: `by` is where the people behind it are named. */
export const joinsOfPeople = (by: Joins["by"]): Joins => ({
  table: person,
  named: "alias",
  into: "person_id",
  among: { column: "alias_kind", value: "person" },
  by,
});

/** A lead that names no person is a person of its own where an alias says more of it. */
export const personOfLead = raw(
  `coalesce(person_id, CASE WHEN coalesce(email, phone, visitor, click_id) IS NOT NULL THEN 'lead ' || lead_id END)`,
);

/** A condition that a column names a person, or another alias of a kind, that the table `among` names; anybody without it. */
const isAmong = (kind: string, column: Sql, among: Sql | undefined): Sql =>
  among === undefined ? raw("true") : sql`${column} IN (SELECT alias FROM ${among} WHERE alias_kind = ${kind})`;

/** The names that touches state or stated; all, or those with one that is asked for. */
function stating(among?: Sql): Sql {
  if (among === undefined) return raw("FROM touch_names");
  const named = (kind: string, column: string) =>
    sql`SELECT rowid FROM touch_names WHERE ${raw(column)} IS NOT NULL AND ${isAmong(kind, raw(column), among)}`;
  return sql`FROM touch_names WHERE rowid IN (
    ${named("person", "person_id")} UNION ${named("visitor", "visitor")} UNION ${named("click_id", "click_id")})`;
}

/** Every id of a person that is stated now, numbered in the order in which they became known. */
function nodes(among?: Sql): Sql {
  const one = isAmong("person", raw("person_id"), among);
  return sql`WITH stated AS (
    SELECT * FROM (SELECT ${personOfLead} AS person_id, known_from, known_to IS NULL AS believed FROM lead) WHERE ${one}
    UNION ALL SELECT person_id, known_from, known_to IS NULL FROM identity WHERE ${one}
    UNION ALL SELECT person_id, known_from, touches > 0 FROM person_touch WHERE ${one}),
  known AS (
    SELECT person_id, min(known_from) AS known_from FROM stated
    WHERE person_id IS NOT NULL GROUP BY person_id HAVING bool_or(believed))
  SELECT person_id, row_number() OVER (ORDER BY known_from, person_id) AS node FROM known`;
}

/** What sources say of whose an alias is, without what was declared void by hand. */
function stated(among?: Sql): Sql {
  const one = (owner: string) => isAmong("person", raw(owner), among);
  const those = among === undefined ? raw("") : sql` SEMI JOIN ${among} USING (alias_kind, alias)`;
  return sql`WITH own AS (SELECT * FROM (SELECT *, ${personOfLead} AS owner FROM lead WHERE known_to IS NULL) WHERE ${one("owner")}),
  said AS (
    SELECT alias_kind, alias, person_id FROM identity WHERE known_to IS NULL AND ${one("person_id")}
    UNION SELECT 'email', email, owner FROM own
    UNION SELECT 'phone', phone, owner FROM own
    UNION SELECT 'visitor', visitor, owner FROM own
    UNION SELECT 'click_id', click_id, owner FROM own
    UNION SELECT 'email', person_id, person_id FROM person_node WHERE starts_with(person_id, '#')
    UNION SELECT 'visitor', visitor, person_id FROM person_touch WHERE touches > 0),
  void AS (SELECT * FROM person_link WHERE known_to IS NULL AND verdict = 'split'),
  valid AS (
    SELECT said.* FROM (SELECT * FROM said${those}) AS said
    ANTI JOIN void ON void.alias_kind = said.alias_kind AND void.alias = said.alias
      AND coalesce(void.person_id, said.person_id) = said.person_id
    WHERE alias IS NOT NULL AND person_id IS NOT NULL),
  click AS (
    SELECT click_id, min(visitor) AS visitor, count(DISTINCT visitor) AS visitors FROM person_touch
    WHERE touches > 0 AND click_id IN (SELECT alias FROM valid WHERE alias_kind = 'click_id') GROUP BY click_id),
  clicker AS (
    SELECT alias AS click_id, min(person_id) AS person_id FROM valid WHERE alias_kind = 'click_id'
    GROUP BY alias HAVING count(*) = 1),
  clicked AS (
    SELECT 'visitor' AS alias_kind, visitor AS alias, person_id
    FROM click JOIN clicker USING (click_id) WHERE visitors = 1 AND ${isAmong("visitor", raw("visitor"), among)})
  SELECT valid.*, coalesce(visitors, 1) > 1 AS ambiguous
  FROM valid LEFT JOIN click ON valid.alias_kind = 'click_id' AND click.click_id = valid.alias
  UNION SELECT clicked.*, false FROM clicked ANTI JOIN void ON void.alias_kind = 'visitor' AND void.alias = clicked.alias
    AND coalesce(void.person_id, clicked.person_id) = clicked.person_id`;
}

/** A click is one person's; other aliases may be known under a few ids. */
const shared = (
  { shared: { people, touches } }: DerivationRules,
  among?: Sql,
): Sql => sql`SELECT alias_kind, alias FROM person_pair GROUP BY ALL
  HAVING bool_or(ambiguous) OR count(*) > CASE alias_kind WHEN 'click_id' THEN 1 ELSE ${people} END
  UNION SELECT 'visitor', visitor FROM person_touch WHERE visitor IS NOT NULL AND ${isAmong("visitor", raw("visitor"), among)}
  GROUP BY visitor HAVING sum(touches) > ${touches}`;

/** Whose an alias is: what sources say unless it is shared, and what was joined by hand in any case. */
const belonging = sql`SELECT alias_kind, alias, node FROM (
    SELECT alias_kind, alias, person_id FROM person_pair ANTI JOIN shared_alias USING (alias_kind, alias)
    UNION SELECT alias_kind, alias, person_id FROM person_link WHERE known_to IS NULL AND verdict = 'joined')
  JOIN person_node USING (person_id)`;

/** What has to be known before people can be told apart; with `among`, those who are known by the aliases of that table. */
export const personSteps = (rules: DerivationRules, among?: Sql): Readonly<Record<string, Sql>> => ({
  person_touch: stating(among),
  person_node: nodes(among),
  person_pair: stated(among),
  shared_alias: shared(rules, among),
  belonging,
});

/** The people who are one: those of an alias, and those that were joined by hand. */
export const personEdges = sql`SELECT first AS a, node AS b
  FROM (SELECT node, min(node) OVER (PARTITION BY alias_kind, alias) AS first FROM belonging) WHERE node <> first
  UNION SELECT person_node.node, belonging.node
  FROM belonging JOIN person_node ON belonging.alias_kind = 'person' AND person_node.person_id = belonging.alias`;

/** One row per alias, as the facts stand now; `component` is what the edges connect. */
export function personRows({ shared: { touches } }: DerivationRules): Sql {
  return sql`WITH known AS (
    SELECT stated.person_id AS stated_id, root.person_id FROM person_node AS stated
    LEFT JOIN component USING (node)
    JOIN person_node AS root ON root.node = coalesce(component.root, stated.node)),
  whose AS (
    SELECT 'person' AS alias_kind, stated_id AS alias, person_id FROM known
    UNION ALL
    SELECT alias_kind, alias, min(known.person_id) FROM belonging
    JOIN person_node USING (node) JOIN known ON known.stated_id = person_node.person_id
    WHERE alias_kind <> 'person' GROUP BY alias_kind, alias),
  busy AS (
    SELECT whose.person_id FROM person_touch JOIN whose
      ON whose.alias_kind = CASE WHEN person_touch.person_id IS NULL THEN 'visitor' ELSE 'person' END
      AND whose.alias = coalesce(person_touch.person_id, visitor)
    GROUP BY whose.person_id HAVING sum(person_touch.touches) > ${touches})
  SELECT alias_kind, alias, person_id, busy.person_id IS NOT NULL AS shared FROM whose LEFT JOIN busy USING (person_id)
  UNION ALL
  SELECT alias_kind, alias, NULL, true FROM shared_alias ANTI JOIN whose USING (alias_kind, alias)`;
}
