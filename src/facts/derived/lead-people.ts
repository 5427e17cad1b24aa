import { raw, sql, type Sql } from "../../engine/sql.ts";
import { personOfLead } from "./person.ts";

/** Each lead with whom it names, and who that is. */
export const leadNames: Sql = sql`SELECT lead_id, owner, person.person_id, person.shared
  FROM (SELECT lead_id, ${personOfLead} AS owner FROM lead WHERE known_to IS NULL) AS stated
  JOIN person ON person.alias_kind = 'person' AND person.alias = stated.owner AND person.known_to IS NULL`;

/** Which leads and which people are asked for, as lists or queries of their ids in brackets; all where left out. */
interface Which {
  readonly leads?: Sql;
  readonly people?: Sql;
  /** The table of `leadNames`, where it was made before. */
  readonly names?: Sql;
}

/** The people behind each lead that counts: its own, and those of the leads that were merged into it. It needs `survivor`. */
export const leadPeople = ({ leads, people, names = sql`(${leadNames})` }: Which = {}): Sql => sql`lead_person AS (
    SELECT DISTINCT coalesce(survivor.survivor_id, named.lead_id) AS lead_id, named.person_id
    FROM ${names} AS named LEFT JOIN survivor ON survivor.lead_id = named.lead_id
    WHERE NOT named.shared
      AND ${leads === undefined ? raw("true") : sql`coalesce(survivor.survivor_id, named.lead_id) IN ${leads}`}
      AND ${people === undefined ? raw("true") : sql`named.person_id IN ${people}`})`;

/**
 * Joins `touch` with the row of `person` that says whose it is: of whom it names, or of whom its visitor or else its click is.
 * Which of the rows are believed is for the query to say, and that what is shared is nobody's.
 */
export const touchIsOf: Sql = sql`person.alias = coalesce(touch.person_id, touch.visitor, touch.click_id) AND person.alias_kind =
      CASE WHEN touch.person_id IS NOT NULL THEN 'person' WHEN touch.visitor IS NOT NULL THEN 'visitor' ELSE 'click_id' END`;
