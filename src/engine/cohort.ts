import { duckdb, type Dialect } from "./dialect.ts";
import type { Aggregate } from "./measure.ts";
import type { Plan } from "./plan.ts";
import { relation } from "./relation.ts";
import { join, name, sql, type Sql } from "./sql.ts";

/** The parts of a plan that follow rows of a cohort: all that entered, and those of them that got somewhere. */
export interface Followed {
  readonly all: readonly [part: string, measure: Aggregate];
  readonly reached: readonly [part: string, measure: Aggregate];
}

/** The count of every row that entered, beside a part that follows the same rows further; undefined where no part has the rows. */
export function followed(plan: Pick<Plan, "parts">): Followed | undefined {
  const parts = Object.entries(plan.parts).flatMap(([part, measure]) =>
    measure.kind === "aggregate" ? [[part, measure] as const] : [],
  );
  for (const reached of parts.filter(([, measure]) => measure.reached !== undefined)) {
    const all = parts.find(
      ([, { table, at, reached: further, function: takes }]) =>
        takes === "count" && further === undefined && table.name === reached[1].table.name && at === reached[1].at,
    );
    if (all !== undefined) return { all, reached };
  }
  return undefined;
}

/** The days within which 95 % of all rows known to have reached a measure's day did, as `days`; null where none has. */
export function usualDelay(measure: Aggregate, plan: Plan, dialect: Dialect = duckdb): Sql {
  const all = { ...plan, keys: [], slices: [] };
  const rows = relation(measure.table, measure.table.dimensions, all, measure.where, dialect);
  const cell = (column: string) => sql`${rows.alias}.${name(column)}`;
  const delay = sql`greatest(0, ${dialect.daysBetween(cell(measure.at), cell(measure.reached ?? measure.at))})`;
  const conditions = [rows.believed, ...measure.where.map(rows.condition)];
  return sql`SELECT ${dialect.quantile(delay, 0.95)} AS days
FROM ${rows.from}
WHERE ${join(conditions, " AND ")}`;
}
