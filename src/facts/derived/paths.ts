import { raw, sql, type Sql } from "../../engine/sql.ts";
import { journeysTo } from "./asked-journeys.ts";
import { seenOnly } from "./credit.ts";
import { placedCte, type Counted } from "./divided.ts";
import { touchIsOf } from "./lead-people.ts";
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
    SELECT CASE WHEN NOT coalesce(person.shared, false) THEN coalesce(person.person_id, touch.visitor) END AS holder, touch.channel,
      occurred_at, touch_id, led
    FROM touch LEFT JOIN person ON ${touchIsOf} AND ${believed(raw("person"))}
    LEFT JOIN led USING (touch_id)
    WHERE ${believed(raw("touch"))} AND touch.channel IS NOT NULL AND ${kinds}${others}),
  way AS (
    SELECT list(channel ORDER BY nth) AS states, 1 AS conversions, 0 AS nulls FROM placed GROUP BY nr
    UNION ALL
    SELECT list(channel ORDER BY occurred_at, touch_id), 0, 1 FROM held WHERE holder IS NOT NULL GROUP BY holder HAVING count(led) = 0)
SELECT CAST(to_json(states) AS VARCHAR) AS states, sum(conversions) AS conversions, sum(nulls) AS nulls FROM way GROUP BY ALL ORDER BY states`;
}
