import type { Aggregate } from "../../engine/measure.ts";
import { raw, sql, type Sql } from "../../engine/sql.ts";
import { leads, netRevenue, newCustomers, spend, wonDeals, wonValue } from "../../facts/measures.ts";

/** A total that must be found again however it is split: the measure that splits it, and how it is booked. */
export interface Book {
  readonly id: string;
  readonly measure: Aggregate;
  /** Rows of `entry` (the currency of money, nothing for counts) and `amount`, straight from the facts. */
  readonly booked: Sql;
}

/** Leads that became part of another: going by `merged_into` from them leads to one that is known and not merged itself. */
export const absorbed: Sql = raw(`absorbed AS (
    SELECT merged.lead_id FROM lead AS merged JOIN lead AS survivor ON survivor.lead_id = merged.merged_into
    WHERE merged.known_to IS NULL AND survivor.known_to IS NULL AND survivor.merged_into IS NULL
    UNION
    SELECT lead.lead_id FROM lead JOIN absorbed ON lead.merged_into = absorbed.lead_id WHERE lead.known_to IS NULL)`);

/** Every unit of spend and of revenue, every lead, every won deal and its value, every new customer. */
export const books: readonly Book[] = [
  {
    id: "spend",
    measure: spend,
    booked: raw("SELECT currency AS entry, sum(amount) AS amount FROM spend WHERE known_to IS NULL GROUP BY ALL"),
  },
  {
    id: "revenue",
    measure: netRevenue,
    booked: raw(`SELECT currency AS entry, sum(amount) - coalesce(sum(tax), 0) AS amount FROM revenue
    WHERE known_to IS NULL GROUP BY ALL`),
  },
  {
    id: "leads",
    measure: leads,
    booked: sql`WITH RECURSIVE ${absorbed}
    SELECT (SELECT count(*) FROM lead WHERE known_to IS NULL) - (SELECT count(*) FROM absorbed) AS amount`,
  },
  {
    id: "won-deals",
    measure: wonDeals,
    booked: raw("SELECT count(*) AS amount FROM deal WHERE known_to IS NULL AND outcome = 'won'"),
  },
  {
    id: "won-value",
    measure: wonValue,
    booked: raw(`SELECT currency AS entry, sum(amount) AS amount FROM deal
    WHERE known_to IS NULL AND outcome = 'won' GROUP BY ALL`),
  },
  {
    id: "new-customers",
    measure: newCustomers,
    booked: raw(`SELECT count(DISTINCT customer_id) AS amount FROM acquisition
    WHERE known_to IS NULL AND acquired_at IS NOT NULL AND acquired_with IS NULL`),
  },
];
