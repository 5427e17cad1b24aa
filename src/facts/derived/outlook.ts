import { sql, type Sql } from "../../engine/sql.ts";
import { day, integer, money, oneOf, required, share, table, text } from "../../engine/table.ts";
import { lastDayUntil, lastKnown } from "../happened.ts";
import type { DerivationRules } from "./rules.ts";
import { survivors } from "./survivor.ts";

/**
 * What a lead that is still open at a stage, after so many days there, may be expected to bring: from `age_from` days until
 * (exclusive) `age_to`, the `probability` that it becomes a customer, and that times the average that customers brought so far
 * (`worth`), of revenue or bookings, in each currency in which they did. Nothing is worth anything known before the first win.
 * Ages are taken on `observed_on`, the last day on which anything is recorded; money of other currencies is converted on
 * `valued_on`, the last day until then for which a rate is recorded.
 */
export const outlook = table("outlook", {
  key: ["stage", "basis", "currency", "age_from"],
  columns: {
    stage: required(oneOf("lead", "deal")),
    basis: required(oneOf("revenue", "bookings")),
    currency: text,
    age_from: required(integer),
    age_to: integer,
    probability: required(share),
    worth: money,
    observed_on: required(day),
    valued_on: required(day),
  },
});

/** How long each lead and each deal stayed at its stage, and how it left; one that is open still has not left. */
const stays = sql`stay AS (
    SELECT 'lead' AS stage, created_on AS entered_on,
      coalesce(least(opportunity_on, customer_on), CASE WHEN decision = 'rejected' THEN decided_on END) AS left_on,
      CASE WHEN opportunity_on <= coalesce(customer_on, opportunity_on) THEN 'deal' WHEN customer_on IS NOT NULL THEN 'won' ELSE 'lost' END AS way
    FROM lead_progress WHERE known_to IS NULL AND disqualified_as IS NULL
    UNION ALL
    SELECT 'deal', deal.created_on, CASE WHEN outcome <> 'open' THEN closed_on END, outcome
    FROM deal LEFT JOIN survivor ON survivor.lead_id = deal.lead_id
    JOIN lead_progress AS lead ON lead.lead_id = coalesce(survivor_id, deal.lead_id) AND lead.known_to IS NULL
    WHERE deal.known_to IS NULL AND coalesce(deal.kind, 'new') = 'new'
      AND deal.created_on <= coalesce(lead.customer_on, deal.created_on))`;

/** A life table of each stage: of those who stayed at least so many days, how many left then, and by which way. */
const lives = sql`seen AS (
    SELECT stage, CASE WHEN left_on <= observed_on THEN way END AS way,
      greatest(0, date_diff('day', entered_on, least(left_on, observed_on))) AS age
    FROM stay CROSS JOIN observed WHERE entered_on <= observed_on),
  at_age AS (
    SELECT stage, age, count(*) AS seen, count(*) FILTER (way = 'won') AS won, count(*) FILTER (way = 'deal') AS dealt, count(way) AS ended
    FROM seen GROUP BY ALL),
  at_risk AS (SELECT *, sum(seen) OVER (PARTITION BY stage ORDER BY age DESC) AS n FROM at_age),
  life AS (
    SELECT *, product(1 - ended / n) OVER (PARTITION BY stage ORDER BY age) AS open_after FROM at_risk WHERE ended > 0)`;

/** The share that has got there by each age: deals that are won; leads that are, with a deal or without one. */
const curves = sql`step AS (
    SELECT *, coalesce(lag(open_after) OVER (PARTITION BY stage ORDER BY age), 1) / n AS each FROM life),
  deal_won AS (SELECT coalesce(sum(each * won ORDER BY age), 0) AS chance FROM step WHERE stage = 'deal'),
  curve AS (
    SELECT stage, age, open_after, sum(each * (won + dealt * chance)) OVER (PARTITION BY stage ORDER BY age) AS won_by
    FROM step CROSS JOIN deal_won
    UNION ALL
    SELECT DISTINCT stage, -1, 1, 0 FROM seen),
  ahead AS (
    SELECT stage, greatest(0, age) AS age_from, lead(age) OVER (PARTITION BY stage ORDER BY age) AS age_to,
      CASE WHEN open_after > 0 THEN least(1, (max(won_by) OVER (PARTITION BY stage) - won_by) / open_after) ELSE 0 END AS probability
    FROM curve)`;

/** What customers brought so far on average, in each currency; without any there is no average. */
const values = sql`customers AS (SELECT count(*) AS won FROM lead_progress WHERE known_to IS NULL AND customer_at IS NOT NULL),
  brought AS (
    SELECT 'revenue' AS basis, currency, amount - coalesce(tax, 0) AS amount FROM revenue
    JOIN origin ON outcome = 'revenue' AND outcome_id = revenue_id AND origin.known_to IS NULL WHERE revenue.known_to IS NULL
    UNION ALL
    SELECT 'bookings', currency, amount FROM deal JOIN origin ON origin.outcome = 'deal' AND outcome_id = deal_id AND origin.known_to IS NULL
    WHERE deal.known_to IS NULL AND deal.outcome = 'won' AND amount IS NOT NULL),
  average AS (SELECT basis, currency, CAST(sum(amount) AS DOUBLE) / any_value(won) AS per_win
    FROM brought CROSS JOIN customers WHERE won > 0 GROUP BY basis, currency),
  valued AS (
    SELECT * FROM average
    UNION ALL
    SELECT basis, NULL, NULL FROM (VALUES ('revenue'), ('bookings')) AS every(basis) ANTI JOIN average USING (basis))`;

/** The outlook of each stage and age, as the facts stand now. */
export const outlookRows = (_rules: DerivationRules, day: (instant: Sql) => Sql): Sql => sql`WITH ${survivors},
  observed AS (SELECT day AS observed_on FROM (${lastDayUntil(sql`(SELECT ${day(sql`known_at`)} FROM (${lastKnown}))`, (alias) => sql`${alias}.known_to IS NULL`)})),
  quoted AS (SELECT coalesce(max(rate.day), any_value(observed_on)) AS valued_on
    FROM observed LEFT JOIN rate ON rate.day <= observed_on AND rate.known_to IS NULL),
  ${stays}, ${lives}, ${curves}, ${values}
  SELECT stage, basis, currency, age_from, age_to, round(probability, 12) AS probability,
    CAST(round(probability * per_win, 6) AS DECIMAL(18, 6)) AS worth, observed_on, valued_on
  FROM ahead CROSS JOIN valued CROSS JOIN observed CROSS JOIN quoted WHERE coalesce(age_to > age_from, true)`;
