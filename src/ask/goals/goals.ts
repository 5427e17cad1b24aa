import type { Goal } from "../../contract/goal.ts";
import type { Cell, Database, Tuple } from "../../engine/database.ts";
import { duckdb } from "../../engine/dialect.ts";
import { believed } from "../../engine/relation.ts";
import { name, sql } from "../../engine/sql.ts";
import type { Context } from "../draft.ts";

const text = (value: Cell | undefined): string | null => (value == null ? null : String(value));

/** A row of the goal fact as a goal. */
export const goalOf = (row: Tuple): Goal => ({
  indicator: String(row["indicator"]),
  variant: text(row["variant"]),
  scopeKind: String(row["scope_kind"]) as Goal["scopeKind"],
  scope: text(row["scope"]),
  periodStart: String(row["period_start"]),
  grain: String(row["grain"]) as Goal["grain"],
  target: Number(row["target"]),
  currency: text(row["currency"]),
});

/** Goals as the facts hold them now, or held them at an instant. */
export async function goalsOf(database: Database, asOf?: string): Promise<Goal[]> {
  const rows = await database.use((connection) =>
    connection.rows(sql`SELECT * FROM goal WHERE ${believed(name("goal"), { asOf }, duckdb)}
      ORDER BY period_start, indicator, variant, scope_kind, scope, grain`),
  );
  return rows.map(goalOf);
}

/** The goals that a question stands on, read once between two loads. */
export const goalsAt = ({ ledger, asOf }: Context, database: Database): Promise<Goal[]> =>
  ledger.remembered(`goals ${asOf ?? ""}`, () => goalsOf(database, asOf));

/** The team of each rep, as believed when the question stands. */
export const teamsAt = ({ ledger, asOf }: Context, database: Database): Promise<ReadonlyMap<string, string | null>> =>
  ledger.remembered(`teams of reps ${asOf ?? ""}`, async () => {
    const rows = await database.use((connection) =>
      connection.rows(sql`SELECT rep, team FROM rep WHERE ${believed(name("rep"), { asOf }, duckdb)} ORDER BY rep`),
    );
    return new Map(rows.map((row) => [String(row["rep"]), text(row["team"])]));
  });
