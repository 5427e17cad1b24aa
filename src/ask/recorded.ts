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

const sumOf = (found: readonly { all: number; carrying: number }[], which: "all" | "carrying"): number =>
  found.reduce((sum, each) => sum + each[which], 0);

/** How many rows fell short, where none of them carries a dimension that those which succeeded do carry; 0 otherwise. */
async function mute(draft: Draft, dimension: string, { ledger }: Context, database: Database): Promise<number> {
  const { variant, indicator, plan } = draft;
  const others = variant.others.filter((measure) => dimension in dimensionsOf(measure, plan.clock));
  const [successes] = Object.values(variant.parts);
  if (others.length === 0 || successes === undefined) return 0;
  const [won, ...found] = await ledger.remembered(
    `carriers ${indicator.id} ${indicator.version} ${variant.id} ${dimension} ${plan.clock} ${JSON.stringify([plan.parameters, plan.lists])} ${plan.asOf ?? ""}`,
    () => Promise.all([successes, ...others].map((measure) => carriers(database, measure, dimension, plan))),
  );
  return sumOf(found, "carrying") > 0 || (won?.carrying ?? 0) === 0 ? 0 : sumOf(found, "all");
}

/** Whether only the successes of a share carry the dimension. */
export const isOneSided = async (
  draft: Draft,
  dimension: string,
  context: Context,
  database: Database,
): Promise<boolean> => (await mute(draft, dimension, context, database)) > 0;

/** The dimensions that the rows which fell short carry too. */
async function honestSplits(draft: Draft, context: Context, database: Database): Promise<string[]> {
  const legal = splitsOf(draft.variant);
  const silent = await Promise.all(legal.map((dimension) => mute(draft, dimension, context, database)));
  return legal.filter((_, i) => silent[i] === 0);
}

/**
 * Refuses to split a share by a dimension that only its successes carry: when lost rows name no rep, every rep would show
 * 100 %.
 */
export async function refuseOneSided(draft: Draft, context: Context, database: Database): Promise<void> {
  const { indicator, plan } = draft;
  const split = [...plan.keys, ...plan.slices.map((slice) => slice.dimension)];
  for (const dimension of new Set(split)) {
    const rows = await mute(draft, dimension, context, database);
    if (rows === 0) continue;
    const honest = await honestSplits(draft, context, database);
    throw new Problem(
      "one-sided-dimension",
      `${indicator.id} cannot be split by ${dimension}: none of the ${rows} that did not get there carries a ${dimension}, so every one would show 100 %`,
      `load the ${dimension} of the others too, or ${honest.length === 0 ? "ask for the total" : `split by ${honest.join(", ")}`}`,
      { indicator: indicator.id, dimension, rows },
    );
  }
}
