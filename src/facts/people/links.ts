import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";

const ofLead = (kind: "email" | "phone" | "visitor" | "click_id"): Sql => sql`SELECT ${kind}, ${name(kind)},
    coalesce(person_id, 'lead ' || lead_id), 'lead', source_name, known_from, 'joined' FROM lead
  WHERE known_to IS NULL AND ${name(kind)} IS NOT NULL`;

const clicks = raw(`SELECT 'visitor', touch.visitor, coalesce(lead.person_id, 'lead ' || lead.lead_id), 'click',
    lead.source_name, lead.known_from, 'joined' FROM touch JOIN lead ON lead.click_id = touch.click_id
  WHERE touch.known_to IS NULL AND lead.known_to IS NULL AND touch.visitor IS NOT NULL`);

/** What says of a person's aliases whose they are, and what says that they are not, the earliest first. */
export const linksOf = (person: string): Sql => sql`WITH own AS (
    SELECT alias_kind, alias FROM person WHERE known_to IS NULL AND person_id = ${person}),
  said(alias_kind, alias, person_id, fact, source, since, verdict) AS (
    SELECT alias_kind, alias, person_id, 'identity', source_name, known_from, 'joined' FROM identity WHERE known_to IS NULL
    UNION ALL SELECT 'visitor', visitor, person_id, 'touch', source_name, min(known_from), 'joined' FROM touch
      WHERE known_to IS NULL AND visitor IS NOT NULL AND person_id IS NOT NULL GROUP BY ALL
    UNION ALL ${join([...(["email", "phone", "visitor", "click_id"] as const).map(ofLead), clicks], " UNION ALL ")}
    UNION ALL SELECT alias_kind, alias, person_id, 'by hand', set_by, known_from, verdict FROM person_link WHERE known_to IS NULL)
  SELECT DISTINCT said.* FROM said
  WHERE EXISTS (SELECT 1 FROM own WHERE own.alias_kind = 'person' AND own.alias = said.person_id)
    OR EXISTS (SELECT 1 FROM own WHERE own.alias_kind = said.alias_kind AND own.alias = said.alias)
  ORDER BY since, alias_kind, alias, person_id`;
