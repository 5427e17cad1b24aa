import { raw, sql, type Sql } from "../../engine/sql.ts";
import type { Statement } from "../merge.ts";
import { affectedLeads } from "./affected-leads.ts";
import type { Affected } from "./deriving.ts";
import { leadNames, leadPeople, touchIsOf } from "./lead-people.ts";
import { movedRows } from "./moved.ts";
import { outcomes } from "./outcomes.ts";
import type { DerivationRules } from "./rules.ts";
import { survivors } from "./survivor.ts";

/** Outcomes that came, went or are described otherwise, and all that are told by a lead, a deal or a customer that moved. */
const movedOutcomes = (statement: Statement): Sql => sql`moved_deal AS MATERIALIZED (
    SELECT deal_id FROM ${movedRows("deal", "deal_id", statement)}
    UNION SELECT deal_id FROM deal WHERE known_to IS NULL AND lead_id IN (FROM affected_lead)),
  moved_customer AS MATERIALIZED (
    SELECT customer_id FROM ${movedRows("acquisition", "customer_id", statement)}
    UNION SELECT customer_id FROM acquisition WHERE known_to IS NULL AND lead_id IN (FROM affected_lead)),
  moved_outcome AS (
    SELECT unnest(['lead', 'mql', 'sql']) AS outcome, lead_id AS outcome_id FROM affected_lead
    UNION ALL SELECT 'deal', deal_id FROM moved_deal
    UNION ALL SELECT 'customer', customer_id FROM moved_customer
    UNION ALL SELECT 'revenue', revenue_id FROM ${movedRows("revenue", "revenue_id", statement)}
    UNION ALL SELECT 'revenue', revenue_id FROM revenue WHERE known_to IS NULL AND (lead_id IN (FROM affected_lead)
      OR deal_id IN (FROM moved_deal) OR customer_id IN (FROM moved_customer)))`;

/**
 * The outcomes whose journeys a load may have changed: those that came, went or may be described otherwise, those of leads that
 * may have other people behind them, those of people who are known by other names, those with campaigns whose names mean
 * something else now, and those that a touch that came or went may lead to. Only what moved is looked at closely, so that some
 * may be among them that stay as they are. The table `lead_name` is read again for the journeys of the outcomes.
 */
export const affectedOutcomes = ({ zone, lookBackDays }: DerivationRules, statement: Statement): Affected => ({
  moved_person: movedRows("person", "alias_kind, alias, person_id", statement),
  moved_touch: movedRows("touch", "person_id, visitor, click_id, occurred_at", statement),
  whose_touch: sql`SELECT person.person_id, occurred_at
    FROM moved_touch AS touch JOIN person ON ${touchIsOf} AND person.known_to IS NULL AND NOT person.shared`,
  lead_name: leadNames,
  affected: sql`WITH ${affectedLeads(statement)},
  ${movedOutcomes(statement)},
  moved_campaign AS (
    SELECT unnest([alias, campaign]) AS campaign FROM ${movedRows("campaign_alias", "alias, campaign", statement)}),
  ${survivors}, ${leadPeople({ people: raw("(SELECT person_id FROM whose_touch)"), names: raw("lead_name") })},
  touched AS MATERIALIZED (SELECT lead_id, occurred_at FROM whose_touch JOIN lead_person USING (person_id)),
  ${outcomes(zone)},
  travelled AS MATERIALIZED (SELECT outcome, outcome_id, lead_id, reached_at FROM outcome SEMI JOIN touched USING (lead_id))
  SELECT outcome, outcome_id FROM moved_outcome
  UNION SELECT outcome, outcome_id FROM credit SEMI JOIN moved_campaign USING (campaign) WHERE known_to IS NULL
  UNION SELECT outcome, outcome_id FROM travelled JOIN touched USING (lead_id)
    WHERE occurred_at <= reached_at AND occurred_at > reached_at - to_days(CAST(${lookBackDays} AS INTEGER))`,
});
