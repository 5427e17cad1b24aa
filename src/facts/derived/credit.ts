import { raw, sql, type Sql } from "../../engine/sql.ts";
import { instant, oneOf, required, table, text, type Dimensions, type Lookup } from "../../engine/table.ts";
import { endOfDay } from "../local-day.ts";
import type { DerivationRules } from "./rules.ts";
import { survivors } from "./survivor.ts";

/** What can be credited: a lead, its becoming an MQL or SQL, a deal, a new customer, a payment. */
export type Outcome = "lead" | "mql" | "sql" | "deal" | "customer" | "revenue";

/** The touch that a model credits with an outcome, or the outcome's own recorded channel where there was none. */
export const credit = table("credit", {
  key: ["outcome", "outcome_id", "model"],
  columns: {
    outcome: required(oneOf("lead", "mql", "sql", "deal", "customer", "revenue")),
    outcome_id: required(text),
    model: required(oneOf("first", "last", "last_non_direct")),
    credited_at: required(instant),
    touch_id: text,
    channel: text,
    source: text,
    medium: text,
    campaign: text,
    ad: text,
  },
});

/** The dimensions that a question's model decides. */
export const creditedDimensions = ["channel", "source", "medium", "campaign", "ad"] as const;

/** Credited dimensions of rows that are outcomes, found by the column that names the outcome. */
export function creditedAs(outcome: Outcome, idColumn: string): Dimensions {
  const lookup = (column: string): Lookup => ({
    table: credit,
    on: [[idColumn, "outcome_id"]],
    where: [credit.columns.outcome.is(outcome)],
    parameters: { model: "model" },
    column,
  });
  return Object.fromEntries(creditedDimensions.map((each) => [each, lookup(each)]));
}

/** Impressions and opened e-mails are seen, not done, and earn no credit here; nor do touches without a channel, such as calls. */
const seenOnly = raw("('impression', 'email_open')");

const models = raw(`(VALUES ('first'), ('last'), ('last_non_direct')) AS models(model)`);

const outcomes = (zone: string): Sql => sql`outcome AS (
    SELECT 'lead' AS outcome, lead_id AS outcome_id, lead_id, created_at AS reached_at, channel, source, medium, campaign, ad FROM lead_progress WHERE known_to IS NULL
    UNION ALL
    SELECT 'mql', lead_id, lead_id, mql_at, channel, source, medium, campaign, ad FROM lead_progress WHERE known_to IS NULL AND mql_at IS NOT NULL
    UNION ALL
    SELECT 'sql', lead_id, lead_id, sql_at, channel, source, medium, campaign, ad FROM lead_progress WHERE known_to IS NULL AND sql_at IS NOT NULL
    UNION ALL
    SELECT 'deal', deal_id, owner.lead_id, deal.created_at, coalesce(deal.channel, owner.channel), coalesce(deal.source, owner.source),
      owner.medium, coalesce(deal.campaign, owner.campaign), owner.ad
    FROM deal LEFT JOIN survivor ON survivor.lead_id = deal.lead_id
    LEFT JOIN lead_progress AS owner ON owner.lead_id = coalesce(survivor.survivor_id, deal.lead_id) AND owner.known_to IS NULL
    WHERE deal.known_to IS NULL
    UNION ALL
    SELECT 'customer', customer_id, lead_id, acquired_at, channel, source, medium, campaign, ad FROM acquisition WHERE known_to IS NULL
    UNION ALL
    SELECT 'revenue', revenue_id, owner.lead_id, ${endOfDay(sql`revenue.occurred_on`, zone)},
      coalesce(revenue.channel, deal.channel, owner.channel, bought.channel), coalesce(deal.source, owner.source, bought.source),
      coalesce(owner.medium, bought.medium), coalesce(revenue.campaign, deal.campaign, owner.campaign, bought.campaign), coalesce(owner.ad, bought.ad)
    FROM revenue
    LEFT JOIN deal ON deal.deal_id = revenue.deal_id AND deal.known_to IS NULL
    LEFT JOIN acquisition AS bought ON bought.customer_id = revenue.customer_id AND bought.known_to IS NULL
    LEFT JOIN survivor ON survivor.lead_id = coalesce(revenue.lead_id, deal.lead_id, bought.lead_id)
    LEFT JOIN lead_progress AS owner ON owner.known_to IS NULL
      AND owner.lead_id = coalesce(survivor.survivor_id, revenue.lead_id, deal.lead_id, bought.lead_id)
    WHERE revenue.known_to IS NULL)`;

const person = sql`person AS (
    SELECT coalesce(survivor.survivor_id, lead.lead_id) AS lead_id, person_id
    FROM lead LEFT JOIN survivor ON survivor.lead_id = lead.lead_id
    WHERE lead.known_to IS NULL AND person_id IS NOT NULL GROUP BY ALL)`;

/** Touches of known people; a visitor is the person that identity says. Ties of time are broken by the touch's id. */
const steps = sql`step AS (
    SELECT touch.rowid AS row, coalesce(touch.person_id, identity.person_id) AS person_id, occurred_at,
      CAST(epoch_us(occurred_at) AS HUGEINT) * 4294967296 + hash(touch_id) % 4294967296 AS nth, channel IS DISTINCT FROM 'direct' AS indirect
    FROM touch LEFT JOIN (SELECT alias, person_id FROM identity WHERE alias_kind = 'visitor' AND known_to IS NULL) AS identity
      ON identity.alias = CASE WHEN touch.person_id IS NULL THEN touch.visitor END
    WHERE touch.known_to IS NULL AND channel IS NOT NULL AND kind NOT IN ${seenOnly}
      AND (touch.person_id IS NOT NULL OR identity.person_id IS NOT NULL))`;

/** One row per outcome and model, as the facts stand now. */
export function creditRows({ lookBackDays, zone }: DerivationRules, day: (instant: Sql) => Sql): Sql {
  return sql`WITH ${survivors}, ${outcomes(zone)}, ${person}, ${steps},
  chosen AS (
    SELECT outcome, outcome_id, arg_min(row, nth) AS first_row, arg_max(row, nth) AS last_row,
      arg_max(row, nth) FILTER (indirect) AS indirect_row
    FROM outcome JOIN person USING (lead_id) JOIN step USING (person_id)
    WHERE occurred_at <= reached_at AND occurred_at > reached_at - to_days(CAST(${lookBackDays} AS INTEGER))
    GROUP BY outcome, outcome_id),
  credited AS (
    SELECT outcome.*, models.model,
      CASE model WHEN 'first' THEN first_row WHEN 'last' THEN last_row ELSE coalesce(indirect_row, last_row) END AS row
    FROM outcome CROSS JOIN ${models} LEFT JOIN chosen USING (outcome, outcome_id))
  SELECT outcome, outcome_id, model, reached_at AS credited_at, ${day(sql`reached_at`)} AS credited_on, touch_id,
    CASE WHEN touch_id IS NULL THEN credited.channel ELSE touch.channel END AS channel,
    CASE WHEN touch_id IS NULL THEN credited.source ELSE touch.source END AS source,
    CASE WHEN touch_id IS NULL THEN credited.medium ELSE touch.medium END AS medium,
    CASE WHEN touch_id IS NULL THEN credited.campaign ELSE touch.campaign END AS campaign,
    CASE WHEN touch_id IS NULL THEN credited.ad ELSE touch.ad END AS ad
  FROM credited LEFT JOIN touch ON touch.rowid = credited.row`;
}
