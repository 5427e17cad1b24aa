import { converted, missingRate, rateJoin, shareOf } from "../../engine/currency.ts";
import { duckdb } from "../../engine/dialect.ts";
import type { Plan } from "../../engine/plan.ts";
import { believed, relation } from "../../engine/relation.ts";
import { join, raw, sql, typed, type Sql } from "../../engine/sql.ts";
import type { Day } from "../../engine/time.ts";
import { tenure } from "../../facts/derived/tenure.ts";

/** Whose stays are followed: the plan says of whom and by what they are told apart, the day until when they are seen. */
export interface Followed {
  readonly plan: Plan;
  readonly until: Day;
}

/**
 * `held`: the intervals of `tenure` that a plan asks for, in the wanted currency. `who` is a customer within one value of what
 * splits it; where a model divides a customer between several values, each has its `weight` and its part of the amounts.
 */
function held({ plan, until }: Followed): Sql {
  const rows = relation(tenure, tenure.dimensions, plan, [], duckdb);
  const foreign = plan.foreign.includes(tenure.name);
  const begins = sql`${rows.alias}.valid_from`;
  const stated = sql`${rows.alias}.amount`;
  const whole = foreign ? converted(stated, rows, plan) : stated;
  const amount = rows.share === undefined ? whole : shareOf(whole, rows.share, foreign);
  const [by] = plan.keys;
  const group = by === undefined ? raw("CAST(NULL AS VARCHAR)") : rows.dimension(by);
  const parts = rows.share === undefined ? [] : plan.slices.map(({ dimension }) => rows.dimension(dimension));
  const customer = sql`${rows.alias}.customer_id`;
  const who =
    by === undefined && parts.length === 0
      ? customer
      : sql`concat_ws(chr(31), ${join([customer, ...[group, ...parts].map((each) => sql`coalesce(${each}, chr(30))`)], ", ")})`;
  const missing = foreign ? missingRate(rows, begins, plan, raw("true")) : raw("NULL");
  const observed = duckdb.day(until);
  const conditions = [rows.believed, ...rows.slices, sql`${begins} <= ${observed}`];
  return sql`held AS MATERIALIZED (
    SELECT ${who} AS who, ${customer} AS customer_id, ${group} AS split_by, ${begins} AS begins,
      CASE WHEN ${rows.alias}.valid_to <= ${observed} THEN ${rows.alias}.valid_to END AS ends,
      any_value(${rows.alias}.began_on) AS began_on, any_value(${rows.alias}.revenue_id) AS revenue_id,
      sum(${amount}) AS amount, CAST(max(${rows.share ?? raw("1")}) AS DOUBLE) AS weight, ${missing} AS missing_rate
    FROM ${rows.from}${foreign ? rateJoin(rows, begins, plan, duckdb) : raw("")}
    WHERE ${join(conditions, " AND ")}
    GROUP BY ALL)`;
}

/** `moved`: each month in which something of a customer began or ended, with what it held before and after. */
const moved = sql`change AS (
    SELECT who, any_value(split_by) AS split_by, CAST(date_trunc('month', on_day) AS DATE) AS month, any_value(weight) AS weight,
      bool_or(began_on IS NOT NULL) AS is_known, CAST(date_trunc('month', min(began_on)) AS DATE) AS began_in,
      sum(CASE WHEN opens THEN amount ELSE -amount END) AS delta, sum(CASE WHEN opens THEN 1 ELSE -1 END) AS n
    FROM (SELECT *, true AS opens, begins AS on_day FROM held UNION ALL SELECT *, false, ends FROM held WHERE ends IS NOT NULL) AS edge
    GROUP BY who, month),
  run AS (
    SELECT *, sum(delta) OVER months AS after_amount, sum(n) OVER months AS after_n, row_number() OVER months AS nth,
      min(month) OVER (PARTITION BY who) AS first_month
    FROM change WINDOW months AS (PARTITION BY who ORDER BY month)),
  moved AS (
    SELECT *, after_amount - delta AS before_amount, after_n > 0 AS is_there, after_n > n AS was_there,
      CASE WHEN after_n = n AND after_n > 0 THEN
          CASE WHEN nth > 1 OR NOT is_known THEN 'reactivation' WHEN began_in < month THEN 'expansion' ELSE 'new' END
        WHEN after_n > n AND after_n = 0 THEN 'churn'
        WHEN delta > 0 THEN 'expansion' WHEN delta < 0 THEN 'contraction' END AS movement
    FROM run)`;

/** What moved in each month: how many customers, by how much, and by how much the stock changed. */
export const monthly = (followed: Followed): Sql => sql`WITH ${held(followed)}, ${moved}
  SELECT split_by, CAST(month AS VARCHAR) AS month, movement, sum(weight) AS customers, sum(abs(delta)) AS amount,
    sum(weight * (CAST(is_there AS INTEGER) - CAST(was_there AS INTEGER))) AS more, sum(delta) AS delta,
    (SELECT min(missing_rate) FROM held) AS missing_rate
  FROM moved GROUP BY split_by, month, movement ORDER BY split_by, month, movement`;

