import { ruleIds, models, singleTouchModels } from "../../methods/attribution/index.ts";
import { join, name, raw, sql, type Sql } from "../../engine/sql.ts";
import {
  flag,
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
import { journeysAsked } from "./asked-journeys.ts";
import { dividedCtes } from "./divided.ts";
import { leadPeople, touchIsOf } from "./lead-people.ts";
import { outcomeKinds, outcomes, type Outcome } from "./outcomes.ts";
import type { DerivationRules } from "./rules.ts";
import { survivors } from "./survivor.ts";

/**
 * The journey to each outcome: step 0 is the channel recorded on the outcome itself, the others are the touches before it
 * in their order. Each model gives the steps shares that add up to exactly one; touches that were only seen have none, and
 * step 0 has all where nothing was done.
 */
export const credit = table("credit", {
  key: ["outcome", "outcome_id", "step"],
  columns: {
    outcome: required(oneOf(...outcomeKinds)),
    outcome_id: required(text),
    step: required(integer),
    credited_at: required(instant),
    touched_at: instant,
    touch_id: text,
    seen: flag,
    before_lead: flag,
    before_opportunity: flag,
    channel: text,
    source: text,
    medium: text,
    campaign: text,
    ad: text,
    ...Object.fromEntries(ruleIds.map((id) => [id, required(share)])),
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
    shares: {
      parameter: "model",
      single: singleTouchModels,
      asked: (asked, believed) => journeysAsked(outcome, asked, believed),
    },
    column,
  });
  return Object.fromEntries(creditedDimensions.map((each) => [each, lookup(each)]));
}

/** Impressions and opened e-mails are seen, not done. */
export const seenOnly = raw("('impression', 'email_open')");

/**
 * The outcomes, or those among the pairs of `outcome` and `outcome_id` of a table, each with a number (`numbered`); the people behind
 * each (`travelled`), and all names by which these are known (`traveller`). With `among`, it needs the table `lead_name`.
 */
export function creditSteps({ zone }: DerivationRules, among?: Sql) {
  const theirs = among === undefined ? {} : { leads: raw("(SELECT lead_id FROM numbered)"), names: raw("lead_name") };
  const those = among === undefined ? raw("") : sql` SEMI JOIN ${among} USING (outcome, outcome_id)`;
  return {
    numbered: sql`WITH ${survivors}, ${outcomes(zone)} SELECT row_number() OVER () AS nr, * FROM outcome${those}`,
    travelled: sql`WITH ${survivors}, ${leadPeople(theirs)}
      SELECT nr, person_id, lead_at, opportunity_at, reached_at FROM numbered JOIN lead_person USING (lead_id)`,
    traveller: sql`SELECT alias_kind, alias, person_id FROM person
      WHERE known_to IS NULL AND NOT shared AND person_id IN (SELECT person_id FROM travelled)`,
  };
}

/**
 * The touches of these people through a channel on a day that counts for an outcome. They are found first: a join of everything by
 * who and when may be planned as one by when alone, and days that are known are passed over where touches are stored. A day of the
 * zone begins less than a day before or after that of UTC.
 */
const steps = (lookBackDays: number): Sql => sql`day_before AS MATERIALIZED (
    SELECT DISTINCT reached_on - CAST(unnest(range(-1, ${lookBackDays} + 2)) AS INTEGER) AS day
    FROM (SELECT unnest(list(DISTINCT CAST(reached_at AS DATE))) AS reached_on FROM travelled)),
  step AS MATERIALIZED (
    SELECT person.person_id, occurred_at, occurred_on, touch_id, kind IN ${seenOnly} AS seen, channel, source, medium, campaign, ad
    FROM touch JOIN traveller AS person ON ${touchIsOf}
    WHERE touch.known_to IS NULL AND channel IS NOT NULL AND occurred_on IN (SELECT day FROM day_before))`;

const creditedFrom = (alias: string): Sql =>
  join(
    creditedDimensions.map((each) => sql`${name(alias)}.${name(each)}`),
    ", ",
  );

/** The touches before each outcome in their order. Those of one instant are ordered by their ids. */
const journeys = (lookBackDays: number): Sql => sql`touched AS (
    SELECT nr, row_number() OVER (PARTITION BY nr ORDER BY occurred_at, touch_id) AS step, touch_id, occurred_at AS touched_at,
      occurred_on AS touched_on, reached_at AS credited_at, seen, occurred_at <= lead_at AS before_lead,
      opportunity_at <= reached_at AND occurred_at <= opportunity_at AS before_opportunity, ${creditedFrom("step")}
    FROM travelled JOIN step USING (person_id)
    WHERE occurred_at <= reached_at AND occurred_at > reached_at - to_days(CAST(${lookBackDays} AS INTEGER))),
  journey AS (
    SELECT * FROM touched
    UNION ALL BY NAME
    SELECT nr, 0 AS step, reached_at AS credited_at, false AS seen, false AS before_lead, false AS before_opportunity,
      ${creditedFrom("numbered")} FROM numbered)`;

/** One row per outcome and step, as the facts stand now, of the outcomes of `creditSteps`. */
export function creditRows(rules: DerivationRules, day: (instant: Sql) => Sql): Sql {
  const shares = ruleIds.map((id) => sql`coalesce(shared.${name(id)}, 0) AS ${name(id)}`);
  return sql`WITH ${steps(rules.lookBackDays)}, ${journeys(rules.lookBackDays)},
  ${dividedCtes(models, rules, {})},
  reached AS (SELECT nr, outcome, outcome_id, ${day(raw("reached_at"))} AS credited_on FROM numbered)
  SELECT outcome, outcome_id, step, credited_at, credited_on, touched_at, touched_on, touch_id, seen, before_lead, before_opportunity,
    ${creditedFrom("journey")}, ${join(shares, ", ")}
  FROM journey JOIN reached USING (nr) LEFT JOIN shared USING (nr, step)`;
}
