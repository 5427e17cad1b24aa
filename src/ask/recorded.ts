import type { Database } from "../engine/database.ts";
import { duckdb } from "../engine/dialect.ts";
import type { Measure } from "../engine/measure.ts";
import type { Plan } from "../engine/plan.ts";
import { Problem } from "../engine/problem.ts";
import { believed, dimensionsOf, relation } from "../engine/relation.ts";
import { join, name, sql } from "../engine/sql.ts";
import { splitsOf } from "./dimensions.ts";
import type { Context, Draft, Note } from "./draft.ts";

/** How many rows a measure counts, and how many of them carry each of some dimensions. */
interface Carriers {
  readonly all: number;
  readonly carrying: Readonly<Record<string, number>>;
}

/** Counts over all time, in one pass. */
async function carriers(
  database: Database,
  measure: Measure,
  dimensions: readonly string[],
  plan: Plan,
): Promise<Carriers> {
  const known = dimensionsOf(measure, plan.clock);
  const own = dimensions.filter((dimension) => dimension in known);
  const rows = relation(measure.table, known, { ...plan, keys: own, slices: [] }, measure.where, duckdb);
  const reached =
    measure.kind === "aggregate" && measure.reached !== undefined
      ? [sql`${rows.alias}.${name(measure.reached)} IS NOT NULL`]
      : [];
  const conditions = [believed(rows.alias, plan, duckdb), ...measure.where.map(rows.condition), ...reached];
  const counted = own.map((dimension) => sql`count(${rows.dimension(dimension)}) AS ${name(dimension)}`);
  const query = sql`SELECT ${join([sql`count(*) AS counted_rows`, ...counted], ", ")} FROM ${rows.from}
    WHERE ${join(conditions, " AND ")}`;
  const [row] = await database.use((connection) => connection.rows(query));
  const carrying = Object.fromEntries(own.map((dimension) => [dimension, Number(row?.[dimension] ?? 0)]));
  return { all: Number(row?.["counted_rows"] ?? 0), carrying };
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

/** How many rows fell short, where none of them carries the dimension though those which succeeded do; 0 otherwise. */
function muteRows(dimension: string, won: Carriers, others: readonly Carriers[]): number {
  const able = others.filter((each) => Object.hasOwn(each.carrying, dimension));
  const carrying = sumOf(able.map((each) => each.carrying[dimension] ?? 0));
  return carrying > 0 || (won.carrying[dimension] ?? 0) === 0 ? 0 : sumOf(able.map((each) => each.all));
}

/** Those which succeeded, and those which fell short, of a share that tells them apart. */
async function bothSides(
  { variant, indicator, plan }: Draft,
  dimensions: readonly string[],
  { ledger }: Context,
  database: Database,
): Promise<{ readonly won: Carriers; readonly others: readonly Carriers[] } | undefined> {
  const [successes] = Object.values(variant.parts);
  if (variant.others.length === 0 || successes === undefined) return undefined;
  const [won, ...others] = await ledger.remembered(
    `carriers ${indicator.id} ${indicator.version} ${variant.id} ${dimensions.join(" ")} ${plan.clock} ${JSON.stringify([plan.parameters, plan.lists])} ${plan.asOf ?? ""}`,
    () => Promise.all([successes, ...variant.others].map((measure) => carriers(database, measure, dimensions, plan))),
  );
  return won === undefined ? undefined : { won, others };
}

/** For each dimension, how many rows fell short without any of them carrying it, where those which succeeded do. */
async function mute(
  draft: Draft,
  dimensions: readonly string[],
  context: Context,
  database: Database,
): Promise<number[]> {
  const sides = await bothSides(draft, dimensions, context, database);
  return dimensions.map((dimension) => (sides === undefined ? 0 : muteRows(dimension, sides.won, sides.others)));
}

/**
 * Says of a dimension by which a share is split that none of its successes carries it, as a reason why something was lost: each
 * value shows 0 %, whatever is behind it.
 */
export async function carriedByLosses(draft: Draft, context: Context, database: Database): Promise<Note[]> {
  const { keys } = draft.plan;
  const sides = keys.length === 0 ? undefined : await bothSides(draft, keys, context, database);
  if (sides === undefined || sides.won.all === 0) return [];
  const { won, others } = sides;
  const one = (dimension: string) => sumOf(others.map(({ carrying }) => carrying[dimension] ?? 0));
  return keys
    .filter((dimension) => won.carrying[dimension] === 0 && one(dimension) > 0)
    .map((dimension) => ({
      code: "losses-only",
      message: `none of the ${won.all} that got there carries a ${dimension}, so each ${dimension} shows 0 %: the counts say how many were lost, the share says nothing`,
      count: won.all,
    }));
}

/** The dimensions that the rows which fell short carry too. */
export async function honestSplits(draft: Draft, context: Context, database: Database): Promise<string[]> {
  const legal = splitsOf(draft.variant);
  const silent = await mute(draft, legal, context, database);
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
    const [rows = 0] = await mute(draft, [dimension], context, database);
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
