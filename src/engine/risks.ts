import { followed } from "./cohort.ts";
import { duckdb, type Dialect } from "./dialect.ts";
import type { Aggregate } from "./measure.ts";
import type { Plan } from "./plan.ts";
import { relation, type Relation } from "./relation.ts";
import { join, name, raw, sql, type Sql } from "./sql.ts";
import { addDays, maxDay, startOf } from "./time.ts";

/** Whether the plan follows rows of a cohort for a window, so that it has a risk table. */
export const isFollowed = (plan: Plan): boolean =>
  plan.clock === "cohort" && plan.window !== undefined && followed(plan) !== undefined;

/** The plan of the periods of which a row may still be open; earlier ones have had their time. */
export function youngRows(plan: Plan): Plan {
  if (plan.grain === undefined) return plan;
  const first = startOf(plan.grain, addDays(plan.observedTo, -(plan.window ?? 0)));
  return { ...plan, range: { from: maxDay(plan.range.from, first), to: plan.range.to } };
}

/** The plan under the same filters that tells neither keys nor periods nor one cell apart. */
export const unsplit = (plan: Plan): Plan => ({
  ...plan,
  keys: [],
  grain: undefined,
  members: undefined,
  slices: plan.slices.filter((slice) => slice.ofCell !== true),
});

/** Days from entering until a measure's day, for the rows that it counts and that got there within the window. */
function daysUntil(measure: Aggregate, rows: Relation, plan: Plan, dialect: Dialect): Sql {
  const cell = (column: string) => sql`${rows.alias}.${name(column)}`;
  const days = dialect.daysBetween(cell(measure.at), cell(measure.reached ?? measure.at));
  const conditions = [...measure.where.map(rows.condition), sql`${days} <= ${plan.window ?? 0}`];
  return sql`CASE WHEN ${join(conditions, " AND ")} THEN ${days} END`;
}

/** The rows of a cohort with the keys that they are counted by, how long each was seen, and when it got there or was ended. */
function units(plan: Plan, everyone: boolean, dialect: Dialect): { columns: readonly string[]; select: Sql } {
  const { all, reached } = followed(plan) ?? unfollowed();
  const { table, at, where } = all[1];
  const { grain, rival, range } = plan;
  const predicates = [where, reached[1].where, rival?.where ?? []].flat();
  const rows = relation(table, table.dimensions, plan, predicates, dialect);
  const entered = sql`${rows.alias}.${name(at)}`;
  const asked = sql`${entered} >= ${dialect.day(range.from)} AND ${entered} < ${dialect.day(range.to)}`;
  const started = grain === undefined ? raw("NULL") : dialect.startOf(grain, entered);
  const keys: Readonly<Record<string, Sql>> = {
    ...(grain === undefined ? {} : { period: everyone ? sql`CASE WHEN ${asked} THEN ${started} END` : started }),
    ...Object.fromEntries(plan.keys.map((key) => [key, rows.dimension(key)])),
    ...(everyone ? { asked } : {}),
  };
  const observed = dialect.daysBetween(entered, dialect.day(plan.observedTo));
  const selected = Object.entries({
    ...keys,
    seen: sql`greatest(-1, least(${plan.window ?? 0}, ${observed}))`,
    reached: daysUntil(reached[1], rows, plan, dialect),
    rival: rival === undefined ? raw("NULL") : daysUntil(rival, rows, plan, dialect),
  }).map(([column, value]) => sql`${value} AS ${name(column)}`);
  const inside = everyone ? sql`${entered} IS NOT NULL` : asked;
  const conditions = [rows.believed, inside, ...rows.slices, ...where.map(rows.condition)];
  return {
    columns: Object.keys(keys),
    select: sql`SELECT ${join(selected, ", ")}
    FROM ${rows.from}
    WHERE ${join(conditions, "\n      AND ")}`,
  };
}

/**
 * How many rows of a cohort left observation at each age in days, to the plan's keys: `reached`, ended by a `rival`, or `open`
 * when observation ended (at the window at the latest; at −1 before they entered). A row that reached counts as such whatever
 * else became of it, so that `reached` adds up to the plan's own count. `everyone` takes rows outside of the plan's range too,
 * without a period; `asked` says which are inside.
 */
export function compileRisks(plan: Plan, everyone = false, dialect: Dialect = duckdb): Sql {
  const { columns, select } = units(plan, everyone, dialect);
  const selected = [
    ...columns.map(name),
    raw(
      "CASE WHEN reached IS NULL AND rival IS NULL THEN seen ELSE greatest(0, least(coalesce(reached, rival), seen)) END AS age",
    ),
    raw("count(reached) AS reached"),
    raw("count(rival) FILTER (WHERE reached IS NULL) AS rival"),
    raw('count(*) FILTER (WHERE reached IS NULL AND rival IS NULL) AS "open"'),
  ];
  const grouped = raw([...columns, "age"].map((_, i) => i + 1).join(", "));
  return sql`WITH
  unit AS (
    ${select})
SELECT ${join(selected, ", ")}
FROM unit
GROUP BY ${grouped}
ORDER BY ${grouped}`;
}

function unfollowed(): never {
  throw new RangeError("the plan follows no rows");
}
