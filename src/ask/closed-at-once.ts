import type { Database } from "../engine/database.ts";
import { duckdb } from "../engine/dialect.ts";
import { believed } from "../engine/relation.ts";
import { raw, sql } from "../engine/sql.ts";
import { addDays, type Day } from "../engine/time.ts";
import { deal } from "../facts/deal.ts";
import type { Context, Draft, Note } from "./draft.ts";

/** A day is one of cleaning up when so many deals were lost on it, and so many times as many as on a usual day. */
const [fewest, timesUsual] = [20, 10];
/** On how many days deals must have been lost to say what is usual. */
const fewestDays = 10;

interface LostOn {
  readonly day: Day;
  readonly lost: number;
}

/** Whether a share rests on how deals were closed. */
const restsOnLosses = ({ variant }: Draft): boolean =>
  variant.others.length > 0 &&
  Object.values(variant.parts).some(
    (part) =>
      part.kind === "aggregate" &&
      part.table.name === deal.name &&
      [part.at, part.reached].includes(deal.columns.closed_on.name),
  );

async function lostByDay({ plan }: Draft, database: Database): Promise<LostOn[]> {
  const found = await database.use((connection) =>
    connection.rows(sql`SELECT CAST(closed_on AS VARCHAR) AS day, count(*) AS lost FROM deal
      WHERE ${believed(raw("deal"), plan, duckdb)} AND outcome = 'lost' GROUP BY 1 ORDER BY 1`),
  );
  return found.map((row) => ({ day: String(row["day"]), lost: Number(row["lost"]) }));
}

/** The days on which at least 20 deals were lost, and ten times as many as on the median day with any. */
export function cleaningDays(days: readonly LostOn[]): LostOn[] {
  if (days.length < fewestDays) return [];
  const counts = days.map(({ lost }) => lost).toSorted((a, b) => a - b);
  const usual = counts[Math.floor(counts.length / 2)] ?? 0;
  return days.filter(({ lost }) => lost >= fewest && lost >= timesUsual * usual);
}

/** Names the days on which far more deals were closed as lost than on a usual one: the ratio falls by a cleaning, not by losing. */
export async function closedAtOnce(draft: Draft, context: Context, database: Database): Promise<Note[]> {
  if (!restsOnLosses(draft)) return [];
  const { range, clock } = draft.plan;
  const days = await context.ledger.remembered("lost deals by day", () => lostByDay(draft, database));
  const end = clock === "period" ? range.to : addDays(context.observedTo, 1);
  const found = cleaningDays(days).filter(({ day }) => day >= range.from && day < end);
  if (found.length === 0) return [];
  const named = found.map(({ day, lost }) => `${lost} on ${day}`).join(", ");
  const message = `deals were closed as lost all at once: ${named}; a cleaning moves the ratio of those days, not how well is sold`;
  return [{ code: "closed-at-once", message, count: found.length }];
}
