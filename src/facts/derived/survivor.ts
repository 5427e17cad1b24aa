import { sql, type Sql } from "../../engine/sql.ts";

/** Each merged lead with the lead that it finally became part of; where that one is unknown, the merged lead stays itself. */
export const survivors: Sql = sql`survivor AS (
  WITH RECURSIVE chain AS (
    SELECT lead_id, merged_into AS survivor_id, 1 AS depth FROM lead WHERE known_to IS NULL AND merged_into IS NOT NULL
    UNION ALL
    SELECT chain.lead_id, lead.merged_into, depth + 1 FROM chain
    JOIN lead ON lead.lead_id = chain.survivor_id AND lead.known_to IS NULL
    WHERE lead.merged_into IS NOT NULL AND depth < 50)
  SELECT chain.lead_id, survivor_id FROM chain
  JOIN lead ON lead.lead_id = survivor_id AND lead.known_to IS NULL AND lead.merged_into IS NULL)`;
