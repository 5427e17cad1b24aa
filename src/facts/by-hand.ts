import type { Connection } from "../engine/database.ts";
import { Problem } from "../engine/problem.ts";
import { join, name, runnable, sql, type Sql } from "../engine/sql.ts";
import type { FactRules } from "./derived/rules.ts";
import { goal } from "./goal.ts";
import { load } from "./load.ts";
import { beginLoad, endLoad } from "./loads.ts";
import { goalsSource, removal } from "./goals-source.ts";
import { instantOf } from "./merge.ts";

/** A cell of a row that a person states. */
type Stated = string | number | null;

/** The columns that say which goal is meant. */
export type GoalKey = Readonly<
  Record<"indicator" | "variant" | "scope_kind" | "scope" | "period_start" | "grain", string | null>
>;

/** A goal as a person sets it. */
export interface GoalRow extends GoalKey {
  readonly target: number;
  readonly currency: string | null;
  readonly set_by: string;
}

export interface StatedGoal {
  readonly target: number;
  readonly setBy: string | null;
  readonly source: string;
}

const sameGoal = (key: GoalKey): Sql =>
  join(
    goal.key.map((column) => sql`${name(column)} IS NOT DISTINCT FROM ${key[column as keyof GoalKey]}`),
    " AND ",
  );

/** What is believed of a goal now. */
export async function statedGoal(connection: Connection, key: GoalKey): Promise<StatedGoal | undefined> {
  const [row] = await connection.rows(
    sql`SELECT target, set_by, source_name FROM goal WHERE known_to IS NULL AND ${sameGoal(key)}`,
  );
  if (row === undefined) return undefined;
  const setBy = row["set_by"] == null ? null : String(row["set_by"]);
  return { target: Number(row["target"]), setBy, source: String(row["source_name"]) };
}

/** The SELECT of one row that a person states. */
export const selectOf = (row: Readonly<Record<string, Stated>>): string => {
  const stated = Object.entries(row).filter(([, value]) => value !== null);
  return runnable(
    sql`SELECT ${join(
      stated.map(([column, value]) => sql`${value} AS ${name(column)}`),
      ", ",
    )}`,
  );
};

/** Sets a goal by hand, as a load of its own: it stands until it is removed, whatever other sources state. */
export async function setGoal(connection: Connection, row: GoalRow, rules: FactRules, now: () => Date): Promise<void> {
  const select = selectOf({ ...row, set_at: now().toISOString() });
  const { facts } = await load(connection, {
    source: goalsSource,
    origin: row.set_by,
    fingerprint: "set",
    mappings: [{ fact: goal, select }],
    format: {},
    zone: rules.zone,
    rules,
    restates: false,
    overrides: true,
    now,
  });
  const [refused] = facts.flatMap((each) => each.reasons);
  if (refused !== undefined)
    throw new Problem("goal-refused", `the goal was refused: ${refused.reason}`, "correct it and try again");
}

/** Removes a goal that was set by hand; what a source states of it counts again from the source's next load. */
export async function removeGoal(connection: Connection, key: GoalKey, by: string, now: () => Date): Promise<void> {
  await connection.transaction(async () => {
    const statement = await beginLoad(connection, goalsSource, now);
    await connection.run(
      sql`UPDATE goal SET known_to = ${instantOf(statement.at)} WHERE known_to IS NULL AND source_name = ${goalsSource} AND ${sameGoal(key)}`,
    );
    await endLoad(connection, statement, { origin: by, fingerprint: removal }, now);
  });
}
