import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";
import { judgesAt, startOfDay } from "./in-force.ts";
import { earned, fitPoints, worths } from "./points.ts";
import type { RuleInForce } from "./rule.ts";

/** The CTEs of one version are apart from those of the others by its place. */
const named = (what: string, place: number): Sql => name(`${what}_${place}`);

/**
 * The instants at which a version judges: when the lead came in, when it did something that earns points, and when the version
 * came into force. Between them points only fade, so that the threshold is never crossed there.
 */
function judged(inForce: RuleInForce, place: number, zone: string): Sql {
  const [promising, points] = [named("promising", place), named("earned", place)];
  const instants = [
    sql`SELECT lead_id, created_at AS judged_at FROM ${promising}`,
    sql`SELECT lead_id, earned_at AS judged_at FROM ${points} JOIN ${promising} USING (lead_id) WHERE earned_at > created_at`,
    ...(inForce.from === null
      ? []
      : [
          sql`SELECT lead_id, ${startOfDay(inForce.from, zone)} AS judged_at FROM ${promising}
            WHERE created_at < ${startOfDay(inForce.from, zone)}`,
        ]),
  ];
  return sql`SELECT DISTINCT lead_id, judged_at FROM (${join(instants, " UNION ALL ")})
    WHERE ${judgesAt(inForce, raw("judged_at"), zone)}`;
}

/**
 * The CTEs of a version with a threshold, up to `score_…`: the instants at which a lead's points reach it, with the touch that
 * made them do so. Leads that could not reach it without fading are left out at once.
 */
export function scoreTables(inForce: RuleInForce, place: number, zone: string): Sql {
  const { rule } = inForce;
  const [points, promising, instants] = [named("earned", place), named("promising", place), named("judged", place)];
  const none = sql`SELECT NULL AS lead_id, NULL AS touch_id, NULL AS earned_at, 0 AS line, 0 AS points, NULL AS at_most WHERE false`;
  return sql`${points} AS MATERIALIZED (${rule.behaviour.length === 0 ? none : earned(rule)}),
  ${promising} AS MATERIALIZED (
    SELECT lead_id, created_at, ${fitPoints(rule)} AS fit
    FROM candidate AS lead LEFT JOIN (SELECT lead_id, sum(points) AS most FROM ${points} GROUP BY lead_id) AS reach USING (lead_id)
    WHERE ${fitPoints(rule)} + coalesce(most, 0) >= ${rule.threshold}),
  ${instants} AS MATERIALIZED (${judged(inForce, place, zone)}),
  ${named("score", place)} AS (
    SELECT lead_id, judged_at, CAST(fit + coalesce(sum(worth), 0) AS DECIMAL(18,6)) AS score, fit,
      max(touch_id) FILTER (earned_at = judged_at) AS touch_id
    FROM ${instants} JOIN ${promising} USING (lead_id) LEFT JOIN (${worths(rule, instants, points)}) AS worth USING (lead_id, judged_at)
    GROUP BY lead_id, judged_at, fit HAVING fit + coalesce(sum(worth), 0) >= ${rule.threshold})`;
}

/** The scores of a version that reach the threshold, as events. */
export const scoreEvents = ({ version }: RuleInForce, place: number): Sql =>
  sql`SELECT lead_id, judged_at, 'score' AS reason, ${version} AS definition, score, fit, touch_id FROM ${named("score", place)}`;
