import { raw, sql, type Sql } from "../../engine/sql.ts";
import { personOfLead } from "../derived/person.ts";

/** The people behind each lead that counts: its own, and those of the leads that were merged into it. */
const leadPeople = (only: string | undefined): Sql => sql`lead_person AS (
    SELECT DISTINCT coalesce(survivor.survivor_id, stated.lead_id) AS lead_id, person.person_id
    FROM (SELECT lead_id, ${personOfLead} AS owner FROM lead WHERE known_to IS NULL) AS stated
    LEFT JOIN survivor ON survivor.lead_id = stated.lead_id
    JOIN person ON person.alias_kind = 'person' AND person.alias = stated.owner AND person.known_to IS NULL AND NOT person.shared
    WHERE ${only === undefined ? raw("true") : sql`coalesce(survivor.survivor_id, stated.lead_id) = ${only}`})`;

/** The page of a touch, without its host, its query and a slash at the end. */
const path = sql`regexp_replace(regexp_replace(coalesce(url, landing_page), '^[a-z]+://[^/]*|[?#].*$', '', 'gi'), '(.)/$', '\\1')`;

/**
 * What each lead's person did, as the CTEs `lead_person` and `lead_touch`, of touches that `among` lets through (a condition over
 * the columns of touch). A touch is of whom it names, or of whom its visitor is; one of a shared device is nobody's. It needs the
 * CTE `survivor`. With `only`, of one lead.
 */
export const leadTouches = (among: Sql, only?: string): Sql => sql`${leadPeople(only)},
  lead_touch AS MATERIALIZED (
    SELECT lead_person.lead_id, touch_id, occurred_at, kind, form, channel, campaign, content, ${path} AS path
    FROM (SELECT * FROM touch WHERE known_to IS NULL AND ${among}) AS touch
    JOIN person ON person.known_to IS NULL AND NOT person.shared
      AND person.alias_kind = CASE WHEN touch.person_id IS NULL THEN 'visitor' ELSE 'person' END
      AND person.alias = coalesce(touch.person_id, touch.visitor)
    JOIN lead_person ON lead_person.person_id = person.person_id)`;
