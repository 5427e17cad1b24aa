import { amountOf, rowsOf } from "../../engine/aggregates.ts";
import { duckdb } from "../../engine/dialect.ts";
import { believed } from "../../engine/relation.ts";
import { raw, sql, type Sql } from "../../engine/sql.ts";
import type { Place } from "./calendar.ts";
import { placesCte, type Taken } from "./income-sql.ts";

/** The ends of the classes of ages at a stage, in days. */
const ages = sql`CASE WHEN age < 7 THEN 0 WHEN age < 14 THEN 1 WHEN age < 28 THEN 2 WHEN age < 56 THEN 3 WHEN age < 112 THEN 4 ELSE 5 END`;

/**
 * Every deal that was open on the day that counts of a month: its stage then (the last that it had entered by then), how many
 * days it had been there, and, as far as it is known, how it ended and how many months later.
 */
function standing({ plan, part, measure }: Taken, places: readonly Place[], first: number): Sql {
  const { rows, from, where, foreign } = rowsOf({ name: "deal", measures: [[part, measure]] }, plan, duckdb);
  const amount = amountOf(measure, rows, plan, foreign);
  const last = duckdb.day(plan.observedTo);
  return sql`WITH ${placesCte(places)},
  known AS (
    SELECT deal.deal_id, coalesce(${rows.dimension("rep")}, '') AS owner, deal.created_on, deal.customer_id, deal.product,
      CASE WHEN deal.outcome <> 'open' AND deal.closed_on <= ${last} THEN deal.closed_on END AS ended_on, deal.outcome AS way,
      coalesce(${amount}, 0) AS amount
    FROM ${from} WHERE ${where}),
  entered AS (
    SELECT subject_id AS deal_id, entered_on, arg_max(stage, (entered_at, stage)) AS stage FROM stage_entry
    WHERE subject = 'deal' AND ${believed(raw("stage_entry"), plan, duckdb)} GROUP BY 1, 2),
  open_then AS (
    SELECT nth, month, day, known.* FROM place JOIN known ON created_on <= day AND coalesce(ended_on > day, true)
    WHERE nth >= CAST(${first} AS INTEGER)),
  aged AS (
    SELECT open_then.*, coalesce(entered.stage, '') AS stage, open_then.day - coalesce(entered.entered_on, created_on) AS age
    FROM open_then ASOF LEFT JOIN entered ON entered.deal_id = open_then.deal_id AND entered.entered_on <= open_then.day),
  standing AS MATERIALIZED (
    SELECT *, ${ages} AS age_class, CASE WHEN ended_on IS NOT NULL THEN date_diff('month', month, ended_on) END AS step FROM aged)`;
}

const listed = (cells: string, order: string): Sql =>
  raw(`CAST(to_json(list([${cells}] ORDER BY ${order})) AS VARCHAR) AS rows`);

/**
 * The open deals of each month as lists in JSON: `watched`, by stage and class of ages how many ended in which way how many
 * months later; `exposed`, what they were worth by rep, stage and class of ages; and, of the last month alone, each of those
 * that are open now (`open`).
 */
export const openDeals = (
  taken: Taken,
  places: readonly Place[],
  first: number,
): Sql => sql`${standing(taken, places, first)},
  watched AS (
    SELECT nth, stage, age_class, CASE WHEN ended_on IS NOT NULL THEN way ELSE 'open' END AS way, coalesce(step, 0) AS step, count(*) AS n
    FROM standing GROUP BY ALL),
  exposed AS (SELECT nth, owner, stage, age_class, CAST(sum(amount) AS DOUBLE) AS amount FROM standing GROUP BY ALL),
  open_now AS (SELECT *, CAST(amount AS DOUBLE) AS worth FROM standing WHERE nth = CAST(${places.length - 1} AS INTEGER))
  SELECT 'watched' AS what, nth, ${listed("stage, CAST(age_class AS VARCHAR), way, CAST(step AS VARCHAR), CAST(n AS VARCHAR)", "stage, age_class, way, step")}
  FROM watched GROUP BY nth
  UNION ALL
  SELECT 'exposed', nth, ${listed("owner, stage, CAST(age_class AS VARCHAR), CAST(amount AS VARCHAR)", "owner, stage, age_class")}
  FROM exposed GROUP BY nth
  UNION ALL
  SELECT 'open', nth, ${listed("deal_id, owner, stage, CAST(age AS VARCHAR), CAST(age_class AS VARCHAR), customer_id, product, CAST(worth AS VARCHAR)", "deal_id")}
  FROM open_now GROUP BY nth`;
