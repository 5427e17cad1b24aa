import { join, raw, sql, type Sql } from "../../engine/sql.ts";
import { instant, required, table, text } from "../../engine/table.ts";
import { lead, leadAttributes } from "../lead.ts";
import type { Statement } from "../merge.ts";
import { dimensionsOfRep } from "../rep.ts";
import { affectedLeads } from "./affected-leads.ts";
import { creditedAs } from "./credit.ts";
import type { Affected } from "./deriving.ts";
import { leadNames, leadPeople, touchIsOf } from "./lead-people.ts";
import { movedRows } from "./moved.ts";
import { leadOwner } from "./owners.ts";
import { joinsOfPeople } from "./person.ts";
import type { DerivationRules } from "./rules.ts";
import { survivors } from "./survivor.ts";

/**
 * Each lead that became an MQL, with the moment at which sales was in contact with it for the first time since: a call, a
 * meeting or a chat with the person. Who was in contact before, as a lead, was so at once.
 */
export const handover = table("handover", {
  key: ["lead_id"],
  columns: {
    lead_id: required(text),
    ...leadAttributes,
    mql_at: required(instant),
    contacted_at: instant,
  },
  dimensions: { ...creditedAs("lead", "lead_id"), ...dimensionsOfRep },
  merges: { table: lead, row: "lead_id", into: "merged_into" },
  joins: joinsOfPeople({ table: leadOwner, on: "lead_id", column: "owner" }),
});

/** What a person and somebody of sales do together; opened e-mails and visits to events are the person's alone. */
const kinds = ["call", "meeting", "chat"];

/** The touches in which they do (`together`). They are few, and those of one kind are found without reading the others. */
export const handoverSteps = () => ({
  together: join(
    kinds.map(
      (kind) =>
        sql`SELECT person_id, visitor, click_id, occurred_at FROM touch WHERE known_to IS NULL AND kind = ${kind}`,
    ),
    " UNION ALL ",
  ),
});

/** The leads that a load changed, and those of people whom it says that somebody of sales was, or was not, in contact with. */
export const affectedHandovers = (_rules: DerivationRules, statement: Statement): Affected => ({
  moved_person: movedRows("person", "alias_kind, alias, person_id", statement),
  moved_contact: sql`FROM ${movedRows("touch", "person_id, visitor, click_id, kind", statement)} WHERE kind IN (${join(
    kinds.map((kind) => sql`${kind}`),
    ", ",
  )})`,
  lead_name: leadNames,
  affected: sql`WITH ${affectedLeads(statement)},
  met AS MATERIALIZED (
    SELECT person.person_id FROM moved_contact AS touch JOIN person ON ${touchIsOf} AND person.known_to IS NULL AND NOT person.shared),
  ${survivors}, ${leadPeople({ people: raw("(SELECT person_id FROM met)"), names: raw("lead_name") })}
  FROM affected_lead UNION SELECT lead_id FROM lead_person`,
});

/** One row per lead that became an MQL, as the facts stand now, or per such lead of the table `among`. */
export function handoverRows(_rules: DerivationRules, day: (instant: Sql) => Sql, among?: Sql): Sql {
  const theirs =
    among === undefined
      ? { leads: raw("(SELECT lead_id FROM lead_progress WHERE known_to IS NULL AND mql_at IS NOT NULL)") }
      : { leads: sql`(SELECT lead_id FROM ${among})`, names: raw("lead_name") };
  return sql`WITH ${survivors}, ${leadPeople(theirs)},
  contact AS (
    SELECT person.person_id, occurred_at FROM together AS touch
    JOIN person ON ${touchIsOf} AND person.known_to IS NULL AND NOT person.shared),
  contact_of_lead AS MATERIALIZED (
    SELECT lead_person.lead_id, occurred_at FROM contact JOIN lead_person ON lead_person.person_id = contact.person_id),
  first_contact AS (
    SELECT lead_progress.lead_id, min(occurred_at) AS first_at
    FROM lead_progress JOIN contact_of_lead USING (lead_id)
    WHERE lead_progress.known_to IS NULL AND mql_at IS NOT NULL AND occurred_at >= lead_progress.created_at
    GROUP BY lead_progress.lead_id),
  handed_over AS (
    SELECT mql.*, CASE WHEN first_at IS NOT NULL THEN greatest(first_at, mql_at) END AS contacted_at
    FROM (SELECT * FROM lead_progress WHERE known_to IS NULL AND mql_at IS NOT NULL AND lead_id IN ${theirs.leads}) AS mql
    LEFT JOIN first_contact ON first_contact.lead_id = mql.lead_id)
  SELECT *, ${day(sql`contacted_at`)} AS contacted_on FROM handed_over`;
}
