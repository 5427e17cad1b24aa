import { sql, type Sql } from "../../engine/sql.ts";
import { endOfDay } from "../local-day.ts";

/** What can be credited: a lead, its becoming an MQL or SQL, a deal, a new customer, a payment. */
export const outcomeKinds = ["lead", "mql", "sql", "deal", "customer", "revenue"] as const;
export type Outcome = (typeof outcomeKinds)[number];

/**
 * `outcome`: all with the instants at which their lead came in and became an opportunity, and with what was recorded of them. It needs
 * `survivor`.
 */
export const outcomes = (zone: string): Sql => sql`outcome AS (
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
    WHERE revenue.known_to IS NULL)`;
