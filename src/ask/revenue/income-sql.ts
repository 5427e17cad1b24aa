import { amountOf, dating, rowsOf } from "../../engine/aggregates.ts";
import { duckdb } from "../../engine/dialect.ts";
import type { Aggregate } from "../../engine/measure.ts";
import type { Plan } from "../../engine/plan.ts";
import { believed } from "../../engine/relation.ts";
import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";
import type { Place } from "./calendar.ts";

/** What comes in: a measure of money, as a plan takes it. */
export interface Taken {
  readonly plan: Plan;
  readonly part: string;
  readonly measure: Aggregate;
}

/** The months with the day that counts in each, numbered from 0. */
export const placesCte = (places: readonly Place[]): Sql => sql`place AS (
    SELECT * FROM (VALUES ${join(
      places.map(({ month, day }, at) => sql`(CAST(${at} AS INTEGER), ${duckdb.day(month)}, ${duckdb.day(day)})`),
      ", ",
    )}) AS place(nth, month, day))`;

/** By rep and day, with the days of the deal that it came of. */
function earned({ plan, part, measure }: Taken): Sql {
  const { rows, from, where, foreign } = rowsOf(
    { name: measure.table.name, measures: [[part, measure]] },
    plan,
    duckdb,
  );
  const day = sql`${rows.alias}.${name(dating(measure, plan.clock))}`;
  const isDeal = measure.table.name === "deal";
  const sold = isDeal ? rows.alias : raw("sold");
  const deals = isDeal
    ? raw("")
    : sql`
    LEFT JOIN (SELECT deal_id, created_on, closed_on FROM deal WHERE ${believed(raw("deal"), plan, duckdb)}) AS sold
      ON sold.deal_id = ${rows.alias}.deal_id`;
  return sql`earned AS (
    SELECT ${rows.dimension("rep")} AS owner, ${day} AS day, ${sold}.created_on AS created_on, ${sold}.closed_on AS closed_on,
      sum(${amountOf(measure, rows, plan, foreign)}) AS amount
    FROM ${from}${deals}
    WHERE ${where}
    GROUP BY 1, 2, 3, 4)`;
}

/** What came in by rep and month, and how much of it after the day that counts. */
export const monthly = (taken: Taken, places: readonly Place[]): Sql => sql`WITH ${placesCte(places)}, ${earned(taken)}
  SELECT nth, owner, CAST(sum(amount) AS DOUBLE) AS whole,
    CAST(coalesce(sum(amount) FILTER (earned.day > place.day), 0) AS DOUBLE) AS tail
  FROM earned JOIN place ON place.month = ${duckdb.startOf("month", raw("earned.day"))}
  GROUP BY nth, owner ORDER BY nth, owner`;

/**
 * What came in after the day that counts of each month from `first` on, by month and rep, in each of so many months: from a
 * deal that was open then, from one that did not exist yet (fresh), or otherwise (standing). One row for each month, its list
 * as JSON.
 */
export const flows = (
  taken: Taken,
  places: readonly Place[],
  first: number,
  steps: number,
): Sql => sql`WITH ${placesCte(places)}, ${earned(taken)},
  flow AS (
    SELECT nth, coalesce(owner, '') AS owner, CASE
        WHEN created_on IS NULL THEN 'standing' WHEN created_on > place.day THEN 'fresh'
        WHEN coalesce(closed_on, DATE '9999-12-31') > place.day THEN 'open' ELSE 'standing' END AS kind,
      date_diff('month', place.month, earned.day) AS step, CAST(sum(amount) AS DOUBLE) AS amount
    FROM earned JOIN place ON earned.day > place.day AND nth >= CAST(${first} AS INTEGER)
      AND date_diff('month', place.month, earned.day) < CAST(${steps} AS INTEGER)
    GROUP BY ALL)
  SELECT nth, CAST(to_json(list([owner, kind, CAST(step AS VARCHAR), CAST(amount AS VARCHAR)] ORDER BY owner, kind, step)) AS VARCHAR) AS flows
  FROM flow GROUP BY nth ORDER BY nth`;
