import type { Connection } from "../src/engine/database.ts";
import { join, raw, sql } from "../src/engine/sql.ts";
import { localDay } from "../src/facts/local-day.ts";
import { instantOf, type Statement } from "../src/facts/merge.ts";

/** Everybody has about twenty touches within 120 days; one person in five is a lead, one lead in five buys. */
const [touchesEach, span, leadsEach, buyersEach] = [20, 120, 5, 25];

/** Two years are seen of a world that was there before and goes on after. */
const days = 730;

const at = (day: string, within: string): string =>
  `TIMESTAMP '2024-11-01' + to_days(CAST(${day} AS INTEGER)) + to_seconds(CAST(${within} AS BIGINT))`;
const begins = (person: string): string => `(CAST(hash(${person}) % ${days + span} AS INTEGER) - ${span})`;
const made = (touches: number): number => Math.round((touches * (days + span)) / days);
/** The numbers of every so many people. */
const people = (touches: number, every: number): string =>
  `(SELECT CAST(i AS UBIGINT) AS p FROM range(0, ${Math.ceil(made(touches) / touchesEach)}, ${every}) AS numbers(i))`;
const channels =
  "['direct', 'paid_search', 'organic_search', 'email', 'paid_social', 'organic_social', 'display', 'referral', 'partner', 'video']";

const touches = (n: number): string =>
  `SELECT 'T' || i AS touch_id, ${at(`${begins("p")} + hash(i, 'day') % ${span}`, "hash(i, 'second') % 86400")} AS occurred_at,
    CASE hash(i, 'kind') % 10 WHEN 0 THEN 'impression' WHEN 1 THEN 'email_open' WHEN 2 THEN 'click' ELSE 'visit' END AS kind,
    CASE WHEN hash(i, 'known') % 5 > 0 THEN 'P' || p END AS person_id, CASE WHEN hash(i, 'known') % 5 = 0 THEN 'V' || p END AS visitor,
    ${channels}[1 + CAST(hash(i, 'channel') % 10 AS INTEGER)] AS channel, 'source ' || hash(i, 'source') % 20 AS source, 'campaign ' || hash(i, 'campaign') % 200 AS campaign
    FROM (SELECT i, hash(i, 'person') % ${Math.ceil(made(n) / touchesEach)} AS p FROM range(${made(n)}) AS numbers(i))`;

const visitors = (n: number): string =>
  `SELECT 'visitor' AS alias_kind, 'V' || p AS alias, 'P' || p AS person_id, ${at(begins("p"), "0")} AS seen_at FROM ${people(n, 1)}`;

const leads = (n: number): string =>
  `SELECT 'L' || p AS lead_id, ${at(`${begins("p")} + 30 + hash(p, 'lead') % 60`, "hash(p, 'second') % 86400")} AS created_at, 'P' || p AS person_id,
    CASE WHEN p % ${buyersEach} = 0 THEN 'C' || p END AS customer_id, ${channels}[1 + CAST(hash(p, 'recorded') % 10 AS INTEGER)] AS channel FROM ${people(n, leadsEach)}`;

const opened = at(`${begins("p")} + 90 + hash(p, 'deal') % 25`, "hash(p, 'deal') % 86400");
const deals = (n: number): string =>
  `SELECT 'D' || p AS deal_id, ${opened} AS created_at, 'L' || p AS lead_id, 'won' AS outcome, ${opened} + INTERVAL 5 DAY AS closed_at,
    'C' || p AS customer_id, 100 AS amount, 'EUR' AS currency FROM ${people(n, buyersEach)}`;

const payments = (n: number): string =>
  `SELECT 'R' || substr(deal_id, 2) AS revenue_id, deal_id, customer_id, CAST(closed_at + INTERVAL 1 DAY AS DATE) AS occurred_on, 100 AS amount, 'EUR' AS currency
    FROM (${deals(n)})`;

/** The zone of the made-up company. */
export const zone = "Europe/Madrid";

const facts: readonly (readonly [
  fact: string,
  rows: (n: number) => string,
  when: string,
  instants: readonly string[],
])[] = [
  ["touch", touches, "occurred_at", ["occurred"]],
  ["identity", visitors, "seen_at", ["seen"]],
  ["lead", leads, "created_at", ["created"]],
  ["deal", deals, "created_at", ["created", "closed"]],
  ["revenue", payments, "occurred_on", []],
];

/** How many days are left for the load that comes on top: one in a hundred. */
const lastDays = days / 100;

/**
 * Writes what happened up to the last days, or in them, as rows of one load, in the order in which it did, as systems export it;
 * `n` is how many touches there are in all.
 */
export async function writeFacts(
  connection: Connection,
  n: number,
  last: boolean,
  { loadId, at: known }: Statement,
): Promise<void> {
  const edge = (day: number) => at(String(Math.floor(day)), "0");
  const [from, to] = last ? [days - lastDays, days] : [0, days - lastDays];
  for (const [fact, rows, when, instants] of facts) {
    const dated = instants.map((each) => sql`, ${localDay(raw(`${each}_at`), zone)} AS ${raw(`${each}_on`)}`);
    await connection.run(sql`INSERT INTO ${raw(fact)} BY NAME SELECT *${join(dated, "")}, 'made up' AS source_name,
      ${loadId} AS load_id, ${instantOf(known)} AS known_from, CAST(NULL AS TIMESTAMP) AS known_to
      FROM (${raw(rows(n))}) WHERE ${raw(`${when} >= ${edge(from)} AND ${when} < ${edge(to)} ORDER BY ${when}`)}`);
  }
}
