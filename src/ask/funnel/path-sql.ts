import { duckdb } from "../../engine/dialect.ts";
import type { Plan } from "../../engine/plan.ts";
import { believed, relation } from "../../engine/relation.ts";
import { join, raw, sql, type Sql } from "../../engine/sql.ts";
import { leadProgress } from "../../facts/derived/lead-progress.ts";
import { survivorsAmong } from "../../facts/derived/survivor.ts";

const stages = 7;
const day = (nth: number): Sql => raw(`day_${nth}`);

/** The leads that are asked for, each with its source and what it counts for there. */
function chosen(plan: Plan): Sql {
  const leads = relation(leadProgress, leadProgress.dimensions, plan, [], duckdb);
  const [by] = plan.keys;
  const source = by === undefined ? raw("CAST(NULL AS VARCHAR)") : leads.dimension(by);
  const conditions = [
    leads.believed,
    sql`${leads.alias}.created_on >= ${duckdb.day(plan.range.from)}`,
    sql`${leads.alias}.created_on < ${duckdb.day(plan.range.to)}`,
    ...leads.slices,
  ];
  return sql`chosen AS (
    SELECT ${leads.alias}.*, ${source} AS split_by, CAST(${leads.share ?? raw("1")} AS DOUBLE) AS weight
    FROM ${leads.from} WHERE ${join(conditions, " AND ")})`;
}

/** What became of the customers that a lead turned into: when they were onboarded and renewed, and whether all are gone. */
function lives(plan: Plan): Sql {
  const known = (table: string): Sql => believed(raw(table), plan, duckdb);
  const until = duckdb.day(plan.observedTo);
  return sql`customer_of AS (
    SELECT lead_id, customer_id FROM acquisition WHERE ${known("acquisition")} AND lead_id IS NOT NULL
    UNION SELECT lead_id, customer_id FROM chosen WHERE customer_id IS NOT NULL),
  held AS (
    SELECT customer_id, max(coalesce(valid_to, DATE '9999-12-31')) AS held_to FROM subscription
    WHERE ${known("subscription")} GROUP BY customer_id),
  left_for AS (
    SELECT customer_id, arg_max(coalesce(reason, kind), (occurred_on, kind)) AS reason FROM subscription_change
    WHERE ${known("subscription_change")} AND mrr_after = 0 AND occurred_on <= ${until} GROUP BY customer_id),
  renewal AS (
    SELECT customer_id, occurred_on AS renewed_on FROM revenue
    WHERE ${known("revenue")} AND kind = 'renewal' AND amount > 0 AND occurred_on <= ${until}
    UNION ALL
    SELECT customer_id, closed_on FROM deal
    WHERE ${known("deal")} AND kind = 'renewal' AND outcome = 'won' AND customer_id IS NOT NULL AND closed_on <= ${until}),
  renewed AS (
    SELECT chosen.lead_id, min(renewed_on) AS renewed_on FROM chosen JOIN customer_of USING (lead_id)
    JOIN renewal ON renewal.customer_id = customer_of.customer_id AND renewed_on >= customer_on GROUP BY chosen.lead_id),
  life AS (
    SELECT customer_of.lead_id, min(onboarded_on) FILTER (onboarded_on <= ${until}) AS onboarded_on,
      bool_and(coalesce(held_to <= ${until}, false)) AS gone, max(held_to) AS gone_on, arg_max(left_for.reason, (held_to, left_for.reason)) AS reason
    FROM (SELECT DISTINCT lead_id, customer_id FROM customer_of) AS customer_of
    LEFT JOIN customer ON customer.customer_id = customer_of.customer_id AND ${known("customer")}
    LEFT JOIN held ON held.customer_id = customer_of.customer_id
    LEFT JOIN left_for ON left_for.customer_id = customer_of.customer_id
    GROUP BY customer_of.lead_id)`;
}

/** How each lead's deals ended last, for leads that have any. */
const deals = (plan: Plan): Sql => sql`lost AS (
    SELECT coalesce(survivor_id, deal.lead_id) AS lead_id, max(closed_on) AS lost_on,
      arg_max(lost_reason, (closed_at, deal_id)) AS lost_reason
    FROM deal LEFT JOIN survivor ON survivor.lead_id = deal.lead_id
    WHERE ${believed(raw("deal"), plan, duckdb)} AND deal.lead_id IS NOT NULL AND outcome = 'lost' GROUP BY 1)`;

/**
 * `path`: one row for each lead asked for (merged ones as their survivor) with the day on which it reached each stage, the
 * last one that it `reached`, and how, when and why it left, if it did. A stage that was skipped, or entered late, counts as
 * reached with the next one. Whether a lead is open still is what `prospect` says; a customer is lost when none of its
 * subscriptions holds any more.
 */
