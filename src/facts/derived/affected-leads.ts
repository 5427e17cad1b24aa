import { sql, type Sql } from "../../engine/sql.ts";
import { instantOf, type Statement } from "../merge.ts";
import { movedRows } from "./moved.ts";
import { personOfLead } from "./person.ts";

/**
 * CTEs that end in `affected_lead`: the leads of which a load may have changed what is told of their outcomes, or who the people
 * behind them are. These are the leads that it opened or closed, those that came further or less far, and those of people who
 * were known by other names before; with all that are merged with them, or were before.
 */
export const affectedLeads = (statement: Statement): Sql => sql`moved_person AS MATERIALIZED
    ${movedRows("person", "alias_kind, alias, person_id", statement)},
  moved_name AS (
    SELECT alias FROM moved_person WHERE alias_kind = 'person'
    UNION SELECT alias FROM person WHERE known_to IS NULL AND alias_kind = 'person' AND person_id IN (SELECT person_id FROM moved_person)),
  moved_lead AS MATERIALIZED (
    SELECT lead_id FROM ${movedRows("lead", "lead_id", statement)}
    UNION SELECT lead_id FROM ${movedRows("lead_progress", "lead_id", statement)}
    UNION SELECT lead_id FROM (SELECT lead_id, ${personOfLead} AS owner FROM lead WHERE known_to IS NULL)
      WHERE owner IN (FROM moved_name)),
  merging AS MATERIALIZED (
    SELECT unnest([lead_id, merged_into]) AS one, unnest([merged_into, lead_id]) AS other FROM lead
    WHERE merged_into IS NOT NULL AND (known_to IS NULL OR known_to = ${instantOf(statement.at)})),
  affected_lead AS MATERIALIZED (
    WITH RECURSIVE family AS (
      FROM moved_lead
      UNION SELECT other FROM family JOIN merging ON merging.one = family.lead_id)
    FROM family)`;
