import { sql, type Sql } from "../../engine/sql.ts";
import { instantOf, type Statement } from "../merge.ts";
import type { Affected } from "./deriving.ts";
import { movedRows } from "./moved.ts";
import type { DerivationRules } from "./rules.ts";

/** CTEs that end in `affected_lead`: those of `moved_lead`, with all that are merged with them, or were before. */
export const withMerged = (statement: Statement): Sql => sql`merging AS MATERIALIZED (
    SELECT unnest([lead_id, merged_into]) AS one, unnest([merged_into, lead_id]) AS other FROM lead
    WHERE merged_into IS NOT NULL AND (known_to IS NULL OR known_to = ${instantOf(statement.at)})),
  affected_lead AS MATERIALIZED (
    WITH RECURSIVE family AS (
      FROM moved_lead
      UNION SELECT other FROM family JOIN merging ON merging.one = family.lead_id)
    FROM family)`;

/**
 * CTEs that end in `affected_lead`: the leads of which a load may have changed what is told of their outcomes, or who the people
 * behind them are. These are the leads that it opened or closed, those that came further or less far, and those of people who
 * are or were known by names that it moved. It needs the tables `moved_person`, of these names, and `lead_name` (`leadNames`).
 */
export const affectedLeads = (statement: Statement): Sql => sql`moved_lead AS MATERIALIZED (
    SELECT lead_id FROM ${movedRows("lead", "lead_id", statement)}
    UNION SELECT lead_id FROM ${movedRows("lead_progress", "lead_id", statement)}
    UNION SELECT lead_id FROM lead_name WHERE owner IN (SELECT alias FROM moved_person WHERE alias_kind = 'person')
    UNION SELECT lead_id FROM lead_name WHERE person_id IN (SELECT person_id FROM moved_person)),
  ${withMerged(statement)}`;

/**
 * The leads that a load may have brought further or less far: those that it opened or closed, became MQLs or are no more, and those
 * of its stages, deals and payments. A payment may be of any lead of its customer, and one of a deal goes with that deal.
 */
export const affectedProgress = (_rules: DerivationRules, statement: Statement): Affected => ({
  affected: sql`WITH own AS MATERIALIZED
    ${movedRows("lead", "lead_id, customer_id", statement)},
  moved_deal AS MATERIALIZED ${movedRows("deal", "deal_id, lead_id", statement)},
  moved_payment AS MATERIALIZED (
    FROM ${movedRows("revenue", "lead_id, deal_id, customer_id", statement)}
    UNION ALL SELECT lead_id, deal_id, customer_id FROM revenue WHERE known_to IS NULL AND deal_id IN (SELECT deal_id FROM moved_deal)),
  moved_lead AS MATERIALIZED (
    SELECT lead_id FROM own
    UNION SELECT lead_id FROM ${movedRows("qualification", "lead_id", statement)}
    UNION SELECT subject_id FROM ${movedRows("stage_entry", "subject, subject_id", statement)} WHERE subject = 'lead'
    UNION SELECT lead_id FROM moved_deal
    UNION SELECT lead_id FROM moved_payment
    UNION SELECT lead_id FROM deal WHERE known_to IS NULL AND deal_id IN (SELECT deal_id FROM moved_payment)
    UNION SELECT lead_id FROM lead WHERE known_to IS NULL
      AND customer_id IN (SELECT customer_id FROM own UNION SELECT customer_id FROM moved_payment)),
  ${withMerged(statement)}
  FROM affected_lead`,
});
