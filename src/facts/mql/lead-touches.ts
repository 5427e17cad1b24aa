import { sql, type Sql } from "../../engine/sql.ts";
import { leadPeople, touchIsOf } from "../derived/lead-people.ts";

/** The page of a touch, without its host, its query and a slash at the end. */
const path = sql`regexp_replace(regexp_replace(coalesce(url, landing_page), '^[a-z]+://[^/]*|[?#].*$', '', 'gi'), '(.)/$', '\\1')`;

/**
 * What each lead's person did, as the CTEs `lead_person` and `lead_touch`, of touches that `among` lets through (a condition over
 * the columns of touch). A touch is of whom it names, or of whom its visitor is; one of a shared device is nobody's. It needs the
 * CTE `survivor`. With `only`, of one lead.
 */
export const leadTouches = (
  among: Sql,
  only?: string,
): Sql => sql`${leadPeople(only === undefined ? {} : { leads: sql`(${only})` })},
  lead_touch AS MATERIALIZED (
    SELECT lead_person.lead_id, touch_id, occurred_at, kind, form, channel, campaign, content, ${path} AS path
    FROM (SELECT * FROM touch WHERE known_to IS NULL AND ${among}) AS touch
    JOIN person ON ${touchIsOf} AND person.known_to IS NULL AND NOT person.shared
    JOIN lead_person ON lead_person.person_id = person.person_id)`;
