import { join, raw, sql, type Sql } from "../../engine/sql.ts";
import { leadFits, touchFits } from "./conditions.ts";
import { weightAfter, type MqlRule } from "./rule.ts";

/** Points have six decimals, so that sums are exact whatever their order. */
const exact = "DECIMAL(18,6)";

const decimal = (millionths: number): string => (millionths / 1_000_000).toFixed(6);

/** The share of its points that a touch is worth at an age, an expression in whole days. */
export function weightAt(age: Sql, rule: MqlRule): Sql {
  if (rule.halfLifeDays === null) return raw("1");
  const days = Array.from({ length: rule.lookBackDays }, (_, day) => decimal(weightAfter(day, rule)));
  return sql`CAST([${raw(days.join(", "))}] AS DECIMAL(7,6)[])[CAST(${age} AS INTEGER) + 1]`;
}

/** What a lead earns by what it is, as an expression over `lead`. */
export const fitPoints = ({ fit }: MqlRule): Sql =>
  fit.length === 0
    ? raw("0")
    : join(
        fit.map((line) => sql`CASE WHEN ${leadFits(line)} THEN ${line.points} ELSE 0 END`),
        " + ",
      );

/** The touches that earn points, once for each line that they fit: `lead_id`, `touch_id`, `earned_at`, `line` (its place), `points`, `at_most`. */
export const earned = ({ behaviour }: MqlRule): Sql =>
  join(
    behaviour.map(
      (
        line,
        place,
      ) => sql`SELECT lead_id, touch_id, occurred_at AS earned_at, ${place} AS line, ${line.points} AS points,
      CAST(${line.atMost} AS INTEGER) AS at_most FROM lead_touch WHERE ${touchFits(line)}`,
    ),
    " UNION ALL ",
  );

/** Whether a touch at `earned_at` counts at the instant `judged_at`. */
const counts = ({ lookBackDays }: MqlRule): Sql =>
  sql`earned_at <= judged_at AND earned_at > judged_at - to_days(CAST(${lookBackDays} AS INTEGER))`;

/** Whole days from one instant to a later one. */
const wholeDays = sql`(epoch_us(judged_at) - epoch_us(earned_at)) // 86400000000`;

/**
 * What each touch is worth at the instants of `judged` (`lead_id`, `judged_at`): `worth`, of more than a line's most the
 * latest. `earned_rows` names the rows of `earned`.
 */
export function worths(rule: MqlRule, judged: Sql, earnedRows: Sql): Sql {
  const latest = rule.behaviour.some((line) => line.atMost !== null)
    ? sql` QUALIFY at_most IS NULL
      OR row_number() OVER (PARTITION BY lead_id, judged_at, line ORDER BY earned_at DESC, touch_id DESC) <= at_most`
    : raw("");
  return sql`SELECT lead_id, judged_at, line, touch_id, earned_at, points,
      CAST(points * ${weightAt(wholeDays, rule)} AS ${raw(exact)}) AS worth
    FROM ${judged} JOIN ${earnedRows} USING (lead_id) WHERE ${counts(rule)}${latest}`;
}
