import { raw, sql, type Sql } from "../../engine/sql.ts";
import { day, instant, oneOf, required, table, text } from "../../engine/table.ts";
import { lead } from "../lead.ts";
import type { Statement } from "../merge.ts";
import { withMerged } from "./affected-leads.ts";
import { creditedAs } from "./credit.ts";
import type { Affected } from "./deriving.ts";
import { leadProgress } from "./lead-progress.ts";
import { movedRows } from "./moved.ts";
import { leadOwner } from "./owners.ts";
import { joinsOfPeople } from "./person.ts";
import type { DerivationRules } from "./rules.ts";
import { survivors } from "./survivor.ts";

/**
 * Each lead that may still become a customer, with where it stands: `deal` with a deal that is open, else `lead`; and since when
 * (`entered_on`): its creation, or that of its last open deal. Disqualified and rejected leads, and those whose deals are all
 * lost, are lost.
 */
export const prospect = table("prospect", {
  key: ["lead_id"],
  columns: {
    lead_id: required(text),
    created_at: required(instant),
    stage: required(oneOf("lead", "deal")),
    entered_on: required(day),
  },
  dimensions: creditedAs("lead", "lead_id"),
  merges: { table: lead, row: "lead_id", into: "merged_into" },
  joins: joinsOfPeople({ table: leadOwner, on: "lead_id", column: "owner" }),
  statesOf: leadProgress,
});

/** The leads that a load brought further or less far, and those of its deals. */
export const affectedProspects = (_rules: DerivationRules, statement: Statement): Affected => ({
  affected: sql`WITH moved_lead AS (
    SELECT lead_id FROM ${movedRows("lead_progress", "lead_id", statement)}
    UNION SELECT lead_id FROM ${movedRows("lead", "lead_id", statement)}
    UNION SELECT lead_id FROM ${movedRows("deal", "lead_id", statement)}),
  ${withMerged(statement)}
  FROM affected_lead`,
});

/** One row per lead that is open, as the facts stand now, or per such lead of the table `among`. */
export function prospectRows(_rules: DerivationRules, _day: (instant: Sql) => Sql, among?: Sql): Sql {
  const theirs = among === undefined ? raw("true") : sql`lead_id IN (SELECT lead_id FROM ${among})`;
  return sql`WITH ${survivors},
  with_deal AS (
    SELECT coalesce(survivor_id, deal.lead_id) AS lead_id, max(created_on) FILTER (outcome = 'open') AS opened_on
    FROM deal LEFT JOIN survivor ON survivor.lead_id = deal.lead_id
    WHERE known_to IS NULL AND deal.lead_id IS NOT NULL GROUP BY 1)
  SELECT lead.lead_id, created_at, created_on, CASE WHEN opened_on IS NULL THEN 'lead' ELSE 'deal' END AS stage,
    coalesce(opened_on, created_on) AS entered_on
  FROM (SELECT * FROM lead_progress WHERE known_to IS NULL AND ${theirs}) AS lead
  LEFT JOIN with_deal ON with_deal.lead_id = lead.lead_id
  WHERE customer_at IS NULL AND disqualified_as IS NULL
    AND (opened_on IS NOT NULL OR (with_deal.lead_id IS NULL AND decision IS DISTINCT FROM 'rejected'))`;
}
