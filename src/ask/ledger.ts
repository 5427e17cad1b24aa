import type { Connection, Database } from "../engine/database.ts";
import { duckdb } from "../engine/dialect.ts";
import { believed } from "../engine/relation.ts";
import { join, name, raw, sql, type Sql } from "../engine/sql.ts";
import { Problem } from "../engine/problem.ts";
import type { Day } from "../engine/time.ts";
import { facts } from "../facts/index.ts";

export interface SourceRows {
  readonly source: string;
  readonly fact: string;
  readonly rows: number;
  readonly loadedAt: string;
}

/** What is known of the facts between two loads, so that questions need not look again. */
export interface Ledger {
  /** Changes with every load. */
  readonly version: number;
  readonly rows: Readonly<Record<string, number>>;
  readonly sources: readonly SourceRows[];
  readonly currencies: Readonly<Record<string, readonly string[]>>;
  readonly zones: readonly string[];
  readonly rejected: Readonly<Record<string, number>>;
  /** The first day and the day after the last one of a table's day column, now or as of an instant, or undefined without rows. */
  readonly bounds: (table: string, day: string, asOf?: string) => Promise<{ from: Day; to: Day } | undefined>;
  /** The last day until the given one on which anything is recorded to have happened. */
  readonly lastDay: (today: Day) => Promise<Day | undefined>;
  /** Answers of small questions about the facts, kept until the next load. */
  readonly remembered: <T>(key: string, find: () => Promise<T>) => Promise<T>;
}

const unionOf = (parts: readonly Sql[]): Sql => join(parts, " UNION ALL ");

const happened: readonly (readonly [string, string])[] = [
  ["lead", "created_on"],
  ["stage_entry", "entered_on"],
  ["deal", "created_on"],
  ["deal", "closed_on"],
  ["spend", "day"],
  ["touch", "occurred_on"],
  ["revenue", "occurred_on"],
  ["subscription_change", "occurred_on"],
];

async function lastDay(connection: Connection, today: Day): Promise<Day | undefined> {
  const last = happened.map(
    ([table, day]) =>
      sql`SELECT max(${name(day)}) AS day FROM ${name(table)} WHERE known_to IS NULL AND ${name(day)} <= CAST(${today} AS DATE)`,
  );
  const [row] = await connection.rows(sql`SELECT max(day) AS day FROM (${unionOf(last)})`);
  return row?.["day"] == null ? undefined : String(row["day"]);
}

async function versionOf(connection: Connection): Promise<number> {
  const [row] = await connection.rows(raw("SELECT coalesce(max(load_id), 0) AS version FROM load"));
  return Number(row?.["version"] ?? 0);
}

const mostRemembered = 2000;

const isCancelled = (error: unknown): boolean => error instanceof Problem && error.code === "cancelled";

/** Keeps what was found, the oldest leaving first. What is under way is shared; when its asker leaves, the next one asks anew. */
function memory(): Ledger["remembered"] {
  const kept = new Map<string, Promise<unknown>>();
  return async function remembered<T>(key: string, find: () => Promise<T>): Promise<T> {
    const shared = kept.get(key) as Promise<T> | undefined;
    if (shared !== undefined)
      return shared.catch((error: unknown) => {
        if (!isCancelled(error)) throw error;
        return remembered(key, find);
      });
    const found = find();
    kept.set(key, found);
    found.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > mostRemembered && oldest !== undefined) kept.delete(oldest);
    return found;
  };
}

async function read(connection: Connection, database: Database, version: number): Promise<Ledger> {
  const counted = facts.map(
    (fact) => sql`SELECT ${fact.name} AS fact, source_name AS source, count(*) AS rows FROM ${name(fact.name)}
    WHERE known_to IS NULL GROUP BY source_name`,
  );
  const counts = await connection.rows(sql`SELECT * FROM (${unionOf(counted)})
    JOIN (SELECT source_name AS source, max(finished_at) AS loaded_at FROM load GROUP BY 1) USING (source) ORDER BY source, fact`);
  const sources = counts.map((row) => ({
    source: String(row["source"]),
    fact: String(row["fact"]),
    rows: Number(row["rows"]),
    loadedAt: String(row["loaded_at"]),
  }));
  const withCurrency = facts.filter((fact) => "currency" in fact.columns && fact.name !== "rate");
  const currencies = await connection.rows(
    unionOf(
      withCurrency.map(
        (fact) =>
          sql`SELECT DISTINCT ${fact.name} AS fact, currency FROM ${name(fact.name)} WHERE currency IS NOT NULL`,
      ),
    ),
  );
  const zones = await connection.rows(
    raw("SELECT DISTINCT zone FROM spend WHERE known_to IS NULL AND zone IS NOT NULL ORDER BY zone"),
  );
  const rejected = await connection.rows(
    raw("SELECT fact, sum(times) AS n FROM rejected WHERE known_to IS NULL GROUP BY fact"),
  );
  const remembered = memory();
  return {
    version,
    sources,
    rows: Object.fromEntries(
      facts.map((fact) => [
        fact.name,
        sources.filter((each) => each.fact === fact.name).reduce((sum, each) => sum + each.rows, 0),
      ]),
    ),
    currencies: Object.fromEntries(
      withCurrency.map((fact) => [
        fact.name,
        currencies.filter((row) => row["fact"] === fact.name).map((row) => String(row["currency"])),
      ]),
    ),
    zones: zones.map((row) => String(row["zone"])),
    rejected: Object.fromEntries(rejected.map((row) => [String(row["fact"]), Number(row["n"])])),
    remembered,
    lastDay: (today) => remembered(`last day ${today}`, () => database.use((each) => lastDay(each, today))),
    bounds: (table, day, asOf) =>
      remembered(`bounds ${table} ${day} ${asOf ?? ""}`, () =>
        database.use(async (connection_) => {
          const [row] = await connection_.rows(
            sql`SELECT min(${name(day)}) AS first, max(${name(day)}) + 1 AS last FROM ${name(table)} WHERE ${believed(name(table), { asOf }, duckdb)}`,
          );
          const [from, to] = [row?.["first"], row?.["last"]];
          return from == null || to == null
            ? undefined
            : { from: String(from).slice(0, 10), to: String(to).slice(0, 10) };
        }),
      ),
  };
}

/** A ledger that is read again when a load has changed the facts. */
export function keepLedger(database: Database): () => Promise<Ledger> {
  let current: Promise<Ledger> | undefined;
  return () =>
    database.use(async (connection) => {
      const version = await versionOf(connection);
      if ((await current)?.version !== version) current = read(connection, database, version);
      return current as Promise<Ledger>;
    });
}
