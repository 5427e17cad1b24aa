import type { Verdict } from "../../contract/check.ts";
import { dating } from "../../engine/aggregates.ts";
import type { Connection, Tuple } from "../../engine/database.ts";
import { join, name, sql, type Sql } from "../../engine/sql.ts";
import { isDay, type Range } from "../../engine/time.ts";
import { books } from "./books.ts";
import { verdictOf, type Check } from "./check.ts";
import { singleChecks, usualChecks } from "./splits.ts";
import { structure } from "./structure.ts";

const dayOr = (otherwise: string, day: Tuple[string] | undefined): string =>
  typeof day === "string" && isDay(day) ? day : otherwise;

/** The days that the rows of any book fall on. */
async function rangeOfAll(connection: Connection): Promise<Range> {
  const days = books.map(({ measure }) => {
    const day = name(dating(measure, "period"));
    return sql`SELECT min(${day}) AS first, max(${day}) AS last FROM ${name(measure.table.name)} WHERE known_to IS NULL`;
  });
  const [row] = await connection.rows(sql`SELECT CAST(min(first) AS VARCHAR) AS first,
    CAST(max(last) + 1 AS VARCHAR) AS last FROM (${join(days, " UNION ALL ")})`);
  if (row?.["first"] == null) return { from: "2000-01-01", to: "2000-01-02" };
  return { from: dayOr("0001-01-01", row["first"]), to: dayOr("9999-12-31", row["last"]) };
}

/** Every check of the store: of its structure, of the books by their usual splits and, when `thorough`, by each split alone. */
export async function checksOf(connection: Connection, thorough: boolean): Promise<Check[]> {
  const range = await rangeOfAll(connection);
  return [...structure, ...usualChecks(range), ...(thorough ? singleChecks(range) : [])];
}

/** Statements that serve many checks run once. */
function once(connection: Connection): (query: Sql) => Promise<readonly Tuple[]> {
  const known = new Map<string, readonly Tuple[]>();
  return async (query) => {
    const text = JSON.stringify(query.pieces);
    const rows = known.get(text) ?? (await connection.rows(query));
    known.set(text, rows);
    return rows;
  };
}

/** Makes checks on the store as it stands. */
export async function verdictsOf(connection: Connection, checks: readonly Check[]): Promise<Verdict[]> {
  const rows = once(connection);
  const verdicts = [];
  for (const check of checks) verdicts.push(verdictOf(check, await rows(check.expected), await rows(check.found)));
  return verdicts;
}

/** Makes every check on the store as it stands. */
export const conservation = async (connection: Connection, thorough: boolean): Promise<Verdict[]> =>
  verdictsOf(connection, await checksOf(connection, thorough));
