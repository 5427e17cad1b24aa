import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";
import type { Table } from "../../engine/table.ts";
import { credit } from "../../facts/derived/credit.ts";
import { derivedTables } from "../../facts/derived/index.ts";
import { facts } from "../../facts/index.ts";
import { ruleIds } from "../../methods/attribution/index.ts";
import { absorbed } from "./books.ts";
import type { Check } from "./check.ts";

const structural = { dimension: null, model: null, grain: null };

/** How many there are and which, whatever their order. */
const counted = (id: string) => raw(`count(*) AS amount, CAST(sum(hash(${id})) AS VARCHAR) AS print`);

const surviving = sql`SELECT lead_id FROM lead ANTI JOIN absorbed USING (lead_id) WHERE known_to IS NULL`;

/** Every lead that is not part of another is in `lead_progress`, once. */
const everyLead: Check = {
  ...structural,
  check: "lead-progress",
  expected: sql`WITH RECURSIVE ${absorbed}
  SELECT 'lead-progress' AS subject, NULL AS entry, ${counted("lead_id")} FROM (${surviving})`,
  found: sql`SELECT 'lead-progress' AS subject, NULL AS entry, ${counted("lead_id")} FROM lead_progress WHERE known_to IS NULL`,
};

/** Who ever paid is in `acquisition`, once. In a workspace without revenue won deals decide, and nothing is compared. */
const everyCustomer: Check = {
  ...structural,
  check: "acquisition",
  expected: sql`SELECT 'acquisition' AS subject, NULL AS entry, ${counted("customer_id")} FROM (
    SELECT DISTINCT customer_id FROM revenue
    WHERE known_to IS NULL AND amount > 0 AND coalesce(kind NOT IN ('refund', 'credit_note'), true))`,
  found: sql`SELECT 'acquisition' AS subject, NULL AS entry, ${counted("customer_id")} FROM acquisition
    WHERE known_to IS NULL AND EXISTS (SELECT 1 FROM revenue WHERE known_to IS NULL)`,
};

/** The kinds of change in the order in which they decide a day. */
const ranks = sql`list_position(['start', 'reactivation', 'resume', 'expansion', 'contraction', 'pause', 'churn'], kind)`;

/** Every day that leaves a customer paying for a product begins a state of `subscription`, once, with that amount. */
const everyState: Check = {
  ...structural,
  check: "subscription",
  expected: sql`SELECT 'subscription' AS subject, currency AS entry, ${counted("customer_id, product, occurred_on, mrr_after")} FROM (
    SELECT * FROM subscription_change WHERE known_to IS NULL
    QUALIFY row_number() OVER (PARTITION BY customer_id, product, occurred_on ORDER BY ${ranks} DESC) = 1)
    WHERE mrr_after > 0 GROUP BY currency`,
  found: sql`SELECT 'subscription' AS subject, currency AS entry, ${counted("customer_id, product, valid_from, mrr")}
    FROM subscription WHERE known_to IS NULL GROUP BY currency`,
};

/** Every state but a last one ends on the day of the next change, so that none is held twice and none is lost in between. */
const everyEnd: Check = {
  ...structural,
  check: "subscription-ends",
  expected: sql`SELECT 'subscription-ends' AS subject, NULL AS entry, ${counted("customer_id, product, valid_from, ended")} FROM (
    SELECT s.customer_id, s.product, s.valid_from, min(c.occurred_on) AS ended
    FROM subscription AS s JOIN subscription_change AS c
      ON c.customer_id = s.customer_id AND c.product IS NOT DISTINCT FROM s.product AND c.occurred_on > s.valid_from
    WHERE s.known_to IS NULL AND c.known_to IS NULL GROUP BY ALL)`,
  found: sql`SELECT 'subscription-ends' AS subject, NULL AS entry, ${counted("customer_id, product, valid_from, valid_to")}
    FROM subscription WHERE known_to IS NULL AND valid_to IS NOT NULL`,
};

const isSale = raw("amount > 0 AND coalesce(kind NOT IN ('refund', 'credit_note'), true)");

/** Customers are customers by every state of their contracts, or for a time after every sale, each once with its amount. */
const everyTenure: Check = {
  ...structural,
  check: "tenure",
  expected: sql`SELECT 'tenure' AS subject, currency AS entry, ${counted("customer_id, product, valid_from, valid_to, amount")} FROM (
    SELECT customer_id, product, valid_from, valid_to, mrr AS amount, currency FROM subscription
    WHERE known_to IS NULL AND NOT EXISTS (SELECT 1 FROM tenure WHERE known_to IS NULL AND revenue_id IS NOT NULL)
    UNION ALL
    SELECT revenue.customer_id, revenue.product, occurred_on, NULL, CAST(revenue.amount - coalesce(tax, 0) AS DECIMAL(18, 6)), revenue.currency
    FROM revenue WHERE known_to IS NULL AND ${isSale} AND EXISTS (SELECT 1 FROM tenure WHERE known_to IS NULL AND revenue_id IS NOT NULL))
    GROUP BY currency`,
  found: sql`SELECT 'tenure' AS subject, tenure.currency AS entry, ${counted("tenure.customer_id, tenure.product, valid_from, CASE WHEN tenure.revenue_id IS NULL THEN valid_to END, tenure.amount")}
    FROM tenure LEFT JOIN revenue ON revenue.revenue_id = tenure.revenue_id AND revenue.known_to IS NULL
    WHERE tenure.known_to IS NULL AND (tenure.revenue_id IS NULL OR (revenue.amount > 0 AND coalesce(revenue.kind NOT IN ('refund', 'credit_note'), true)))
    GROUP BY tenure.currency`,
};

