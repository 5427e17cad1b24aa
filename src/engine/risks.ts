import { followed } from "./cohort.ts";
import { duckdb, type Dialect } from "./dialect.ts";
import type { Aggregate } from "./measure.ts";
import type { Plan } from "./plan.ts";
import { relation, type Relation } from "./relation.ts";
import { join, name, raw, sql, type Sql } from "./sql.ts";

/** Whether the plan follows rows of a cohort for a window, so that it has a risk table. */
export const isFollowed = (plan: Plan): boolean =>
  plan.clock === "cohort" && plan.window !== undefined && followed(plan) !== undefined;

/** The plan of every row known under the same filters: without keys, periods and range. */
export const knownRows = (plan: Plan): Plan => ({
  ...plan,
  keys: [],
  grain: undefined,
  members: undefined,
  range: { from: "0001-01-01", to: "9999-12-31" },
  slices: plan.slices.filter((slice) => slice.ofCell !== true),
});

/** Days from entering until a measure's day, for the rows that it counts and that got there within the window. */
function daysUntil(measure: Aggregate, rows: Relation, window: number, dialect: Dialect): Sql {
  const cell = (column: string) => sql`${rows.alias}.${name(column)}`;
  const days = dialect.daysBetween(cell(measure.at), cell(measure.reached ?? measure.at));
  const conditions = [...measure.where.map(rows.condition), sql`${days} <= ${window}`];
  return sql`CASE WHEN ${join(conditions, " AND ")} THEN ${days} END`;
}

/**
 * How many rows of a cohort left observation at each age in days, to the plan's keys: `reached`, ended by a `rival`, or `open`
 * when observation ended (at the window at the latest; at −1 before they entered). A row that reached counts as such whatever
 * else became of it, so that `reached` adds up to the plan's own count.
 */
export function compileRisks(plan: Plan, dialect: Dialect = duckdb): Sql {
  const { all, reached } = followed(plan) ?? unfollowed();
  const [window, { table, at, where }] = [plan.window ?? 0, all[1]];
  const rivals = plan.rival === undefined ? [] : [plan.rival];
  const predicates = [...where, ...[reached[1], ...rivals].flatMap((measure) => measure.where)];
  const rows = relation(table, table.dimensions, plan, predicates, dialect);
  const entered = sql`${rows.alias}.${name(at)}`;
  const keys = [
    ...(plan.grain === undefined ? [] : [sql`${dialect.startOf(plan.grain, entered)} AS period`]),
    ...plan.keys.map((key) => sql`${rows.dimension(key)} AS ${name(key)}`),
  ];
  const seen = sql`greatest(-1, least(${window}, ${dialect.daysBetween(entered, dialect.day(plan.observedTo))}))`;
  const rival = plan.rival === undefined ? raw("NULL") : daysUntil(plan.rival, rows, window, dialect);
  const conditions = [
    rows.believed,
    sql`${entered} >= ${dialect.day(plan.range.from)}`,
    sql`${entered} < ${dialect.day(plan.range.to)}`,
    ...rows.slices,
    ...where.map(rows.condition),
  ];
  const columns = [...(plan.grain === undefined ? [] : ["period"]), ...plan.keys];
  const selected = [
    ...columns.map(name),
    raw(
      "CASE WHEN reached IS NULL AND rival IS NULL THEN seen ELSE greatest(0, least(coalesce(reached, rival), seen)) END AS age",
    ),
    raw("count(reached) AS reached"),
    raw("count(rival) FILTER (WHERE reached IS NULL) AS rival"),
    raw('count(*) FILTER (WHERE reached IS NULL AND rival IS NULL) AS "open"'),
  ];
  const grouped = raw(
    columns
      .map((_, i) => i + 1)
      .concat(columns.length + 1)
      .join(", "),
  );
  return sql`WITH
  unit AS (
    SELECT ${join([...keys, sql`${seen} AS seen`, sql`${daysUntil(reached[1], rows, window, dialect)} AS reached`, sql`${rival} AS rival`], ", ")}
    FROM ${rows.from}
    WHERE ${join(conditions, "\n      AND ")})
SELECT ${join(selected, ", ")}
FROM unit
GROUP BY ${grouped}
ORDER BY ${grouped}`;
}

function unfollowed(): never {
  throw new RangeError("the plan follows no rows");
}
