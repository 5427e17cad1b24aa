import { raw, sql, type Sql } from "../../engine/sql.ts";
import type { Statement } from "../merge.ts";
import { crowded } from "./crowded.ts";
import type { Affected } from "./deriving.ts";
import { movedRows } from "./moved.ts";
import { personOfLead } from "./person.ts";
import type { DerivationRules } from "./rules.ts";

/**
 * The aliases, the ids of people included, that rows of a load name: the ones that it opened and the ones that it closed. Touches that
 * state what others state too only add to how many there are.
 */
const named = (statement: Statement): Sql => sql`moved_lead AS (
    SELECT *, ${personOfLead} AS owner FROM ${movedRows("lead", "*", statement)}),
  moved_touch AS (SELECT person_id, visitor, click_id FROM moved_names WHERE (before > 0) <> (before + more > 0)),
  moved_link AS (
    FROM ${movedRows("person_link", "alias_kind, alias, person_id", statement)}
    UNION SELECT alias_kind, alias, person_id FROM person_link WHERE known_to IS NULL AND verdict = 'joined'),
  moved_identity AS ${movedRows("identity", "alias_kind, alias, person_id", statement)},
  moved AS (
    SELECT 'person' AS alias_kind, owner AS alias FROM moved_lead
    UNION SELECT 'email', email FROM moved_lead
    UNION SELECT 'phone', phone FROM moved_lead
    UNION SELECT 'visitor', visitor FROM moved_lead
    UNION SELECT 'click_id', click_id FROM moved_lead
    UNION SELECT 'person', person_id FROM moved_touch
    UNION SELECT 'visitor', visitor FROM moved_touch
    UNION SELECT 'click_id', click_id FROM moved_touch
    UNION SELECT 'person', person_id FROM moved_identity
    UNION SELECT alias_kind, alias FROM moved_identity
    UNION SELECT 'person', person_id FROM moved_link
    UNION SELECT alias_kind, alias FROM moved_link)`;

/**
 * The aliases whose people a load may have changed: those that its rows name, the visitors of the clicks among them and the clicks
 * of such visitors, the people whom sources say these belong to, and all that was one person with any of them before. What people
 * were joined by is known to be the same everywhere else. Aliases that were joined by hand count as named by every load.
 */
export const affectedPeople = (rules: DerivationRules, statement: Statement): Affected => ({
  seed: sql`WITH ${named(statement)},
  ${crowded(rules, raw("moved_names"))},
  visitor AS MATERIALIZED (
    SELECT alias FROM moved WHERE alias_kind = 'visitor'
    UNION SELECT visitor FROM touch_names
      WHERE touches > 0 AND visitor IS NOT NULL AND click_id IS NOT NULL AND click_id IN (SELECT alias FROM moved WHERE alias_kind = 'click_id'))
  SELECT * FROM moved WHERE alias IS NOT NULL
  UNION FROM crowded
  UNION SELECT 'visitor', alias FROM visitor WHERE alias IS NOT NULL
  UNION SELECT 'click_id', click_id FROM touch_names
    WHERE touches > 0 AND click_id IS NOT NULL AND visitor IS NOT NULL AND visitor IN (SELECT alias FROM visitor)
  UNION SELECT 'email', alias FROM moved WHERE alias_kind = 'person' AND starts_with(alias, '#')`,
  start: sql`WITH own AS (SELECT *, ${personOfLead} AS owner FROM lead WHERE known_to IS NULL),
  owner AS (
    SELECT person_id FROM identity SEMI JOIN seed USING (alias_kind, alias) WHERE known_to IS NULL
    UNION SELECT owner FROM own WHERE email IN (SELECT alias FROM seed WHERE alias_kind = 'email')
    UNION SELECT owner FROM own WHERE phone IN (SELECT alias FROM seed WHERE alias_kind = 'phone')
    UNION SELECT owner FROM own WHERE visitor IN (SELECT alias FROM seed WHERE alias_kind = 'visitor')
    UNION SELECT owner FROM own WHERE click_id IN (SELECT alias FROM seed WHERE alias_kind = 'click_id')
    UNION SELECT person_id FROM touch_names WHERE touches > 0 AND person_id IS NOT NULL AND visitor IS NOT NULL
      AND visitor IN (SELECT alias FROM seed WHERE alias_kind = 'visitor')
    UNION SELECT alias FROM seed WHERE alias_kind = 'email' AND starts_with(alias, '#'))
  FROM seed UNION SELECT 'person', person_id FROM owner WHERE person_id IS NOT NULL`,
  root: sql`SELECT DISTINCT person_id FROM person SEMI JOIN start USING (alias_kind, alias) WHERE known_to IS NULL AND person_id IS NOT NULL`,
  affected: sql`FROM start UNION SELECT alias_kind, alias FROM person SEMI JOIN root USING (person_id) WHERE known_to IS NULL`,
});