/** What must be one of each outcome: its shares under each model, and its steps in a row from what was recorded on. */
const ones = [...ruleIds, "steps"];

/** The outcomes of which it is. */
const wholeBy = (
  model: string,
): Sql => sql`SELECT 'credit' AS subject, outcome || ' by ' || ${model} AS entry, ${counted("outcome_id")}
    FROM divided WHERE ${name(model)} = 1 GROUP BY outcome`;

/** Journeys that a question divides anew are told apart by the hash of their outcome's id: no two of a kind may share one. */
const namesApart =
  raw(`SELECT 'credit' AS subject, outcome || ' by names' AS entry, count(DISTINCT hash(outcome_id)) AS amount,
    CAST(sum(hash(outcome_id)) AS VARCHAR) AS print FROM divided GROUP BY outcome`);

/** Every outcome is credited exactly once under every model, and nothing else is. */
const everyCredit: Check = {
  ...structural,
  check: "credit",
  expected: sql`WITH RECURSIVE ${absorbed},
  outcome AS (
    SELECT 'lead' AS outcome, lead_id AS outcome_id FROM (${surviving})
    UNION ALL SELECT 'mql', lead_id FROM lead_progress WHERE known_to IS NULL AND mql_at IS NOT NULL
    UNION ALL SELECT 'sql', lead_id FROM lead_progress WHERE known_to IS NULL AND sql_at IS NOT NULL
    UNION ALL SELECT 'deal', deal_id FROM deal WHERE known_to IS NULL
    UNION ALL SELECT 'customer', customer_id FROM acquisition WHERE known_to IS NULL
    UNION ALL SELECT 'revenue', revenue_id FROM revenue WHERE known_to IS NULL),
  counted AS (SELECT outcome, ${counted("outcome_id")} FROM outcome GROUP BY outcome)
  SELECT 'credit' AS subject, outcome || ' by ' || model AS entry, amount, print FROM counted
  CROSS JOIN (VALUES ${join(
    [...ones, "names"].map((model) => sql`(${model})`),
    ", ",
  )}) AS models(model)`,
  found: sql`WITH divided AS MATERIALIZED (
    SELECT outcome, outcome_id, ${join(
      ruleIds.map((model) => sql`sum(${name(model)}) AS ${name(model)}`),
      ", ",
    )}, CAST(count(DISTINCT step) = count(*) AND min(step) = 0 AND max(step) = count(*) - 1 AS INTEGER) AS steps
    FROM credit WHERE known_to IS NULL GROUP BY outcome, outcome_id)
  ${join(ones.map(wholeBy), "\nUNION ALL\n")}
  UNION ALL
  ${namesApart}`,
};

/** The tables whose keys are looked at by themselves; those of `credit` are unique when it is complete and holds nothing else. */
const keyed: readonly Table[] = [...facts, ...derivedTables.filter((table) => table !== credit)];

const uniqueOf = ({ name: table }: Table): string => `unique-${table}`;

/** Rows that sources replace by scope are told apart by their source too. */
const keyOf = ({ key, replacedBy }: Table): Sql =>
  join([...key, ...(replacedBy.length === 0 ? [] : ["source_name"])].map(name), ", ");

const ofEach = (rows: (table: Table) => Sql): Sql =>
  join(
    keyed.map(
      (table) => sql`SELECT ${uniqueOf(table)} AS subject, NULL AS entry, count(*) AS amount, NULL AS print
    FROM (${rows(table)})`,
    ),
    "\nUNION ALL\n",
  );

/** No natural key is believed twice: a join on it would double what it joins. */
const unique = {
  ...structural,
  expected: ofEach((table) => sql`SELECT DISTINCT ${keyOf(table)} FROM ${name(table.name)} WHERE known_to IS NULL`),
  found: ofEach((table) => sql`SELECT 1 FROM ${name(table.name)} WHERE known_to IS NULL`),
};

/** What must hold of the tables themselves. */
export const structure: readonly Check[] = [
  ...keyed.map((table) => ({ ...unique, check: uniqueOf(table) })),
  everyLead,
  everyCustomer,
  everyState,
  everyEnd,
  everyTenure,
  everyCredit,
];
