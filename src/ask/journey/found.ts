import type { JourneyOutcome } from "../../contract/journey.ts";
import { outcomesOfJourneys } from "../../contract/journey.ts";
import type { Connection, Tuple } from "../../engine/database.ts";
import { join, name, sql, type Sql } from "../../engine/sql.ts";
import { ruleIds } from "../../methods/attribution/index.ts";
import { seenOnly } from "../../facts/derived/credit.ts";
import { leadPeople, touchIsOf } from "../../facts/derived/lead-people.ts";
import { outcomes } from "../../facts/derived/outcomes.ts";
import { survivors } from "../../facts/derived/survivor.ts";

/** Touches that are told of one person. */
export const mostTouches = 1000;

const texts = (values: readonly string[]): Sql =>
  join(
    values.map((value) => sql`${value}`),
    ", ",
  );

/** A cell as text. */
export const textOf = (value: Tuple[string] | undefined): string | null => (value == null ? null : String(value));
const instantOf = (value: Tuple[string] | undefined): string => new Date(String(value)).toISOString();

/** The lead that counts where a lead is named, and whose it is; undefined where there is no lead of that id. */
export async function leadNamed(connection: Connection, id: string) {
  const [row] = await connection.rows(sql`WITH ${survivors}, ${leadPeople()},
    named AS (SELECT coalesce(survivor_id, lead.lead_id) AS lead_id FROM lead LEFT JOIN survivor USING (lead_id)
      WHERE lead.known_to IS NULL AND lead.lead_id = ${id})
    SELECT named.lead_id, min(person_id) AS person_id FROM named LEFT JOIN lead_person USING (lead_id) GROUP BY ALL`);
  return row === undefined ? undefined : { lead: String(row["lead_id"]), person: textOf(row["person_id"]) };
}

/** The leads that count of a person. */
export async function leadsOf(connection: Connection, person: string): Promise<string[]> {
  const rows = await connection.rows(sql`WITH ${survivors}, ${leadPeople()}
    SELECT lead_id FROM lead_person WHERE person_id = ${person} ORDER BY lead_id`);
  return rows.map((row) => String(row["lead_id"]));
}

/** How many aliases of each kind a person has. */
export async function aliasesOf(connection: Connection, person: string): Promise<Record<string, number>> {
  const rows = await connection.rows(sql`SELECT alias_kind, count(*) AS n FROM person
    WHERE known_to IS NULL AND person_id = ${person} GROUP BY alias_kind ORDER BY alias_kind`);
  return Object.fromEntries(rows.map((row) => [String(row["alias_kind"]), Number(row["n"])]));
}

/** What a person did or saw, in order; one more than are told, where there are more. */
export const touchesOf = (connection: Connection, person: string): Promise<Tuple[]> =>
  connection.rows(sql`SELECT touch_id, occurred_at, kind, kind IN ${seenOnly} AS seen, channel, source, medium, campaign
    FROM touch JOIN person ON ${touchIsOf} AND person.known_to IS NULL AND NOT person.shared
    WHERE touch.known_to IS NULL AND person.person_id = ${person}
    ORDER BY occurred_at, touch_id LIMIT ${mostTouches + 1}`);

/** What came of leads, in order, the lesser first of one instant. */
export async function outcomesOf(
  connection: Connection,
  leads: readonly string[],
  zone: string,
): Promise<JourneyOutcome[]> {
  if (leads.length === 0) return [];
  const rows = await connection.rows(sql`WITH ${survivors}, ${outcomes(zone)}
    SELECT outcome.outcome, outcome_id, reached_at, coalesce(revenue.amount, deal.amount) AS amount,
      coalesce(revenue.currency, deal.currency) AS currency
    FROM outcome
    LEFT JOIN revenue ON outcome.outcome = 'revenue' AND revenue_id = outcome_id AND revenue.known_to IS NULL
    LEFT JOIN deal ON outcome.outcome = 'deal' AND deal.deal_id = outcome_id AND deal.known_to IS NULL
    WHERE outcome.lead_id IN (${texts(leads)}) AND reached_at IS NOT NULL`);
  const rank = ({ kind }: JourneyOutcome) => outcomesOfJourneys.indexOf(kind);
  return rows
    .flatMap((row): JourneyOutcome[] => {
      const kind = outcomesOfJourneys.find((each) => each === row["outcome"]);
      if (kind === undefined) return [];
      const amount = row["amount"] == null ? null : Number(row["amount"]);
      const id = String(row["outcome_id"]);
      return [
        { type: "outcome", at: instantOf(row["reached_at"]), kind, id, amount, currency: textOf(row["currency"]) },
      ];
    })
    .toSorted(
      (one, other) => one.at.localeCompare(other.at) || rank(other) - rank(one) || one.id.localeCompare(other.id),
    );
}

/** The shares of an outcome by touch; what was recorded of it has the empty name. */
export async function sharesOf(connection: Connection, kind: string, id: string) {
  const rows =
    await connection.rows(sql`SELECT touch_id, channel, campaign, ${join(ruleIds.map(name), ", ")} FROM credit
    WHERE known_to IS NULL AND outcome = ${kind} AND outcome_id = ${id} ORDER BY step`);
  return new Map(
    rows.map((row) => [
      textOf(row["touch_id"]) ?? "",
      {
        shares: Object.fromEntries(ruleIds.map((model) => [model, Number(row[model])])),
        channel: textOf(row["channel"]),
        campaign: textOf(row["campaign"]),
      },
    ]),
  );
}
