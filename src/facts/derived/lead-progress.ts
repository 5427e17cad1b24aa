import { join, raw, sql, type Sql } from "../../engine/sql.ts";
import { flag, instant, required, table, text } from "../../engine/table.ts";
import { lead, leadAttributes } from "../lead.ts";
import { dimensionsOfRep } from "../rep.ts";
import { endOfDay } from "../local-day.ts";
import { creditedAs } from "./credit.ts";
import { leadOwner } from "./owners.ts";
import { joinsOfPeople } from "./person.ts";
import type { DerivationRules } from "./rules.ts";
import { survivors } from "./survivor.ts";

/**
 * Each lead that counts (merged ones as their survivor) with the first time it reached each stage. It became an
 * opportunity with its first deal and a customer with its first won deal or first payment, whichever came first.
 * A stage that was skipped, or entered late, counts as passed when the next one was reached, and is marked inferred; otherwise
 * `mql_reason` says what of the company's rule made it an MQL.
 */
export const leadProgress = table("lead_progress", {
  key: ["lead_id"],
  columns: {
    lead_id: required(text),
    created_at: required(instant),
    ...leadAttributes,
    mql_at: instant,
    sql_at: instant,
    mql_reason: text,
    mql_inferred: flag,
    sql_inferred: flag,
    opportunity_at: instant,
    customer_at: instant,
    decided_at: instant,
    decision: text,
    rejection_reason: text,
  },
  dimensions: { ...creditedAs("lead", "lead_id"), ...dimensionsOfRep },
  merges: { table: lead, row: "lead_id", into: "merged_into" },
  joins: joinsOfPeople({ table: leadOwner, on: "lead_id", column: "owner" }),
});

const list = (names: readonly string[]): Sql =>
  join(
    names.map((each) => sql`${each}`),
    ", ",
  );

/** One row per lead, as the facts stand now, or per lead of the table `among`; the days are drawn in the workspace's zone. */
export function leadProgressRows({ stages, zone }: DerivationRules, day: (instant: Sql) => Sql, among?: Sql): Sql {
  const theirs = (lead: string) =>
    among === undefined ? raw("true") : sql`${raw(lead)} IN (SELECT lead_id FROM ${among})`;
  return sql`WITH ${survivors},
  stage_reached AS (
    SELECT coalesce(survivor.survivor_id, subject_id) AS lead_id,
      min(entered_at) FILTER (stage IN (${list(stages.sql)})) AS sql_entered_at,
      max(entered_at) FILTER (outcome IS NOT NULL) AS decided_at,
      arg_max(outcome, (entered_at, outcome)) FILTER (outcome IS NOT NULL) AS decision,
      arg_max(reason, (entered_at, outcome, reason)) FILTER (outcome = 'rejected') AS rejection_reason
    FROM stage_entry LEFT JOIN survivor ON survivor.lead_id = subject_id
    WHERE known_to IS NULL AND subject = 'lead' AND ${theirs("coalesce(survivor.survivor_id, subject_id)")} GROUP BY 1),
  deal_reached AS (
    SELECT coalesce(survivor.survivor_id, deal.lead_id) AS lead_id, min(created_at) AS opportunity_at,
      min(closed_at) FILTER (outcome = 'won') AS won_at
    FROM deal LEFT JOIN survivor ON survivor.lead_id = deal.lead_id
    WHERE known_to IS NULL AND deal.lead_id IS NOT NULL AND ${theirs("coalesce(survivor.survivor_id, deal.lead_id)")} GROUP BY 1),
  payment AS (
    SELECT coalesce(revenue.lead_id, deal.lead_id, CASE WHEN occurred_on >= owner.created_on THEN owner.lead_id END) AS lead_id,
      revenue.occurred_on
    FROM revenue
    LEFT JOIN deal ON deal.deal_id = revenue.deal_id AND deal.known_to IS NULL
    LEFT JOIN (SELECT customer_id, min(created_on) AS created_on, arg_min(lead_id, (created_at, lead_id)) AS lead_id
      FROM lead WHERE known_to IS NULL AND customer_id IS NOT NULL GROUP BY customer_id) AS owner
      ON owner.customer_id = revenue.customer_id
    WHERE revenue.known_to IS NULL AND revenue.amount > 0),
  paid AS (
    SELECT coalesce(survivor.survivor_id, payment.lead_id) AS lead_id, min(occurred_on) AS paid_on
    FROM payment LEFT JOIN survivor ON survivor.lead_id = payment.lead_id WHERE payment.lead_id IS NOT NULL
      AND ${theirs("coalesce(survivor.survivor_id, payment.lead_id)")} GROUP BY 1),
  reached AS (
    SELECT lead.*, least(qualified_at, sql_entered_at, opportunity_at) AS mql_at, least(sql_entered_at, opportunity_at) AS sql_at,
      qualified_at, qualification.reason AS qualified_by, sql_entered_at, opportunity_at, decided_at, decision, rejection_reason,
      CASE WHEN paid_on < coalesce(${day(sql`won_at`)}, DATE '9999-12-31') THEN ${endOfDay(sql`paid_on`, zone)} ELSE won_at END AS customer_at
    FROM (SELECT * FROM lead WHERE known_to IS NULL AND ${theirs("lead_id")}) AS lead ANTI JOIN survivor USING (lead_id)
    LEFT JOIN (SELECT lead_id, qualified_at, reason FROM qualification WHERE known_to IS NULL) AS qualification USING (lead_id)
    LEFT JOIN stage_reached USING (lead_id) LEFT JOIN deal_reached USING (lead_id) LEFT JOIN paid USING (lead_id))
  SELECT *, mql_at < coalesce(qualified_at, TIMESTAMP 'infinity') AS mql_inferred,
    CASE WHEN mql_at = qualified_at THEN qualified_by END AS mql_reason,
    sql_at < coalesce(sql_entered_at, TIMESTAMP 'infinity') AS sql_inferred,
    ${day(sql`mql_at`)} AS mql_on, ${day(sql`sql_at`)} AS sql_on, ${day(sql`opportunity_at`)} AS opportunity_on,
    ${day(sql`decided_at`)} AS decided_on, ${day(sql`customer_at`)} AS customer_on
  FROM reached`;
}
