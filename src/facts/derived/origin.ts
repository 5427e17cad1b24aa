import { sql, type Sql } from "../../engine/sql.ts";
import { day, oneOf, required, table, text } from "../../engine/table.ts";
import { survivors } from "./survivor.ts";

/**
 * The lead that a payment or a deal goes back to, with the day on which that lead came in; sales without one have no row.
 * What a sale states itself is believed; where only its customer's lead is known, money from before that lead is not of it.
 */
export const origin = table("origin", {
  key: ["outcome", "outcome_id"],
  columns: {
    outcome: required(oneOf("deal", "revenue")),
    outcome_id: required(text),
    lead_id: required(text),
    lead_created_on: required(day),
  },
});

/** One row per sale with a lead, as the facts stand now; leads that were merged are their survivor. */
export function originRows(): Sql {
  return sql`WITH ${survivors},
  stated AS (
    SELECT 'deal' AS outcome, deal_id AS outcome_id, lead_id, lead_id AS known_lead_id, NULL AS occurred_on
    FROM deal WHERE known_to IS NULL
    UNION ALL
    SELECT 'revenue', revenue_id, coalesce(revenue.lead_id, deal.lead_id, bought.lead_id), coalesce(revenue.lead_id, deal.lead_id), occurred_on
    FROM revenue
    LEFT JOIN deal ON deal.deal_id = revenue.deal_id AND deal.known_to IS NULL
    LEFT JOIN acquisition AS bought ON bought.customer_id = revenue.customer_id AND bought.known_to IS NULL
    WHERE revenue.known_to IS NULL)
  SELECT outcome, outcome_id, lead.lead_id, lead.created_on AS lead_created_on
  FROM stated
  LEFT JOIN survivor ON survivor.lead_id = stated.lead_id
  JOIN lead_progress AS lead ON lead.known_to IS NULL AND lead.lead_id = coalesce(survivor.survivor_id, stated.lead_id)
  WHERE known_lead_id IS NOT NULL OR lead.created_on <= occurred_on`;
}
