import { raw, sql, type Sql } from "../../engine/sql.ts";

/**
 * `survivor`: each merged lead with the lead that it finally became part of; where that one is unknown, the merged lead stays
 * itself. `believed` says which rows of a table are.
 */
export const survivorsAmong = (believed: (alias: Sql) => Sql): Sql => sql`survivor AS (
  WITH RECURSIVE chain AS (
    SELECT lead_id, merged_into AS survivor_id, 1 AS depth FROM lead WHERE ${believed(raw("lead"))} AND merged_into IS NOT NULL
    UNION ALL
    SELECT chain.lead_id, lead.merged_into, depth + 1 FROM chain
    JOIN lead ON lead.lead_id = chain.survivor_id AND ${believed(raw("lead"))}
    WHERE lead.merged_into IS NOT NULL AND depth < 50)
  SELECT chain.lead_id, survivor_id FROM chain
  JOIN lead ON lead.lead_id = survivor_id AND ${believed(raw("lead"))} AND lead.merged_into IS NULL)`;

/** Those that are merged now. */
export const survivors: Sql = survivorsAmong((alias) => sql`${alias}.known_to IS NULL`);
