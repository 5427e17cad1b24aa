import { duckdb } from "../../engine/dialect.ts";
import type { Plan } from "../../engine/plan.ts";
import { believed, relation, type Relation } from "../../engine/relation.ts";
import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";
import { deal } from "../../facts/deal.ts";
import type { openers } from "../../contract/reps.ts";
import { factors } from "./cells.ts";

const million = 1_000_000;

const rowsOf = (plan: Plan, keys: readonly string[]): Relation =>
  relation(deal, deal.dimensions, { ...plan, keys }, [], duckdb);

/** Deals that were created on the plan's days, as far as they have been seen. */
const created = (rows: Relation, { range, observedTo }: Plan): Sql => {
  const day = sql`${rows.alias}.created_on`;
  const inside = sql`${day} >= ${duckdb.day(range.from)} AND ${day} < ${duckdb.day(range.to)}`;
  return join([rows.believed, inside, sql`${day} <= ${duckdb.day(observedTo)}`, ...rows.slices], " AND ");
};

/** What a deal counts for, in millionths: several channels may share one. */
const units = (rows: Relation): Sql =>
  rows.share === undefined
    ? raw(`CAST(${million} AS BIGINT)`)
    : sql`CAST(round(${rows.share} * ${raw(String(million))}) AS BIGINT)`;

/** What a deal was when it was handed over: as it is recorded on the deal itself, or else on the lead that it goes back to. */
const handed = (rows: Relation, factor: (typeof factors)[number]): Sql =>
  factor === "channel" || factor === "segment"
    ? sql`coalesce(${rows.alias}.${name(factor)}, came.${name(factor)})`
    : rows.dimension(factor);

/**
 * Deals by their owner and all factors: how many, how many were closed and won within the window, and what share of the wins
 * of deals as old as they are comes by their age, `reached` by whole days. Sums are whole numbers of millionths, so that they
 * come out the same in any order.
 */
export function dealCells(plan: Plan, reached: readonly number[]): Sql {
  const rows = rowsOf(plan, ["rep", "kind", "size"]);
  const window = raw(String(plan.window ?? 0));
  const { alias } = rows;
  const levels = factors.map((factor) => sql`${handed(rows, factor)} AS ${name(factor)}`);
  const ages = reached.map(
    (share, age) =>
      sql`(${raw(String(age))}, ${raw(String(Math.round(share * million)))}, ${raw(String(Math.round(share * share * million)))})`,
  );
  return sql`WITH by_age(age, reached, squared) AS (VALUES ${join(ages, ", ")}),
  seen AS (
    SELECT ${rows.dimension("rep")} AS rep, ${join(levels, ", ")}, ${units(rows)} AS units, ${alias}.outcome AS outcome,
      least(${window}, ${duckdb.daysBetween(sql`${alias}.created_on`, duckdb.day(plan.observedTo))}) AS seen_to,
      greatest(0, ${duckdb.daysBetween(sql`${alias}.created_on`, sql`${alias}.closed_on`)}) AS took
    FROM ${rows.from} LEFT JOIN lead AS came ON came.lead_id = ${alias}.lead_id AND ${believed(raw("came"), plan, duckdb)}
    WHERE ${created(rows, plan)})
  SELECT ${join(["rep", ...factors].map(name), ", ")}, sum(units) AS deals,
    coalesce(sum(units) FILTER (outcome <> 'open'), 0) AS closed,
    coalesce(sum(units) FILTER (outcome = 'won' AND took <= seen_to), 0) AS won,
    sum(units * reached) AS weight, sum(units * squared) AS squares
  FROM seen JOIN by_age ON by_age.age = seen_to
  GROUP BY ALL ORDER BY ALL`;
}

/** How many deals each person opened, and the first and last day on which they did; who owns a deal opened it where nobody else is named. */
export function openedBy(plan: Plan, opener: (typeof openers)[number]): Sql {
  const rows = rowsOf(plan, []);
  return sql`SELECT coalesce(${rows.alias}.${name(opener)}, ${rows.alias}.rep) AS rep, sum(${units(rows)}) AS opened,
    CAST(min(${rows.alias}.created_on) AS VARCHAR) AS first_on, CAST(max(${rows.alias}.created_on) AS VARCHAR) AS last_on
  FROM ${rows.from} WHERE ${created(rows, plan)} GROUP BY 1 ORDER BY 1`;
}
