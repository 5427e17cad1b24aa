import { sql, type Sql } from "../../engine/sql.ts";

/** The people behind each lead that counts: its own, and those of the leads that were merged into it. */
const person = sql`person AS (
    SELECT coalesce(survivor.survivor_id, lead.lead_id) AS lead_id, person_id
    FROM lead LEFT JOIN survivor ON survivor.lead_id = lead.lead_id
    WHERE lead.known_to IS NULL AND person_id IS NOT NULL GROUP BY ALL)`;

/** The page of a touch, without its host, its query and a slash at the end. */
const path = sql`regexp_replace(regexp_replace(coalesce(url, landing_page), '^[a-z]+://[^/]*|[?#].*$', '', 'gi'), '(.)/$', '\\1')`;

/**
 * What each lead's person did, as the CTEs `person` and `lead_touch`, of touches that `among` lets through (a condition over
 * the columns of touch); a visitor is the person that identity says. It needs the CTE `survivor`.
 */
export const leadTouches = (among: Sql): Sql => sql`${person},
  lead_touch AS MATERIALIZED (
    SELECT person.lead_id, touch_id, occurred_at, kind, form, channel, campaign, content, ${path} AS path
    FROM touch LEFT JOIN (SELECT alias, person_id FROM identity WHERE alias_kind = 'visitor' AND known_to IS NULL) AS identity
      ON identity.alias = CASE WHEN touch.person_id IS NULL THEN touch.visitor END
    JOIN person ON person.person_id = coalesce(touch.person_id, identity.person_id)
    WHERE touch.known_to IS NULL AND ${among})`;
