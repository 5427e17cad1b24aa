import { spanOf, sumOfRows } from "./aggregates.ts";
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

/** The columns that tell the day on which a measure counts a row, and whether it does where it has conditions. */
function dayOf(measure: Aggregate, rows: Relation, as: string): Sql[] {
  const day = sql`${rows.alias}.${name(measure.reached ?? measure.at)} AS ${name(`${as}_on`)}`;
  if (measure.where.length === 0) return [day];
  return [day, sql`(${join(measure.where.map(rows.condition), " AND ")}) AS ${name(`is_${as}`)}`];
}

/** The median whose days are finer than the ages of the rows that the plan follows, where there is one. */
function finer({ parts }: Plan, { table, reached }: Aggregate): Aggregate | undefined {
  const medians = Object.values(parts).filter((each) => each.kind === "aggregate" && each.span !== undefined);
  return medians.find(
    (each): each is Aggregate =>
      each.kind === "aggregate" &&
      each.table.name === table.name &&
      each.reached === reached &&
      each.table.columns[each.span?.from ?? ""]?.kind === "instant",
  );
}

/**
 * The rows of a cohort by the day on which they entered, got there or were ended: far fewer than there are rows, so that all
 * else is worked out once for each.
 */
function byDay(plan: Plan, everyone: boolean, dialect: Dialect): Sql {
  const { all, reached } = followed(plan) ?? unfollowed();
  const { table, at, where } = all[1];
  const { rival, range } = plan;
  const predicates = [where, reached[1].where, rival?.where ?? []].flat();
  const rows = relation(table, table.dimensions, plan, predicates, dialect);
  const entered = sql`${rows.alias}.${name(at)}`;
  const fine = finer(plan, reached[1]);
  const inside = everyone
    ? sql`${entered} IS NOT NULL`
    : sql`${entered} >= ${dialect.day(range.from)} AND ${entered} < ${dialect.day(range.to)}`;
  const grouped = [
    ...plan.keys.map((key) => sql`${rows.dimension(key)} AS ${name(key)}`),
    sql`${entered} AS entered_on`,
    ...dayOf(reached[1], rows, "reached"),
    ...(rival === undefined ? [] : dayOf(rival, rows, "ended")),
    ...(fine === undefined ? [] : [sql`${spanOf(fine, rows, dialect)} AS delay`]),
  ];
  const conditions = [rows.believed, inside, ...rows.slices, ...where.map(rows.condition)];
  return sql`SELECT ${join(grouped, ", ")}, ${sumOfRows(rows)} AS units
    FROM ${rows.from}
    WHERE ${join(conditions, "\n      AND ")}
    GROUP BY ${raw(grouped.map((_, i) => i + 1).join(", "))}`;
}

/** How long each was seen, and after how many days it got there or was ended within the window, with the keys that they are counted by. */
function units(plan: Plan, everyone: boolean, dialect: Dialect): { columns: readonly string[]; select: Sql } {
  const { grain, rival, range } = plan;
  const entered = raw("entered_on");
  const asked = sql`entered_on >= ${dialect.day(range.from)} AND entered_on < ${dialect.day(range.to)}`;
  const started = grain === undefined ? raw("NULL") : dialect.startOf(grain, entered);
  const keys: Readonly<Record<string, Sql>> = {
    ...(grain === undefined ? {} : { period: everyone ? sql`CASE WHEN ${asked} THEN ${started} END` : started }),
    ...Object.fromEntries(plan.keys.map((key) => [key, name(key)])),
    ...(everyone ? { asked } : {}),
  };
  const within = ({ where }: Aggregate, as: string) => {
    const days = dialect.daysBetween(entered, raw(`${as}_on`));
    const counted = where.length === 0 ? raw("") : raw(`is_${as} AND `);
    return sql`CASE WHEN ${counted}${days} <= ${plan.window ?? 0} THEN ${days} END`;
  };
  const observed = dialect.daysBetween(entered, dialect.day(plan.observedTo));
  const selected = Object.entries({
    ...keys,
    seen: sql`greatest(-1, least(${plan.window ?? 0}, ${observed}))`,
    reached: within((followed(plan) ?? unfollowed()).reached[1], "reached"),
    rival: rival === undefined ? raw("NULL") : within(rival, "ended"),
    ...(isFine(plan) ? { delay: raw("delay") } : {}),
    units: raw("units"),
  }).map(([column, value]) => sql`${value} AS ${name(column)}`);
  return { columns: Object.keys(keys), select: sql`SELECT ${join(selected, ", ")} FROM day` };
}

const isFine = (plan: Plan): boolean => finer(plan, (followed(plan) ?? unfollowed()).reached[1]) !== undefined;

const unitsWhere = (condition: string): string => `coalesce(sum(units) FILTER (WHERE ${condition}), 0)`;

/**
 * How many rows of a cohort left observation at each age in days, to the plan's keys: `reached`, ended by a `rival`, or `open`
 * when observation ended (at the window at the latest; at −1 before they entered). A row that reached counts as such whatever
 * else became of it, so that `reached` adds up to the plan's own count. `everyone` takes rows outside of the plan's range too,
 * without a period; `asked` says which are inside. Where the plan takes a median of days finer than ages, those that got there are
 * told apart by their `delay`.
 */
export function compileRisks(plan: Plan, everyone = false, dialect: Dialect = duckdb): Sql {
  const { columns, select } = units(plan, everyone, dialect);
  const selected = [
    ...columns.map(name),
    raw(
      "CASE WHEN reached IS NULL AND rival IS NULL THEN seen ELSE greatest(0, least(coalesce(reached, rival), seen)) END AS age",
    ),
    ...(isFine(plan) ? [raw("CASE WHEN reached IS NOT NULL THEN delay END AS delay")] : []),
    raw(`${unitsWhere("reached IS NOT NULL")} AS reached`),
    raw(`${unitsWhere("reached IS NULL AND rival IS NOT NULL")} AS rival`),
    raw(`${unitsWhere("reached IS NULL AND rival IS NULL")} AS "open"`),
  ];
  const grouped = raw([...columns, "age", ...(isFine(plan) ? ["delay"] : [])].map((_, i) => i + 1).join(", "));
  return sql`WITH
  day AS (
    ${byDay(plan, everyone, dialect)}),
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
