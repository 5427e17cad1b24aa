import type { PreviewGroup, PreviewRequest, ScorePreview } from "../../contract/score.ts";
import type { Database, Tuple } from "../../engine/database.ts";
import { Problem } from "../../engine/problem.ts";
import { raw, sql, typed, type Sql } from "../../engine/sql.ts";
import { addMonths, dayIn, startOf, type Range } from "../../engine/time.ts";
import { deriveMqls } from "../../facts/derived/index.ts";
import type { DerivationRules } from "../../facts/derived/rules.ts";
import { settingsSource } from "../../facts/follow.ts";
import { beginLoad } from "../../facts/loads.ts";
import { mqlRulePath } from "../../workspace/mql-rule.ts";
import { propose, type Proposal } from "../../workspace/proposal.ts";
import { inTurn } from "../../workspace/turns.ts";
import { derivationRules, type Workspace } from "../../workspace/workspace.ts";
import { apart } from "../rehearsal/apart.ts";
import { linesOf } from "./preview-lines.ts";

const number = (tuple: Tuple | undefined, column: string): number => Number(tuple?.[column] ?? 0);
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** The rows that a preview compares: each lead with its MQL of the range before and after, null where there is none in it. */
function compared({ from, to }: Range): Sql {
  const inRange = (day: Sql) => sql`${day} >= ${typed(from, "DATE")} AND ${day} < ${typed(to, "DATE")}`;
  return sql`CREATE OR REPLACE TEMP TABLE previewed AS
    SELECT lead_id, decision, sql_at, CASE WHEN ${inRange(raw("b.mql_on"))} THEN b.mql_at END AS mql_before,
      CASE WHEN ${inRange(raw("a.mql_on"))} THEN a.mql_at END AS mql_after, b.mql_on AS on_before, a.mql_on AS on_after,
      b.reason AS reason_before, a.reason AS reason_after
    FROM (SELECT lead_id, mql_at, mql_on, coalesce(mql_reason, 'inferred') AS reason FROM mql_before) AS b
    JOIN (SELECT lead_id, mql_at, mql_on, coalesce(mql_reason, 'inferred') AS reason, decision, sql_at
      FROM lead_progress WHERE known_to IS NULL) AS a USING (lead_id)`;
}

async function groupOf(database: Database, which: string, at: string, reason: string): Promise<PreviewGroup> {
  const condition = raw(which);
  const [counted] = await database.use((connection) =>
    connection.rows(sql`SELECT count(*) AS leads, count(*) FILTER (decision = 'accepted') AS accepted, count(decision) AS decided,
      count(*) FILTER (sql_at >= ${raw(at)}) AS sqls FROM previewed WHERE ${condition}`),
  );
  const examples = await database.use((connection) =>
    connection.rows(
      sql`SELECT lead_id, ${raw(at)} AS moment, ${raw(reason)} AS reason FROM previewed WHERE ${condition} ORDER BY moment DESC, lead_id LIMIT 5`,
    ),
  );
  const [leads, accepted, decided, sqls] = ["leads", "accepted", "decided", "sqls"].map((each) =>
    number(counted, each),
  );
  return {
    leads: leads ?? 0,
    accepted: accepted ?? 0,
    decided: decided ?? 0,
    acceptance: share(accepted ?? 0, decided ?? 0),
    sqls: sqls ?? 0,
    sqlRate: share(sqls ?? 0, leads ?? 0),
    examples: examples.map((row) => ({
      lead: String(row["lead_id"]),
      at: String(row["moment"]),
      reason: String(row["reason"]),
    })),
  };
}

async function monthsOf(database: Database): Promise<ScorePreview["months"]> {
  const rows = await database.use((connection) =>
    connection.rows(
      raw(`SELECT CAST(date_trunc('month', day) AS DATE) AS month, sum(b) AS before, sum(a) AS after FROM (
      SELECT on_before AS day, 1 AS b, 0 AS a FROM previewed WHERE mql_before IS NOT NULL
      UNION ALL SELECT on_after, 0, 1 FROM previewed WHERE mql_after IS NOT NULL) GROUP BY 1 ORDER BY 1`),
    ),
  );
  return rows.map((row) => ({
    month: String(row["month"]),
    before: number(row, "before"),
    after: number(row, "after"),
  }));
}

