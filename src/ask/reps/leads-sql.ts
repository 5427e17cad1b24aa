import { duckdb } from "../../engine/dialect.ts";
import type { Plan } from "../../engine/plan.ts";
import { relation } from "../../engine/relation.ts";
import { join, raw, sql, type Sql } from "../../engine/sql.ts";
import { leadProgress } from "../../facts/derived/lead-progress.ts";

/** The day on which a lead reached each stage up to the opportunity: a stage that was skipped counts with the next one. */
const days = [
  raw("created_on"),
  raw("least(mql_on, sql_on, opportunity_on, customer_on)"),
  raw("least(sql_on, opportunity_on, customer_on)"),
  raw("least(opportunity_on, customer_on)"),
];

/**
 * Leads that came in on the plan's days and that somebody has, by who had them first, who has them now, and where they came from: how many, how many
 * became an SQL and an opportunity, and of each stage before it how many have been there for its window and went on within it. In
 * millionths of a lead.
 */
export function leadsOfReps(plan: Plan, windows: readonly number[]): Sql {
  const rows = relation(leadProgress, leadProgress.dimensions, { ...plan, keys: [] }, [], duckdb);
  const { alias } = rows;
  const until = duckdb.day(plan.observedTo);
  const steps = days.slice(1).map((_, i) => {
    const window = raw(`CAST(${windows[i] ?? 0} AS INTEGER)`);
    const mature = sql`day_${raw(String(i))} + ${window} <= ${until}`;
    const went = sql`${mature} AND day_${raw(String(i + 1))} <= day_${raw(String(i))} + ${window}`;
    return sql`coalesce(sum(units) FILTER (${mature}), 0) AS of_${raw(String(i))},
      coalesce(sum(units) FILTER (${went}), 0) AS passed_${raw(String(i))}`;
  });
  const conditions = [
    rows.believed,
    sql`${alias}.created_on >= ${duckdb.day(plan.range.from)}`,
    sql`${alias}.created_on < ${duckdb.day(plan.range.to)}`,
    sql`coalesce(${alias}.created_by, ${alias}.rep) IS NOT NULL`,
    ...rows.slices,
  ];
  return sql`WITH chosen AS (
    SELECT coalesce(${alias}.created_by, ${alias}.rep) AS first, ${alias}.rep AS rep, ${alias}.channel AS channel,
      ${rows.share === undefined ? raw("1000000") : sql`CAST(round(${rows.share} * 1000000) AS BIGINT)`} AS units,
      ${join(
        days.map((day, i) => sql`${day} AS day_${raw(String(i))}`),
        ", ",
      )}
    FROM ${rows.from} WHERE ${join(conditions, " AND ")})
  SELECT first, rep, channel, sum(units) AS leads, coalesce(sum(units) FILTER (day_2 IS NOT NULL), 0) AS sqls,
    coalesce(sum(units) FILTER (day_3 IS NOT NULL), 0) AS opportunities, ${join(steps, ", ")}
  FROM chosen GROUP BY first, rep, channel ORDER BY first, rep, channel`;
}
