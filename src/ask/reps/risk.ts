import type { DealAtRisk, RepDetail } from "../../contract/rep.ts";
import type { Cell } from "../../engine/database.ts";
import { duckdb } from "../../engine/dialect.ts";
import { believed } from "../../engine/relation.ts";
import { raw, sql } from "../../engine/sql.ts";
import type { Context } from "../draft.ts";
import type { Store } from "../store.ts";
import { asked } from "./closing.ts";

/** A deal is at risk when no more than this share of won deals took longer. */
const rare = 0.1;
const most = 50;

const text = (value: Cell | undefined): string | null => (value == null ? null : String(value));

/** How many won deals took how many days in the last two years. */
async function wonAfter(context: Context, store: Store): Promise<{ days: number; won: number }[]> {
  const until = duckdb.day(context.observedTo);
  const query = sql`SELECT greatest(0, closed_on - created_on) AS days, count(*) AS won FROM deal
    WHERE ${believed(raw("deal"), context, duckdb)} AND outcome = 'won' AND closed_on <= ${until} AND closed_on > ${until} - 730
    GROUP BY 1 ORDER BY 1`;
  return (await asked(query, store)).map((row) => ({ days: Number(row["days"]), won: Number(row["won"]) }));
}

/** The open deals of one owner. */
async function openOf(rep: string, context: Context, store: Store): Promise<Omit<DealAtRisk, "later">[]> {
  const until = duckdb.day(context.observedTo);
  const query = sql`SELECT deal_id, stage, product, CAST(amount AS DOUBLE) AS amount, currency,
      CAST(created_on AS VARCHAR) AS created_on, ${until} - created_on AS age
    FROM deal WHERE ${believed(raw("deal"), context, duckdb)} AND outcome = 'open' AND rep = ${rep} AND created_on <= ${until}
    ORDER BY amount DESC NULLS LAST, deal_id`;
  return (await asked(query, store)).map((row) => ({
    deal: String(row["deal_id"]),
    stage: text(row["stage"]),
    product: text(row["product"]),
    amount: row["amount"] == null ? null : Number(row["amount"]),
    currency: text(row["currency"]),
    createdOn: String(row["created_on"]),
    age: Number(row["age"]),
  }));
}

/** The open deals of somebody that are older than nearly all that were won: of the last two years, by days from creation to close. */
export async function riskOf(rep: string, context: Context, store: Store): Promise<RepDetail["risk"]> {
  const [won, open] = await Promise.all([wonAfter(context, store), openOf(rep, context, store)]);
  const all = won.reduce((sum, each) => sum + each.won, 0);
  const later = (age: number) =>
    all === 0 ? 1 : won.reduce((sum, each) => sum + (each.days > age ? each.won : 0), 0) / all;
  const usual = won.find(({ days }) => later(days) <= rare);
  const older = open.map((deal) => ({ ...deal, later: later(deal.age) })).filter((deal) => deal.later <= rare);
  return { usualDays: usual?.days ?? null, open: open.length, older: older.length, deals: older.slice(0, most) };
}
