import { modelIds, models, singleTouchModels } from "../../methods/attribution/index.ts";
import { shareOf } from "../../methods/attribution/shares.ts";
import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";
import {
  instant,
  integer,
  oneOf,
  required,
  share,
  table,
  text,
  type Dimensions,
  type Lookup,
} from "../../engine/table.ts";
import { endOfDay } from "../local-day.ts";
import type { DerivationRules } from "./rules.ts";
import { survivors } from "./survivor.ts";

/** What can be credited: a lead, its becoming an MQL or SQL, a deal, a new customer, a payment. */
export type Outcome = "lead" | "mql" | "sql" | "deal" | "customer" | "revenue";

/**
 * How each model divides each outcome among the touches before it: one row per touch, in their order, and the share that
 * each model gives it; the shares of an outcome add up to exactly one. Where there was no touch, step 0 is the channel
 * recorded on the outcome itself, with all of it.
 */
export const credit = table("credit", {
  key: ["outcome", "outcome_id", "step"],
  columns: {
    outcome: required(oneOf("lead", "mql", "sql", "deal", "customer", "revenue")),
    outcome_id: required(text),
    step: required(integer),
    credited_at: required(instant),
    touch_id: text,
    channel: text,
    source: text,
    medium: text,
    campaign: text,
    ad: text,
    ...Object.fromEntries(modelIds.map((id) => [id, required(share)])),
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
    shares: { parameter: "model", single: singleTouchModels },
    column,
  });
  return Object.fromEntries(creditedDimensions.map((each) => [each, lookup(each)]));
}

/** Impressions and opened e-mails are seen, not done, and earn no credit here; nor do touches without a channel, such as calls. */
const seenOnly = raw("('impression', 'email_open')");

/** Outcomes with the instants at which their lead came in and became an opportunity, and with what was recorded of them. */
const outcomes = (zone: string): Sql => sql`outcome AS (
    SELECT 'lead' AS outcome, lead_id AS outcome_id, lead_id, created_at AS reached_at, created_at AS lead_at, opportunity_at,
      channel, source, medium, campaign, ad FROM lead_progress WHERE known_to IS NULL
    UNION ALL
    SELECT 'mql', lead_id, lead_id, mql_at, created_at, opportunity_at, channel, source, medium, campaign, ad
    FROM lead_progress WHERE known_to IS NULL AND mql_at IS NOT NULL
    UNION ALL
    SELECT 'sql', lead_id, lead_id, sql_at, created_at, opportunity_at, channel, source, medium, campaign, ad
    FROM lead_progress WHERE known_to IS NULL AND sql_at IS NOT NULL
    UNION ALL
    SELECT 'deal', deal_id, owner.lead_id, deal.created_at, owner.created_at, deal.created_at,
      coalesce(deal.channel, owner.channel), coalesce(deal.source, owner.source), owner.medium, coalesce(deal.campaign, owner.campaign), owner.ad
    FROM deal LEFT JOIN survivor ON survivor.lead_id = deal.lead_id
    LEFT JOIN lead_progress AS owner ON owner.lead_id = coalesce(survivor.survivor_id, deal.lead_id) AND owner.known_to IS NULL
    WHERE deal.known_to IS NULL
    UNION ALL
    SELECT 'customer', bought.customer_id, bought.lead_id, acquired_at, owner.created_at, owner.opportunity_at,
      bought.channel, bought.source, bought.medium, bought.campaign, bought.ad
    FROM acquisition AS bought LEFT JOIN lead_progress AS owner ON owner.lead_id = bought.lead_id AND owner.known_to IS NULL
    WHERE bought.known_to IS NULL
    UNION ALL
    SELECT 'revenue', revenue_id, owner.lead_id, ${endOfDay(sql`revenue.occurred_on`, zone)}, owner.created_at,
      coalesce(deal.created_at, owner.opportunity_at),
      coalesce(revenue.channel, deal.channel, owner.channel, bought.channel), coalesce(deal.source, owner.source, bought.source),
      coalesce(owner.medium, bought.medium), coalesce(revenue.campaign, deal.campaign, owner.campaign, bought.campaign), coalesce(owner.ad, bought.ad)
    FROM revenue
    LEFT JOIN deal ON deal.deal_id = revenue.deal_id AND deal.known_to IS NULL
    LEFT JOIN acquisition AS bought ON bought.customer_id = revenue.customer_id AND bought.known_to IS NULL
    LEFT JOIN survivor ON survivor.lead_id = coalesce(revenue.lead_id, deal.lead_id, bought.lead_id)
    LEFT JOIN lead_progress AS owner ON owner.known_to IS NULL
      AND owner.lead_id = coalesce(survivor.survivor_id, revenue.lead_id, deal.lead_id, bought.lead_id)
    WHERE revenue.known_to IS NULL),
  numbered AS (SELECT row_number() OVER () AS nr, * FROM outcome)`;

