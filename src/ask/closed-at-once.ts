import type { Database } from "../engine/database.ts";
import { duckdb } from "../engine/dialect.ts";
import type { Measure } from "../engine/measure.ts";
import { dimensionsOf, relation } from "../engine/relation.ts";
import { join, name, runnable, sql, type Sql } from "../engine/sql.ts";
import { addDays, type Day } from "../engine/time.ts";
import { deal } from "../facts/deal.ts";
import { lostDeals } from "../facts/measures.ts";
import type { Context, Draft, Note } from "./draft.ts";

/** A day is one of cleaning up when so many deals were lost on it, and so many times as many as on a usual day. */
const [fewest, timesUsual] = [20, 10];
/** On how many days deals must have been lost to say what is usual. */
const fewestDays = 10;

interface LostOn {
  readonly day: Day;
  readonly lost: number;
}

/** The part of a share by which it rests on how deals were closed; undefined where it does not. */
function closingPart({ variant }: Draft): Measure | undefined {
  if (variant.others.length === 0) return undefined;
  return Object.values(variant.parts).find(
    (part) =>
      part.kind === "aggregate" &&
      part.table.name === deal.name &&
      [part.at, part.reached].includes(deal.columns.closed_on.name),
  );
}

/** The lost deals among those that the question is about, by the day of their close; by the period clock of all time. */
function lostByDay(part: Measure, { plan }: Draft): Sql {
  const where = [...part.where.filter((each) => each.name !== deal.columns.outcome.name), ...lostDeals.where];
  const rows = relation(deal, dimensionsOf(part, plan.clock), { ...plan, keys: [] }, where, duckdb);
  const cell = (column: string) => sql`${rows.alias}.${name(column)}`;
  const [created, closed] = [cell(deal.columns.created_on.name), cell(deal.columns.closed_on.name)];
  const { from, to } = plan.range;
  const cohort =
    plan.clock === "period" ? [] : [sql`${created} >= ${duckdb.day(from)}`, sql`${created} < ${duckdb.day(to)}`];
  const inTime = plan.window === undefined ? [] : [sql`${duckdb.daysBetween(created, closed)} <= ${plan.window}`];
  const conditions = [rows.believed, ...rows.slices, ...where.map(rows.condition), ...cohort, ...inTime];
  return sql`SELECT CAST(${closed} AS VARCHAR) AS day, count(*) AS lost FROM ${rows.from}
    WHERE ${join(conditions, " AND ")} GROUP BY 1 ORDER BY 1`;
}

async function found(query: Sql, database: Database): Promise<LostOn[]> {
  const rows = await database.use((connection) => connection.rows(query));
  return rows.map((row) => ({ day: String(row["day"]), lost: Number(row["lost"]) }));
}

/** The days on which at least 20 deals were lost, and ten times as many as on the median day with any. */
export function cleaningDays(days: readonly LostOn[]): LostOn[] {
  if (days.length < fewestDays) return [];
  const counts = days.map(({ lost }) => lost).toSorted((a, b) => a - b);
  const usual = counts[Math.floor(counts.length / 2)] ?? 0;
  return days.filter(({ lost }) => lost >= fewest && lost >= timesUsual * usual);
}

/**
 * Names the days on which far more of the deals that a question counts were closed as lost than on a usual one: the ratio
 * falls by a cleaning, not by losing.
 */
export async function closedAtOnce(draft: Draft, context: Context, database: Database): Promise<Note[]> {
  const part = closingPart(draft);
  if (part === undefined) return [];
  const { range, clock } = draft.plan;
  const query = lostByDay(part, draft);
  const days = await context.ledger.remembered(`lost by day ${runnable(query)}`, () => found(query, database));
  const end = clock === "period" ? range.to : addDays(context.observedTo, 1);
  const cleaned = cleaningDays(days).filter(({ day }) => day >= range.from && day < end);
  if (cleaned.length === 0) return [];
  const named = cleaned.map(({ day, lost }) => `${lost} on ${day}`).join(", ");
  const message = `deals were closed as lost all at once: ${named}; a cleaning moves the ratio of those days, not how well is sold`;
  return [{ code: "closed-at-once", message, count: cleaned.length }];
}
