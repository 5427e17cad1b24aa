import { raw, sql, type Sql } from "../../engine/sql.ts";
import { day as dayColumn, instant, required, table, text } from "../../engine/table.ts";
import { endOfDay } from "../local-day.ts";
import { dimensionsOfRep } from "../rep.ts";
import { creditedAs } from "./credit.ts";
import { leadOwner } from "./owners.ts";
import { joinsOfPeople } from "./person.ts";
import type { DerivationRules } from "./rules.ts";
import { families } from "./family.ts";
import { survivors } from "./survivor.ts";

/**
 * Each customer on the day it became one: its first payment, or its first won deal in a workspace without revenue.
 * A customer that comes back is not new, and of one whose first known sale renews or expands the day is not known.
 * A family of customers (`customer.parent_id`) is acquired once, with the first sale to any of them: the others have its day,
 * its lead and its channel, and say in `acquired_with` who that first one was.
 * `lead_created_on` is the day its lead came in. Deals of one lead that name no customer are one customer's.
 */
export const acquisition = table("acquisition", {
  key: ["customer_id"],
  columns: {
    customer_id: required(text),
    acquired_at: instant,
    lead_id: text,
    lead_created_on: dayColumn,
    channel: text,
    source: text,
    medium: text,
    campaign: text,
    ad: text,
    country: text,
    segment: text,
    product: text,
    rep: text,
    acquired_with: text,
  },
  dimensions: { ...creditedAs("customer", "customer_id"), ...dimensionsOfRep },
  joins: joinsOfPeople({ table: leadOwner, on: "lead_id", column: "owner" }),
});

/** One row per customer, as the facts stand now. */
export function acquisitionRows({ zone }: DerivationRules): Sql {
  const isNew = (kind: string) => raw(`coalesce(${kind} NOT IN ('renewal', 'expansion'), true)`);
  return sql`WITH ${survivors}, ${families(sql`known_to IS NULL`)},
  first_payment AS (
    SELECT customer_id, arg_min(revenue_id, (occurred_on, revenue_id)) AS revenue_id
    FROM revenue WHERE known_to IS NULL AND amount > 0 AND coalesce(kind NOT IN ('refund', 'credit_note'), true) GROUP BY customer_id),
  first_win AS (
    SELECT coalesce(deal.customer_id, lead.customer_id, 'lead ' || coalesce(survivor_id, deal.lead_id), 'deal ' || deal_id) AS customer_id,
      arg_min(deal_id, (closed_at, deal_id)) AS deal_id
    FROM deal LEFT JOIN survivor ON survivor.lead_id = deal.lead_id
    LEFT JOIN lead_progress AS lead ON lead.lead_id = coalesce(survivor_id, deal.lead_id) AND lead.known_to IS NULL
    WHERE deal.known_to IS NULL AND outcome = 'won' GROUP BY 1),
  start AS (
    SELECT revenue.customer_id, ${endOfDay(sql`occurred_on`, zone)} AS sold_at, CASE WHEN ${isNew("revenue.kind")} THEN occurred_on END AS acquired_on,
      CASE WHEN ${isNew("revenue.kind")} THEN ${endOfDay(sql`occurred_on`, zone)} END AS acquired_at,
      lead_id, deal_id, channel, campaign, country, segment, product, rep
    FROM first_payment JOIN revenue ON revenue.revenue_id = first_payment.revenue_id AND revenue.known_to IS NULL
    UNION ALL
    SELECT first_win.customer_id, closed_at, CASE WHEN ${isNew("deal.kind")} THEN closed_on END, CASE WHEN ${isNew("deal.kind")} THEN closed_at END,
      lead_id, first_win.deal_id, NULL, NULL, NULL, NULL, NULL, NULL
    FROM first_win JOIN deal ON deal.deal_id = first_win.deal_id AND deal.known_to IS NULL
    WHERE NOT EXISTS (SELECT 1 FROM revenue WHERE known_to IS NULL)),
  known_lead AS (
    SELECT link.customer_id, arg_min(lead.lead_id, (lead.created_at, lead.lead_id)) AS lead_id
    FROM (SELECT customer_id, lead_id FROM lead WHERE known_to IS NULL
      UNION SELECT customer_id, lead_id FROM deal WHERE known_to IS NULL) AS link
    LEFT JOIN survivor ON survivor.lead_id = link.lead_id
    JOIN lead_progress AS lead ON lead.lead_id = coalesce(survivor_id, link.lead_id) AND lead.known_to IS NULL
    WHERE link.customer_id IS NOT NULL GROUP BY link.customer_id),
  bought AS (
  SELECT start.customer_id, coalesce(family_id, start.customer_id) AS family_id, sold_at, acquired_at, start.acquired_on, lead.lead_id, lead.created_on AS lead_created_on,
    coalesce(start.channel, deal.channel, lead.channel, customer.channel) AS channel, coalesce(deal.source, lead.source) AS source,
    lead.medium, coalesce(start.campaign, deal.campaign, lead.campaign, customer.campaign) AS campaign, lead.ad,
    coalesce(start.country, customer.country, deal.country, lead.country) AS country,
    coalesce(start.segment, customer.segment, deal.segment, lead.segment) AS segment,
    coalesce(start.product, deal.product, customer.product) AS product, coalesce(start.rep, deal.rep, customer.rep) AS rep
  FROM start
  LEFT JOIN deal ON deal.deal_id = start.deal_id AND deal.known_to IS NULL
  LEFT JOIN survivor ON survivor.lead_id = coalesce(start.lead_id, deal.lead_id)
  LEFT JOIN known_lead ON known_lead.customer_id = start.customer_id
  LEFT JOIN lead_progress AS lead ON lead.known_to IS NULL
    AND lead.lead_id = coalesce(survivor_id, start.lead_id, deal.lead_id, known_lead.lead_id)
  LEFT JOIN customer ON customer.customer_id = start.customer_id AND customer.known_to IS NULL
  LEFT JOIN family ON family.customer_id = start.customer_id),
  earliest AS (
    SELECT * FROM bought QUALIFY row_number() OVER (PARTITION BY family_id ORDER BY sold_at, customer_id) = 1)
  SELECT bought.customer_id, earliest.acquired_at, earliest.acquired_on, earliest.lead_id, earliest.lead_created_on,
    earliest.channel, earliest.source, earliest.medium, earliest.campaign, earliest.ad,
    bought.country, bought.segment, bought.product, bought.rep, nullif(earliest.customer_id, bought.customer_id) AS acquired_with
  FROM bought JOIN earliest USING (family_id)`;
}