/** For those who began in each month: how the stock of them changed in each month from then on, and how many they were. */
export const cohorts = (followed: Followed): Sql => sql`WITH ${held(followed)}, ${moved}
  SELECT CAST(first_month AS VARCHAR) AS cohort, CAST(month AS VARCHAR) AS month, coalesce(sum(weight) FILTER (nth = 1), 0) AS began,
    sum(weight * (CAST(is_there AS INTEGER) - CAST(was_there AS INTEGER))) AS more, sum(delta) AS delta
  FROM moved WHERE is_known GROUP BY first_month, month ORDER BY first_month, month`;

/** `stay`: each customer from its first day on, until the first day on which it held nothing any more; null for who is there. */
const stay = sql`step AS (
    SELECT who, on_day, sum(CASE WHEN opens THEN 1 ELSE -1 END) AS n
    FROM (SELECT who, true AS opens, begins AS on_day FROM held UNION ALL SELECT who, false, ends FROM held WHERE ends IS NOT NULL) AS edge
    GROUP BY who, on_day),
  level AS (SELECT who, on_day, sum(n) OVER (PARTITION BY who ORDER BY on_day) AS n FROM step),
  stay AS (
    SELECT who, min(on_day) AS first_on, min(on_day) FILTER (n = 0) AS left_first, max(on_day) FILTER (n = 0) AS left_last, arg_max(n, on_day) = 0 AS is_gone
    FROM level GROUP BY who),
  someone AS (
    SELECT who, any_value(customer_id) AS customer_id, any_value(split_by) AS split_by, any_value(weight) AS weight,
      min(began_on) AS began_on, sum(amount) AS total FROM held GROUP BY who)`;

/** How many stayed how many days, and whether they left then or were last seen. Who was one before anything was recorded is left out. */
export const exits = (followed: Followed): Sql => sql`WITH ${held(followed)}, ${stay}
  SELECT split_by, date_diff('day', first_on, coalesce(left_first, ${duckdb.day(followed.until)})) AS age,
    coalesce(sum(weight) FILTER (left_first IS NOT NULL), 0) AS reached, coalesce(sum(weight) FILTER (left_first IS NULL), 0) AS open
  FROM stay JOIN someone USING (who) WHERE began_on IS NOT NULL
  GROUP BY split_by, age ORDER BY split_by, age`;

/** `lost`: who left within some days and is not back, with what is lost with it and the reason that is recorded of that day. */
function lost(followed: Followed, from: Day, to: Day): Sql {
  const { plan } = followed;
  const known = (table: string): Sql => believed(raw(table), plan, duckdb);
  return sql`WITH ${held(followed)}, ${stay},
  reason AS (
    SELECT customer_id, occurred_on, max(reason) AS reason FROM subscription_change
    WHERE ${known("subscription_change")} AND mrr_after = 0 GROUP BY customer_id, occurred_on),
  ended AS (SELECT who, ends, sum(amount) FILTER (revenue_id IS NULL) AS amount FROM held GROUP BY who, ends),
  lost AS (
    SELECT someone.customer_id, split_by, first_on, left_last, weight, coalesce(ended.amount, total) AS amount, reason
    FROM stay JOIN someone USING (who) LEFT JOIN ended ON ended.who = stay.who AND ended.ends = left_last
    LEFT JOIN reason ON reason.customer_id = someone.customer_id AND occurred_on = left_last
    WHERE is_gone AND left_last >= ${duckdb.day(from)} AND left_last < ${duckdb.day(to)})`;
}

/** The customers with whom most is lost. */
export const lostCustomers = (
  followed: Followed,
  from: Day,
  to: Day,
  most: number,
): Sql => sql`${lost(followed, from, to)}
  SELECT lost.customer_id, customer.name, split_by, CAST(first_on AS VARCHAR) AS began, CAST(left_last AS VARCHAR) AS gone, amount, reason
  FROM lost LEFT JOIN customer ON customer.customer_id = lost.customer_id AND ${believed(raw("customer"), followed.plan, duckdb)}
  ORDER BY amount DESC, gone DESC, lost.customer_id LIMIT ${typed(String(most), "INTEGER")}`;

/** Why they left. */
export const lossReasons = (followed: Followed, from: Day, to: Day): Sql => sql`${lost(followed, from, to)}
  SELECT reason, sum(weight) AS customers, sum(amount) AS amount FROM lost GROUP BY reason ORDER BY customers DESC, reason`;

/** Each customer's days with a sale: how many, the first, the last, and all that it bought; whether it is a customer still. */
export const purchases = (followed: Followed): Sql => sql`WITH ${held(followed)},
  bought AS (
    SELECT customer_id, count(DISTINCT begins) FILTER (amount > 0) AS days, min(begins) FILTER (amount > 0) AS first_on,
      max(begins) FILTER (amount > 0) AS last_on, sum(amount) AS amount, bool_or(ends IS NULL) AS is_there
    FROM held WHERE began_on IS NOT NULL GROUP BY customer_id)
  SELECT bought.customer_id, name, days, CAST(last_on AS VARCHAR) AS last, date_diff('day', first_on, last_on) AS recency,
    date_diff('day', first_on, ${duckdb.day(followed.until)}) AS age, amount, is_there
  FROM bought LEFT JOIN customer ON customer.customer_id = bought.customer_id AND ${believed(raw("customer"), followed.plan, duckdb)}
  WHERE days > 0 ORDER BY bought.customer_id`;
