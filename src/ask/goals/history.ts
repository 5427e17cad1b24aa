import type { GoalHistoryRequest, GoalVersion } from "../../contract/goal.ts";
import type { Database } from "../../engine/database.ts";
import { join, raw, sql } from "../../engine/sql.ts";
import { goalsSource } from "../../facts/goals-source.ts";
import { goalOf } from "./goals.ts";

/** Every version of the goals, those of one goal together and the oldest first. */
export async function goalHistory(request: GoalHistoryRequest, database: Database): Promise<GoalVersion[]> {
  const { indicator, scopeKind, scope } = request;
  const conditions = [
    raw("true"),
    ...(indicator === undefined ? [] : [sql`goal.indicator = ${indicator}`]),
    ...(scopeKind === undefined ? [] : [sql`goal.scope_kind = ${scopeKind}`]),
    ...(scope === undefined ? [] : [sql`goal.scope = ${scope}`]),
  ];
  const rows = await database.use((connection) =>
    connection.rows(sql`SELECT goal.*, CASE WHEN later.source_name = ${goalsSource} THEN later.origin ELSE later.source_name END AS ended_by
      FROM goal LEFT JOIN load AS later ON later.started_at = goal.known_to
      WHERE ${join(conditions, " AND ")}
      ORDER BY goal.period_start, goal.grain, goal.indicator, goal.variant, goal.scope_kind, goal.scope, goal.known_from`),
  );
  const text = (cell: unknown): string | null => (typeof cell === "string" ? cell : null);
  return rows.map((row) => ({
    ...goalOf(row),
    setBy: text(row["set_by"]),
    setAt: text(row["set_at"]),
    source: String(row["source_name"]),
    knownFrom: String(row["known_from"]),
    knownTo: text(row["known_to"]),
    endedBy: text(row["ended_by"]),
  }));
}