async function reasonsOf(database: Database): Promise<Record<string, number>> {
  const rows = await database.use((connection) =>
    connection.rows(
      raw(
        "SELECT reason_after AS reason, count(*) AS n FROM previewed WHERE mql_after IS NOT NULL GROUP BY 1 ORDER BY 1",
      ),
    ),
  );
  return Object.fromEntries(rows.map((row) => [String(row["reason"]), number(row, "n")]));
}

async function moved(database: Database): Promise<Pick<ScorePreview, "earlier" | "later">> {
  const [row] = await database.use((connection) =>
    connection.rows(
      raw(
        "SELECT count(*) FILTER (mql_after < mql_before) AS earlier, count(*) FILTER (mql_after > mql_before) AS later FROM previewed",
      ),
    ),
  );
  return { earlier: number(row, "earlier"), later: number(row, "later") };
}

/** What a proposal would say of the rule: as in force on its days, or always where no day is named. */
function rulesOf(proposal: Proposal, workspace: Workspace, always: boolean): DerivationRules {
  const rules = derivationRules(workspace.settings, proposal.recorded);
  const proposed = rules.mql.findLast(({ version }) => version === proposal.version.version);
  return always && proposed !== undefined ? { ...rules, mql: [{ ...proposed, from: null, to: null }] } : rules;
}

async function compare(
  database: Database,
  { rules, proposal, range, now }: { rules: DerivationRules; proposal: Proposal; range: Range; now: () => Date },
): Promise<ScorePreview> {
  await database.use(async (connection) => {
    await connection.run(
      raw(
        "CREATE OR REPLACE TEMP TABLE mql_before AS SELECT lead_id, mql_at, mql_on, mql_reason FROM lead_progress WHERE known_to IS NULL",
      ),
    );
    await deriveMqls(connection, rules, await beginLoad(connection, settingsSource, now));
    await connection.run(compared(range));
  });
  const months = await monthsOf(database);
  const total = (side: "before" | "after") => months.reduce((sum, each) => sum + each[side], 0);
  const inForce = rules.mql.find(({ version }) => version === proposal.version.version);
  return {
    ...range,
    effective: inForce?.from ?? null,
    edits: proposal.version.edits,
    months,
    total: { before: total("before"), after: total("after") },
    ...(await moved(database)),
    kept: await groupOf(database, "mql_before IS NOT NULL AND mql_after IS NOT NULL", "mql_after", "reason_after"),
    gained: await groupOf(database, "mql_before IS NULL AND mql_after IS NOT NULL", "mql_after", "reason_after"),
    lost: await groupOf(database, "mql_before IS NOT NULL AND mql_after IS NULL", "mql_before", "reason_before"),
    reasons: await reasonsOf(database),
    lines: inForce === undefined ? [] : await linesOf(database, inForce),
  };
}

/** Thirteen months, this one among them, unless the request says otherwise. */
function rangeOf({ from, to }: PreviewRequest, workspace: Workspace, now: () => Date): Range {
  const month = startOf("month", dayIn(workspace.settings.time_zone, now()));
  const range = { from: from ?? addMonths(month, -12), to: to ?? addMonths(month, 1) };
  if (range.from < range.to) return range;
  throw new Problem(
    "empty-range",
    `the range from ${range.from} to ${range.to} holds no day`,
    "`to` is exclusive and must be later than `from`",
  );
}

/**
 * How many leads would be MQLs by a proposed rule, and when, beside the present one, over one state of the facts. Nothing of it
 * is kept; publishing the rule from the same day on gives the same numbers.
 */
export async function previewScore(
  request: PreviewRequest,
  text: string,
  workspace: Workspace,
  now: () => Date,
): Promise<ScorePreview> {
  await workspace.refresh();
  return inTurn(workspace, () => {
    const { effective } = request;
    const proposal = propose(
      { file: mqlRulePath, text, ...(effective === undefined ? {} : { effective }) },
      workspace,
      now,
    );
    const rules = rulesOf(proposal, workspace, effective === undefined);
    const range = rangeOf(request, workspace, now);
    return apart(workspace.database, (database) => compare(database, { rules, proposal, range, now }));
  });
}
