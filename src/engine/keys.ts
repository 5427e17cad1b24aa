import type { Dialect } from "./dialect.ts";
import type { Plan } from "./plan.ts";
import type { Relation } from "./relation.ts";
import { join, name, raw, sql, type Sql } from "./sql.ts";

/** Which key a row of a plan whose keys are apart belongs to, and its value under it. */
export const [splitColumn, segmentColumn] = ["split", "segment"] as const;

/** Whether the keys of a plan can be taken apart in one pass: what is held at edges is added up per entity first. */
export const canBeApart = ({ parts }: Pick<Plan, "parts">): boolean =>
  Object.values(parts).every((measure) => measure.kind === "aggregate");

/** The columns that tell the rows of an answer from each other, beside their period. */
export const keyColumns = ({ keys, apart }: Plan): readonly string[] =>
  apart === true ? [splitColumn, segmentColumn] : keys;

/** The keys of a table's rows as columns, and how the rows are grouped by them; `day` puts them into periods. */
export function groupedBy(plan: Plan, rows: Relation, day: Sql, dialect: Dialect): { columns: Sql[]; groups: Sql } {
  const period = plan.grain === undefined ? [] : [dialect.startOf(plan.grain, day)];
  const cells = plan.keys.map((key) => rows.dimension(key));
  const periods = period.map((each) => sql`${each} AS period`);
  if (plan.apart !== true) {
    const columns = [...periods, ...plan.keys.map((key, i) => sql`${cells[i] ?? raw("NULL")} AS ${name(key)}`)];
    const groups = columns.length === 0 ? raw("") : sql`\n    GROUP BY ${raw(columns.map((_, i) => i + 1).join(", "))}`;
    return { columns, groups };
  }
  const which = plan.keys.map((key, i) => sql`WHEN GROUPING(${cells[i] ?? raw("NULL")}) = 0 THEN ${key}`);
  const sets = cells.map((cell) => sql`(${join([...period, cell], ", ")})`);
  return {
    columns: [
      ...periods,
      sql`CASE ${join(which, " ")} END AS ${name(splitColumn)}`,
      sql`coalesce(${join([...cells, raw("NULL")], ", ")}) AS ${name(segmentColumn)}`,
    ],
    groups: sql`\n    GROUP BY GROUPING SETS (${join(sets, ", ")})`,
  };
}
