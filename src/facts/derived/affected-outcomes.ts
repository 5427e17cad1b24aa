import { join, name, sql, type Sql } from "../../engine/sql.ts";
import { instantOf, type Statement } from "../merge.ts";
import { moved } from "./moved.ts";
import { leadPeople, touchIsOf } from "./lead-people.ts";
import { outcomes } from "./outcomes.ts";
import type { DerivationRules } from "./rules.ts";
import { survivors } from "./survivor.ts";

/** What outcomes, and the people behind them, are read from. */
const read = ["lead", "deal", "revenue", "person", "lead_progress", "acquisition"];

/** Those tables as they were believed before the load, for queries of what is believed now. */
const before = ({ loadId, at }: Statement): Sql =>
  join(
    read.map(
      (table) => sql`${name(table)} AS (SELECT * REPLACE (CAST(NULL AS TIMESTAMP) AS known_to) FROM main.${name(table)}
    WHERE load_id <> ${loadId} AND (known_to IS NULL OR known_to = ${instantOf(at)}))`,
    ),
    ",\n  ",
  );

/**
 * The outcomes whose journeys a load may have changed: those that came, went or are described otherwise, those of leads with
 * other people behind them, those of people who are known by other names, those with campaigns whose names mean something else
 * now, and those that a touch that came or went may lead to.
 */
export function affectedOutcomes({ zone, lookBackDays }: DerivationRules, statement: Statement): Sql {
  const outcome = sql`${survivors}, ${outcomes(zone)} SELECT * FROM outcome`;
  const behind = sql`${survivors}, ${leadPeople()} SELECT * FROM lead_person`;
  return sql`WITH outcome_now AS (WITH ${outcome}),
  outcome_before AS (WITH ${before(statement)}, ${outcome}),
  lead_person_now AS (WITH ${behind}),
  lead_person_before AS (WITH ${before(statement)}, ${behind}),
  moved_outcome AS (
    SELECT * FROM (FROM outcome_now UNION ALL FROM outcome_before) GROUP BY ALL HAVING count(*) = 1),
  moved_lead AS (
    SELECT * FROM (FROM lead_person_now UNION ALL FROM lead_person_before) GROUP BY ALL HAVING count(*) = 1),
  moved_person AS (SELECT DISTINCT person_id FROM person WHERE ${moved("person", statement)} AND person_id IS NOT NULL),
  moved_touch AS MATERIALIZED (
    SELECT person.person_id, occurred_at FROM touch JOIN person ON ${touchIsOf} AND person.known_to IS NULL
    WHERE ${moved("touch", statement)}),
  moved_campaign AS (
    SELECT unnest([alias, campaign]) AS campaign FROM campaign_alias WHERE ${moved("campaign_alias", statement)}),
  travelled AS MATERIALIZED (
    SELECT outcome, outcome_id, person_id, reached_at FROM outcome_now JOIN lead_person_now USING (lead_id))
  SELECT outcome, outcome_id FROM moved_outcome
  UNION SELECT outcome, outcome_id FROM credit SEMI JOIN moved_campaign USING (campaign) WHERE known_to IS NULL
  UNION SELECT outcome, outcome_id FROM outcome_now SEMI JOIN moved_lead USING (lead_id)
  UNION SELECT outcome, outcome_id FROM travelled SEMI JOIN moved_person USING (person_id)
  UNION SELECT outcome, outcome_id FROM travelled JOIN moved_touch USING (person_id)
    WHERE occurred_at <= reached_at AND occurred_at > reached_at - to_days(CAST(${lookBackDays} AS INTEGER))`;
}
