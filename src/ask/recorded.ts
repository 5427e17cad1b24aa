import type { Database } from "../engine/database.ts";
import { duckdb } from "../engine/dialect.ts";
import type { Measure } from "../engine/measure.ts";
import type { Plan } from "../engine/plan.ts";
import { Problem } from "../engine/problem.ts";
import { believed, dimensionsOf, relation } from "../engine/relation.ts";
import { join, name, sql } from "../engine/sql.ts";
import { splitsOf } from "./dimensions.ts";
import type { Context, Draft } from "./draft.ts";

/** How many rows a measure counts over all time, and how many of them carry the dimension. */
async function carriers(
  database: Database,
  measure: Measure,
  dimension: string,
  plan: Plan,
): Promise<{ all: number; carrying: number }> {
  const alone = { ...plan, keys: [dimension], slices: [] };
  const rows = relation(measure.table, dimensionsOf(measure, plan.clock), alone, measure.where, duckdb);
  const reached =
    measure.kind === "aggregate" && measure.reached !== undefined
      ? [sql`${rows.alias}.${name(measure.reached)} IS NOT NULL`]
      : [];
  const conditions = [believed(rows.alias, plan, duckdb), ...measure.where.map(rows.condition), ...reached];
  const query = sql`SELECT count(*) AS n, count(${rows.dimension(dimension)}) AS carrying FROM ${rows.from}
    WHERE ${join(conditions, " AND ")}`;
  const [row] = await database.use((connection) => connection.rows(query));
  return { all: Number(row?.["n"] ?? 0), carrying: Number(row?.["carrying"] ?? 0) };
}

/**
 * Refuses to split a share by a dimension that only its successes carry: when lost rows name no rep, every rep would show
 * 100 %.
 */
export async function refuseOneSided(draft: Draft, { ledger }: Context, database: Database): Promise<void> {
  const { variant, indicator, plan } = draft;
  const split = [...plan.keys, ...plan.slices.map((slice) => slice.dimension)];
  for (const dimension of new Set(split)) {
    const others = variant.others.filter((measure) => dimension in dimensionsOf(measure, plan.clock));
    if (others.length === 0) continue;
    const [successes] = Object.values(variant.parts);
    const asked = [...(successes === undefined ? [] : [successes]), ...others];
    const [won, ...found] = await ledger.remembered(
      `carriers ${indicator.id} ${variant.id} ${dimension} ${plan.clock} ${JSON.stringify(plan.parameters)} ${plan.asOf ?? ""}`,
      () => Promise.all(asked.map((measure) => carriers(database, measure, dimension, plan))),
    );
    const [all, carrying] = [
      found.reduce((sum, each) => sum + each.all, 0),
      found.reduce((sum, each) => sum + each.carrying, 0),
    ];
    if (all === 0 || carrying > 0 || (won?.carrying ?? 0) === 0) continue;
    throw new Problem(
      "one-sided-dimension",
      `${indicator.id} cannot be split by ${dimension}: none of the ${all} that did not get there carries a ${dimension}, so every one would show 100 %`,
      `load the ${dimension} of the others too, or split by ${splitsOf(variant)
        .filter((each) => each !== dimension)
        .join(", ")}`,
      { indicator: indicator.id, dimension, rows: all },
    );
  }
}
