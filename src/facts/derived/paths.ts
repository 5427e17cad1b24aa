import { raw, sql, type Sql } from "../../engine/sql.ts";
import { journeysTo } from "./asked-journeys.ts";
import { seenOnly } from "./credit.ts";
import { placedCte, type Counted } from "./divided.ts";
import type { Outcome } from "./outcomes.ts";

/**
 * The ways through channels that led to outcomes of a kind, and those of people whose touches led to none: `states` (the
 * channels as a JSON list), how many `conversions` and how many `nulls`.
 */
export function pathsTo(outcome: Outcome, counted: Counted, believed: (alias: Sql) => Sql): Sql {
  const kinds = counted.views === true ? raw("true") : sql`kind NOT IN ${seenOnly}`;
  const others =
    counted.directYields === true
      ? raw("\n    QUALIFY channel <> 'direct' OR NOT bool_or(channel <> 'direct') OVER (PARTITION BY holder)")
      : raw("");
  return sql`WITH ${journeysTo(outcome, believed)},
  ${placedCte(counted)},
  led AS (SELECT DISTINCT touch_id, true AS led FROM journey WHERE touch_id IS NOT NULL),
  held AS (
    SELECT coalesce(touch.person_id, identity.person_id, touch.visitor) AS holder, touch.channel, occurred_at, touch_id, led
    FROM touch LEFT JOIN (SELECT alias, person_id FROM identity WHERE alias_kind = 'visitor' AND ${believed(raw("identity"))}) AS identity
      ON identity.alias = CASE WHEN touch.person_id IS NULL THEN touch.visitor END
    LEFT JOIN led USING (touch_id)
    WHERE ${believed(raw("touch"))} AND touch.channel IS NOT NULL AND ${kinds}${others}),
  way AS (
    SELECT list(channel ORDER BY nth) AS states, 1 AS conversions, 0 AS nulls FROM placed GROUP BY nr
    UNION ALL
    SELECT list(channel ORDER BY occurred_at, touch_id), 0, 1 FROM held WHERE holder IS NOT NULL GROUP BY holder HAVING count(led) = 0)
SELECT CAST(to_json(states) AS VARCHAR) AS states, sum(conversions) AS conversions, sum(nulls) AS nulls FROM way GROUP BY ALL ORDER BY states`;
}