export const path = (
  plan: Plan,
): Sql => sql`WITH ${survivorsAmong((alias) => believed(alias, plan, duckdb))}, ${chosen(plan)}, ${lives(plan)}, ${deals(plan)},
  dated AS (
    SELECT chosen.*, renewed_on AS day_7, opportunity_on AS deal_on,
      least(CASE WHEN customer_on IS NOT NULL AND onboarded_on IS NOT NULL THEN greatest(onboarded_on, customer_on) END, renewed_on) AS day_6,
      customer_on AS day_5, least(opportunity_on, customer_on) AS day_4,
      least(sql_on, opportunity_on, customer_on) AS day_3,
      least(mql_on, sql_on, opportunity_on, customer_on) AS day_2, chosen.created_on AS day_1,
      coalesce(gone AND gone_on >= customer_on, false) AS gone, gone_on, life.reason AS churn_reason, lost_on, lost_reason,
      customer_on IS NULL AND prospect.lead_id IS NULL AS ended
    FROM chosen LEFT JOIN life USING (lead_id) LEFT JOIN renewed USING (lead_id) LEFT JOIN lost USING (lead_id)
    LEFT JOIN prospect ON prospect.lead_id = chosen.lead_id AND ${believed(raw("prospect"), plan, duckdb)}),
  path AS (
    SELECT *, ${join(
      Array.from({ length: stages }, (_, i) => sql`CAST(${day(i + 1)} IS NOT NULL AS INTEGER)`),
      " + ",
    )} AS reached,
      [${join(
        Array.from({ length: stages }, (_, i) => day(i + 1)),
        ", ",
      )}] AS days,
      CASE WHEN gone THEN 'churned' WHEN NOT ended THEN NULL WHEN disqualified_as IS NOT NULL THEN 'disqualified'
        WHEN deal_on IS NOT NULL THEN 'lost' ELSE 'rejected' END AS way,
      CASE way WHEN 'churned' THEN churn_reason WHEN 'disqualified' THEN disqualified_as WHEN 'lost' THEN lost_reason
        WHEN 'rejected' THEN rejection_reason END AS reason,
      CASE way WHEN 'churned' THEN gone_on WHEN 'lost' THEN lost_on WHEN 'rejected' THEN decided_on END AS left_on
    FROM dated)`;

/** The median days at the stage reached last, of those that have a day until which they were there. */
const medianDays = (until: Sql): Sql =>
  sql`median(greatest(0, date_diff('day', days[reached], ${until}))) FILTER (${until} IS NOT NULL)`;

/** Where the leads are: the stage, how they left it (null is inside), why, how many, and their median days there. */
export const places = (plan: Plan): Sql => sql`${path(plan)}
  SELECT reached, way, reason, sum(weight) AS leads, ${medianDays(sql`CASE WHEN way IS NULL THEN ${duckdb.day(plan.observedTo)} ELSE left_on END`)} AS days
  FROM path GROUP BY reached, way, reason
  ORDER BY reached, way, leads DESC, reason`;

/** The ways out of a stage together, whatever they were. */
export const outs = (plan: Plan): Sql => sql`${path(plan)}
  SELECT reached, ${medianDays(raw("left_on"))} AS days
  FROM path WHERE way IS NOT NULL GROUP BY reached`;

/**
 * For each source: how many leads, and of each stage but the last how many reached it, for how many of them nothing was
 * recorded of it, how many have been there for its window, and how many of those went on within it.
 */
export const passages = (plan: Plan, windows: readonly number[]): Sql => {
  const columns = windows.map((window, i) => {
    const [here, next] = [day(i + 1), day(i + 2)];
    const mature = sql`${here} + CAST(${window} AS INTEGER) <= ${duckdb.day(plan.observedTo)}`;
    return sql`coalesce(sum(weight) FILTER (${mature}), 0) AS ${raw(`of_${i}`)},
      coalesce(sum(weight) FILTER (${mature} AND ${next} <= ${here} + CAST(${window} AS INTEGER)), 0) AS ${raw(`passed_${i}`)}`;
  });
  const inferred = sql`count(*) FILTER (day_2 IS NOT NULL AND (mql_on IS NULL OR mql_inferred)) AS inferred_1,
    count(*) FILTER (day_3 IS NOT NULL AND (sql_on IS NULL OR sql_inferred)) AS inferred_2,
    count(*) FILTER (day_4 IS NOT NULL AND deal_on IS NULL) AS inferred_3`;
  return sql`${path(plan)} SELECT split_by, sum(weight) AS leads, ${join(columns, ", ")}, ${inferred}
    FROM path GROUP BY split_by ORDER BY leads DESC, split_by`;
};
