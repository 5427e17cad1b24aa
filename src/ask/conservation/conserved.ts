import type { CheckReport, Verdict, Violation } from "../../contract/check.ts";
import type { Connection, Database } from "../../engine/database.ts";
import { join, raw, sql, typed, type Sql } from "../../engine/sql.ts";
import { goalsSource } from "../../facts/goals-source.ts";
import { violationsOf } from "./violations.ts";

/** Makes the checks of the store; `conservation` does, and a test may leave them out. */
export type Prove = (connection: Connection, thorough: boolean) => Promise<readonly Verdict[]>;

/** Whether every row lands exactly once, known for each version of the facts. */
export interface Conserved {
  /** What did not hold when the facts of this version, or of the next one that was looked at, were checked. Checks that a stopped process left out are made now. */
  readonly violations: (version: number) => Promise<readonly Violation[]>;
  /** Makes the checks anew, whatever is known, and keeps what came out. */
  readonly check: (thorough: boolean) => Promise<CheckReport>;
}

const reportOf = (load: number, checkedAt: string, checks: readonly Verdict[]): CheckReport => ({
  load,
  checkedAt,
  checks: [...checks],
  violations: violationsOf(checks),
});

const textOrNull = (cell: unknown): string | null => (typeof cell === "string" ? cell : null);

/** A goal that is set by hand is a load too, which changes nothing that is checked. */
const lastChecked = (version: number): Sql =>
  sql`(SELECT coalesce(max(load_id), ${version}) FROM load WHERE load_id <= ${version} AND source_name <> ${goalsSource})`;

/** The last report on a load, or on the next one that was looked at. A store that no newer version has written keeps none. */
async function keptReport(connection: Connection, version: number): Promise<CheckReport | undefined> {
  const there = await connection.rows(sql`SELECT 1 AS one FROM duckdb_tables() WHERE table_name = 'conservation'`);
  if (there.length === 0) return undefined;
  const rows = await connection.rows(sql`SELECT DISTINCT * FROM conservation WHERE (load_id, checked_at) = (
    SELECT (load_id, max(checked_at)) FROM conservation WHERE load_id >= ${lastChecked(version)}
    GROUP BY load_id ORDER BY load_id LIMIT 1)`);
  const [first] = rows;
  if (first === undefined) return undefined;
  const checks = rows.map((row) => ({
    check: String(row["subject"]),
    dimension: textOrNull(row["dimension"]),
    model: textOrNull(row["model"]),
    grain: textOrNull(row["grain"]) as Verdict["grain"],
    expected: String(row["expected"]),
    found: String(row["found"]),
    holds: row["holds"] === true,
  }));
  return reportOf(Number(first["load_id"]), String(first["checked_at"]), checks);
}

async function isWritable(connection: Connection): Promise<boolean> {
  const [row] = await connection.rows(
    raw("SELECT readonly FROM duckdb_databases() WHERE database_name = current_database()"),
  );
  return row?.["readonly"] === false;
}

async function keep(connection: Connection, { load, checkedAt, checks }: CheckReport): Promise<void> {
  const at = typed(checkedAt.replace(/Z$/, ""), "TIMESTAMP");
  const rows = checks.map(
    (each) => sql`(${load}, ${each.check}, ${each.dimension}, ${each.model}, ${each.grain}, ${each.expected},
      ${each.found}, ${each.holds}, ${at})`,
  );
  await connection.run(sql`INSERT INTO conservation VALUES ${join(rows, ", ")}`);
}

/** The checks see one state of the facts, whatever is loaded meanwhile. A store opened for reading keeps nothing. */
const make = (database: Database, now: () => Date, prove: Prove, thorough: boolean): Promise<CheckReport> =>
  database.use((connection) =>
    connection.transaction(async () => {
      const [row] = await connection.rows(raw("SELECT coalesce(max(load_id), 0) AS load FROM load"));
      const report = reportOf(Number(row?.["load"]), now().toISOString(), await prove(connection, thorough));
      if (report.load > 0 && report.checks.length > 0 && (await isWritable(connection))) await keep(connection, report);
      return report;
    }),
  );

/** Keeps what is known of the conservation of a store; each version is looked at once. */
export function keepConserved(database: Database, now: () => Date, prove: Prove): Conserved {
  const known = new Map<number, Promise<CheckReport>>();
  async function reportOn(version: number): Promise<CheckReport> {
    const kept = await database.use((connection) => keptReport(connection, version));
    return kept ?? make(database, now, prove, false);
  }
  return {
    async violations(version) {
      if (version === 0) return [];
      const report = known.get(version) ?? reportOn(version);
      known.set(version, report);
      report.catch(() => known.delete(version));
      return (await report).violations;
    },
    async check(thorough) {
      const report = await make(database, now, prove, thorough);
      known.set(report.load, Promise.resolve(report));
      return report;
    },
  };
}
