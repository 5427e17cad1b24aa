import type { Connection } from "../engine/database.ts";
import { Problem } from "../engine/problem.ts";
import { sql, type Sql } from "../engine/sql.ts";
import { selectOf } from "./by-hand.ts";
import { bringUpToDate } from "./up-to-date.ts";
import type { FactRules } from "./derived/rules.ts";
import { survivors } from "./derived/survivor.ts";
import { load } from "./load.ts";
import { beginLoad, endLoad } from "./loads.ts";
import { instantOf } from "./merge.ts";
import { stageEntry } from "./stage-entry.ts";

/** The source of what sales decides by hand; the origin of its loads is who did it. */
export const decisionsSource = "(decisions)";

/** The stage of such an entry: none of the CRM's. */
const decisionStage = "(decision)";

/** What a person decides on a lead. */
export interface LeadDecision {
  readonly lead: string;
  readonly outcome: "accepted" | "rejected";
  readonly reason: string | null;
  readonly by: string;
}

/** A decision that is believed. */
export interface StatedDecision {
  readonly outcome: "accepted" | "rejected";
  readonly reason: string | null;
  readonly by: string | null;
  readonly at: string;
  readonly source: string;
}

/** The lead itself and those that were merged into it. */
const family = (lead: string): Sql =>
  sql`(SELECT ${lead} AS lead_id UNION SELECT lead_id FROM survivor WHERE survivor_id = ${lead})`;

/** The decision that counts for a lead: the last one, whoever stated it; undefined without any. */
export async function countedDecision(connection: Connection, lead: string): Promise<StatedDecision | undefined> {
  const [row] = await connection.rows(sql`WITH ${survivors}
    SELECT outcome, reason, actor, entered_at, source_name FROM stage_entry
    WHERE known_to IS NULL AND subject = 'lead' AND outcome IS NOT NULL AND subject_id IN ${family(lead)}
    ORDER BY entered_at DESC, outcome DESC LIMIT 1`);
  if (row === undefined) return undefined;
  const text = (column: string) => (row[column] == null ? null : String(row[column]));
  return {
    outcome: row["outcome"] === "accepted" ? "accepted" : "rejected",
    reason: text("reason"),
    by: text("actor"),
    at: String(row["entered_at"]),
    source: String(row["source_name"]),
  };
}

/** The lead under which a lead counts: itself, or the one that it was merged into. */
export async function countedLead(connection: Connection, lead: string): Promise<string> {
  const [row] = await connection.rows(sql`WITH ${survivors}
    SELECT coalesce(survivor_id, lead.lead_id) AS lead_id FROM lead LEFT JOIN survivor ON survivor.lead_id = lead.lead_id
    WHERE lead.known_to IS NULL AND lead.lead_id = ${lead}`);
  if (row !== undefined) return String(row["lead_id"]);
  throw new Problem("unknown-lead", `no lead is named ${lead}`, "use the id that the source gives it", { lead });
}

/** Keeps a decision as a load of its own: it stands beside what sources state, and no load of theirs takes it away. */
export async function keepDecision(
  connection: Connection,
  { lead, outcome, reason, by }: LeadDecision,
  rules: FactRules,
  now: () => Date,
): Promise<void> {
  const entry = {
    subject: "lead",
    subject_id: lead,
    stage: decisionStage,
    entered_at: now().toISOString(),
    actor: by,
    outcome,
    reason,
  };
  await load(connection, {
    source: decisionsSource,
    origin: by,
    fingerprint: outcome,
    mappings: [{ fact: stageEntry, select: selectOf(entry) }],
    format: {},
    zone: rules.zone,
    rules,
    restates: false,
    now,
  });
}

/** Takes back the last decision by hand on a lead; what was decided before counts again. */
export async function takeBackDecision(
  connection: Connection,
  lead: string,
  by: string,
  rules: FactRules,
  now: () => Date,
): Promise<void> {
  await connection.transaction(async () => {
    const statement = await beginLoad(connection, decisionsSource, now);
    const taken = await connection.run(sql`WITH ${survivors}
      UPDATE stage_entry SET known_to = ${instantOf(statement.at)} WHERE rowid = (
        SELECT rowid FROM stage_entry WHERE known_to IS NULL AND source_name = ${decisionsSource} AND subject_id IN ${family(lead)}
        ORDER BY entered_at DESC, known_from DESC LIMIT 1)`);
    if (taken === 0)
      throw new Problem(
        "unknown-decision",
        `nothing was decided by hand on ${lead}`,
        "what a source states is changed there; another decision by hand stands from then on",
        { lead },
      );
    await bringUpToDate(connection, rules, statement);
    await endLoad(connection, statement, { origin: by, fingerprint: "taken back" }, now);
  });
}