const person = sql`person AS (
    SELECT coalesce(survivor.survivor_id, lead.lead_id) AS lead_id, person_id
    FROM lead LEFT JOIN survivor ON survivor.lead_id = lead.lead_id
    WHERE lead.known_to IS NULL AND person_id IS NOT NULL GROUP BY ALL)`;

/** Touches of known people; a visitor is the person that identity says. */
const steps = sql`step AS (
    SELECT touch.rowid AS row, coalesce(touch.person_id, identity.person_id) AS person_id, occurred_at, touch_id, channel
    FROM touch LEFT JOIN (SELECT alias, person_id FROM identity WHERE alias_kind = 'visitor' AND known_to IS NULL) AS identity
      ON identity.alias = CASE WHEN touch.person_id IS NULL THEN touch.visitor END
    WHERE touch.known_to IS NULL AND channel IS NOT NULL AND kind NOT IN ${seenOnly}
      AND (touch.person_id IS NOT NULL OR identity.person_id IS NOT NULL))`;

/** The touches before each outcome in their order. Those of one instant are ordered by their ids. */
const placed = (lookBackDays: number): Sql => sql`path AS (
    SELECT nr, row, occurred_at, step.channel, step.channel <> 'direct' AS indirect, occurred_at <= lead_at AS before_lead,
      opportunity_at <= reached_at AND occurred_at <= opportunity_at AS before_opportunity, row_number() OVER (PARTITION BY nr ORDER BY occurred_at, touch_id) AS nth
    FROM numbered JOIN person USING (lead_id) JOIN step USING (person_id)
    WHERE occurred_at <= reached_at AND occurred_at > reached_at - to_days(CAST(${lookBackDays} AS INTEGER))),
  placed AS (
    SELECT nr, row, nth, count(*) OVER journey AS steps, count(*) OVER (PARTITION BY nr, channel) AS of_channel, max(nth) FILTER (indirect) OVER journey AS last_indirect,
      max(nth) FILTER (before_lead) OVER journey AS lead_nth, max(nth) FILTER (before_opportunity) OVER journey AS opportunity_nth,
      epoch_us(max(occurred_at) OVER journey) - epoch_us(occurred_at) AS age
    FROM path WINDOW journey AS (PARTITION BY nr))`;

const all = join(
  modelIds.map((id) => sql`1 AS ${name(id)}`),
  ", ",
);

/** One row per outcome and touch, as the facts stand now. */
export function creditRows(rules: DerivationRules, day: (instant: Sql) => Sql): Sql {
  const weights = models.map((each) => sql`${each.weight(rules)} AS ${name(each.id)}`);
  const shares = models.map(
    (each) => sql`${each.single ? name(each.id) : shareOf(name(each.id), "nr")} AS ${name(each.id)}`,
  );
  const from = (column: string) =>
    sql`CASE WHEN touch_id IS NULL THEN numbered.${name(column)} ELSE touch.${name(column)} END AS ${name(column)}`;
  return sql`WITH ${survivors}, ${outcomes(rules.zone)}, ${person}, ${steps}, ${placed(rules.lookBackDays)},
  weighed AS (SELECT nr, row, nth, ${join(weights, ", ")} FROM placed),
  shared AS (
    SELECT nr, row, nth AS step, ${join(shares, ", ")} FROM weighed
    UNION ALL
    SELECT nr, NULL, 0, ${all} FROM numbered ANTI JOIN weighed USING (nr))
  SELECT outcome, outcome_id, step, reached_at AS credited_at, ${day(sql`reached_at`)} AS credited_on, touch_id,
    ${join(creditedDimensions.map(from), ", ")}, ${join(modelIds.map(name), ", ")}
  FROM shared JOIN numbered USING (nr) LEFT JOIN touch ON touch.rowid = shared.row`;
}
