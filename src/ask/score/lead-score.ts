import type { Judgement, LeadScore, ScoredTouch } from "../../contract/score.ts";
import type { Connection, Tuple } from "../../engine/database.ts";
import { join, name, raw, sql } from "../../engine/sql.ts";
import { countedDecision, countedLead } from "../../facts/decisions.ts";
import { survivors } from "../../facts/derived/survivor.ts";
import { startOfDay } from "../../facts/mql/in-force.ts";
import { fitInWords } from "../../facts/mql/in-words.ts";
import { leadTouches } from "../../facts/mql/lead-touches.ts";
import { fitColumns, type RuleInForce } from "../../facts/mql/rule.ts";
import { fitOf, isFit, worthsAt, type LeadTouch } from "../../facts/mql/score.ts";
import type { Context } from "../draft.ts";

const text = (row: Tuple, column: string): string | null => (row[column] == null ? null : String(row[column]));

const million = 1_000_000;
const iso = (micros: number): string => new Date(Math.floor(micros / 1000)).toISOString().replace(".000Z", "Z");

async function touchesOf(connection: Connection, lead: string): Promise<LeadTouch[]> {
  const rows = await connection.rows(sql`WITH ${survivors}, ${leadTouches(raw("true"), lead)}
    SELECT *, epoch_us(occurred_at) AS at FROM lead_touch ORDER BY occurred_at, touch_id`);
  return rows.map((row) => ({
    touchId: String(row["touch_id"]),
    at: Number(row["at"]),
    kind: String(row["kind"]),
    path: text(row, "path"),
    form: text(row, "form"),
    channel: text(row, "channel"),
    campaign: text(row, "campaign"),
    content: text(row, "content"),
  }));
}

const whatOf = ({ path, form, channel }: LeadTouch): string | null => form ?? path ?? channel;

type Attributes = Readonly<Record<string, string | null>>;

/** The score at an instant (in microseconds) by a version of the rule, touch by touch. */
function judgement(
  { rule, version }: RuleInForce,
  lead: Attributes,
  touches: readonly LeadTouch[],
  at: number,
): Judgement {
  const worths = worthsAt(rule, touches, at);
  const score = fitOf(rule, lead) * million + worths.reduce((sum, { worth }) => sum + worth, 0);
  return {
    at: iso(at),
    definition: version,
    threshold: rule.threshold,
    fit: rule.fit.flatMap((line, place) =>
      isFit(line, lead) ? [{ line: place + 1, where: fitInWords(line), points: line.points }] : [],
    ),
    touches: worths.map(({ touch, line, points, days, worth }): ScoredTouch => ({
      touch: touch.touchId,
      at: iso(touch.at),
      kind: touch.kind,
      what: whatOf(touch),
      line: line + 1,
      points,
      days,
      worth: worth / million,
    })),
    score: score / million,
  };
}

/** The version of the rule in force at an instant. */
async function ruleAt(connection: Connection, at: number, { definitions, settings }: Context): Promise<RuleInForce> {
  const starts = definitions.mql.map(({ from }) =>
    from === null ? raw("0") : sql`epoch_us(${startOfDay(from, settings.time_zone)})`,
  );
  const [row] = await connection.rows(
    sql`SELECT ${join(
      starts.map((start, i) => sql`${start} AS ${name(`s${i}`)}`),
      ", ",
    )}`,
  );
  const found = definitions.mql.findLast((_, i) => Number(row?.[`s${i}`] ?? 0) <= at);
  if (found === undefined) throw new Error("no rule is in force");
  return found;
}

const nothing: Tuple = {};

/** Why a lead is an MQL or is none, touch by touch: when it became one, and as it stands at `now`. */
export async function leadScore(
  asked: string,
  context: Context,
  connection: Connection,
  now: Date,
): Promise<LeadScore> {
  const lead = await countedLead(connection, asked);
  const columns = join(
    ["created_at", ...fitColumns].map((column) => sql`p.${name(column)}`),
    ", ",
  );
  const [row = nothing] = await connection.rows(sql`SELECT ${columns}, p.mql_at, p.mql_reason, p.mql_inferred,
      q.definition, q.touch_id, epoch_us(q.qualified_at) AS qualified
    FROM lead_progress AS p LEFT JOIN qualification AS q ON q.lead_id = p.lead_id AND q.known_to IS NULL
    WHERE p.known_to IS NULL AND p.lead_id = ${lead}`);
  const attributes = Object.fromEntries(fitColumns.map((column) => [column, text(row, column)]));
  const touches = await touchesOf(connection, lead);
  const byRule = row["qualified"] != null && row["mql_inferred"] !== true;
  const qualified = Number(row["qualified"]);
  const present = now.getTime() * 1000;
  const judge = async (at: number) => judgement(await ruleAt(connection, at, context), attributes, touches, at);
  return {
    lead,
    createdAt: String(row["created_at"]),
    mqlAt: text(row, "mql_at"),
    reason: byRule ? (text(row, "mql_reason") as LeadScore["reason"]) : row["mql_at"] == null ? null : "inferred",
    definition: byRule ? Number(row["definition"]) : null,
    touch: byRule ? text(row, "touch_id") : null,
    decision: (await countedDecision(connection, lead)) ?? null,
    qualified: byRule ? await judge(qualified) : null,
    now: await judge(present),
  };
}
