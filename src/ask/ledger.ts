import type { Connection, Database } from "../engine/database.ts";
import { duckdb } from "../engine/dialect.ts";
import { believed } from "../engine/relation.ts";
import { join, name, raw, sql, type Sql } from "../engine/sql.ts";
import { Problem } from "../engine/problem.ts";
import type { Day } from "../engine/time.ts";
import { lastDayUntil, lastSaleUntil } from "../facts/happened.ts";
import { facts } from "../facts/index.ts";
import { instantOf } from "../facts/merge.ts";

export interface SourceRows {
  readonly source: string;
  readonly fact: string;
  readonly rows: number;
  readonly loadedAt: string;
}

/** What is known of the facts now, or was known at an instant, so that questions need not look again. */
export interface Ledger {
  /** The last load that is known; it changes with every load. */
  readonly version: number;
  /** The instant from which that load's rows are believed; undefined for the present. */
  readonly asOf: string | undefined;
  /** When the first load of all was over, whatever is known; null before it. */
  readonly firstLoadedAt: string | null;
  readonly rows: Readonly<Record<string, number>>;
  readonly sources: readonly SourceRows[];
  readonly currencies: Readonly<Record<string, readonly string[]>>;
  readonly zones: readonly string[];
  readonly rejected: Readonly<Record<string, number>>;
  /** Touches of visitors who did not agree to be known again. */
  readonly nobodys: number;
  /** The first day and the day after the last one of a table's day column, or undefined without rows. */
  readonly bounds: (table: string, day: string) => Promise<{ from: Day; to: Day } | undefined>;
  /** The last day until the given one on which anything is recorded to have happened. */
  readonly lastDay: (today: Day) => Promise<Day | undefined>;
  /** The last one on which anything is recorded to have been sold. */
  readonly lastSale: (today: Day) => Promise<Day | undefined>;
  /** Answers of small questions about the facts, kept until the next load. */
  readonly remembered: <T>(key: string, find: () => Promise<T>) => Promise<T>;
}

/** The last load that counts, and the instant from which its rows are believed where that is not the present. */
type Known = Pick<Ledger, "version" | "asOf">;

const unionOf = (parts: readonly Sql[]): Sql => join(parts, " UNION ALL ");

/** The believed rows of a table, as a condition. */
const held = (table: string, known: Known): Sql => believed(name(table), known, duckdb);

async function lastDay(
  connection: Connection,
  today: Day,
  known: Known,
  last: typeof lastDayUntil = lastDayUntil,
): Promise<Day | undefined> {
  const [row] = await connection.rows(last(sql`CAST(${today} AS DATE)`, (alias) => believed(alias, known, duckdb)));
  return row?.["day"] == null ? undefined : String(row["day"]);
}

async function bounds(connection: Connection, table: string, day: string, known: Known) {
  const [row] = await connection.rows(
    sql`SELECT min(${name(day)}) AS first, max(${name(day)}) + 1 AS last FROM ${name(table)} WHERE ${held(table, known)}`,
  );
  const [from, to] = [row?.["first"], row?.["last"]];
  return from == null || to == null ? undefined : { from: String(from).slice(0, 10), to: String(to).slice(0, 10) };
}

/** Before the first load nothing is believed. */
const beforeAll = "0001-01-01T00:00:00.000Z";

/** The last load that was over at an instant: one still under way then had changed no answer yet. */
async function knownAt(connection: Connection, instant: string): Promise<Known> {
  const [row] = await connection.rows(
    sql`SELECT max(load_id) AS version, max(started_at) AS at FROM load WHERE finished_at <= ${instantOf(instant)}`,
  );
  const at = row?.["at"];
  return { version: Number(row?.["version"] ?? 0), asOf: at == null ? beforeAll : new Date(String(at)).toISOString() };
}

async function versionOf(connection: Connection): Promise<number> {
  const [row] = await connection.rows(raw("SELECT coalesce(max(load_id), 0) AS version FROM load"));
  return Number(row?.["version"] ?? 0);
}

async function firstLoadedAt(connection: Connection): Promise<string | null> {
  const [row] = await connection.rows(raw("SELECT min(finished_at) AS first FROM load"));
  return row?.["first"] == null ? null : new Date(String(row["first"])).toISOString();
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

async function sourcesOf(connection: Connection, known: Known): Promise<SourceRows[]> {
  const counted = facts.map(
    (fact) => sql`SELECT ${fact.name} AS fact, source_name AS source, count(*) AS rows FROM ${name(fact.name)}
    WHERE ${held(fact.name, known)} GROUP BY source_name`,
  );
  const counts = await connection.rows(sql`SELECT * FROM (${unionOf(counted)})
    JOIN (SELECT source_name AS source, max(finished_at) AS loaded_at FROM load WHERE load_id <= ${known.version} GROUP BY 1)
    USING (source) ORDER BY source, fact`);
  return counts.map((row) => ({
    source: String(row["source"]),
    fact: String(row["fact"]),
    rows: Number(row["rows"]),
    loadedAt: String(row["loaded_at"]),
  }));
}

const withCurrency = facts.filter((fact) => "currency" in fact.columns && fact.name !== "rate");

async function currenciesOf(connection: Connection, known: Known): Promise<Ledger["currencies"]> {
  const each = withCurrency.map(
    (fact) =>
      sql`SELECT DISTINCT ${fact.name} AS fact, currency FROM ${name(fact.name)} WHERE currency IS NOT NULL AND ${held(fact.name, known)}`,
  );
  const found = await connection.rows(sql`SELECT * FROM (${unionOf(each)}) ORDER BY fact, currency`);
  return Object.fromEntries(
    withCurrency.map((fact) => [
      fact.name,
      found.filter((row) => row["fact"] === fact.name).map((row) => String(row["currency"])),
    ]),
  );
}

async function zonesOf(connection: Connection, known: Known): Promise<string[]> {
  const zones = await connection.rows(
    sql`SELECT DISTINCT zone FROM spend WHERE ${held("spend", known)} AND zone IS NOT NULL ORDER BY zone`,
  );
  return zones.map((row) => String(row["zone"]));
}

async function rejectedOf(connection: Connection, known: Known): Promise<Ledger["rejected"]> {
  const found = await connection.rows(
    sql`SELECT fact, sum(times) AS n FROM rejected WHERE ${held("rejected", known)} GROUP BY fact`,
  );
  return Object.fromEntries(found.map((row) => [String(row["fact"]), Number(row["n"])]));
}

/** Only what was collected has such touches; they are not looked for where nothing was. */
async function nobodysOf(connection: Connection, known: Known, sources: readonly SourceRows[]): Promise<number> {
  if (!sources.some(({ source, fact }) => source === "web" && fact === "touch")) return 0;
  const [row] = await connection.rows(
    sql`SELECT count(*) AS n FROM touch WHERE ${held("touch", known)} AND visitor LIKE 'visit:%'`,
  );
  return Number(row?.["n"] ?? 0);
}

const rowsOf = (sources: readonly SourceRows[]): Ledger["rows"] =>
  Object.fromEntries(
    facts.map((fact) => [
      fact.name,
      sources.filter((each) => each.fact === fact.name).reduce((sum, each) => sum + each.rows, 0),
    ]),
  );

/** Lends a connection for a question. */
type Lend = Database["use"];

/** One connection for one question after the other, so that all of them see the same. */
function inTurn(connection: Connection): Lend {
  let last: Promise<unknown> = Promise.resolve();
  return (ask) => {
    const mine = last.then(() => ask(connection));
    last = mine.catch(() => undefined);
    return mine;
  };
}

async function read(lend: Lend, database: Database, known: Known, memory_: Ledger["remembered"]): Promise<Ledger> {
  const [sources, first, currencies, zones, rejected] = await Promise.all([
    lend((each) => sourcesOf(each, known)),
    lend(firstLoadedAt),
    lend((each) => currenciesOf(each, known)),
    lend((each) => zonesOf(each, known)),
    lend((each) => rejectedOf(each, known)),
  ]);
  const remembered: Ledger["remembered"] = (key, find) => memory_(`${known.asOf ?? ""} ${key}`, find);
  return {
    ...known,
    firstLoadedAt: first,
    sources,
    rows: rowsOf(sources),
    currencies,
    zones,
    rejected,
    nobodys: await lend((each) => nobodysOf(each, known, sources)),
    remembered,
    lastDay: (today) => remembered(`last day ${today}`, () => database.use((each) => lastDay(each, today, known))),
    lastSale: (today) =>
      remembered(`last sale ${today}`, () => database.use((each) => lastDay(each, today, known, lastSaleUntil))),
    bounds: (table, day) =>
      remembered(`bounds ${table} ${day}`, () => database.use((each) => bounds(each, table, day, known))),
  };
}

/** The ledger of the present, read again when a load has changed the facts; or that of an instant, as it was then. */
export function keepLedger(database: Database): (instant?: string) => Promise<Ledger> {
  let present: { readonly version: number; readonly ledger: Promise<Ledger> } | undefined;
  const presentLedger = (connection: Connection, version: number): Promise<Ledger> => {
    if (present?.version === version) return present.ledger;
    const ledger = connection.transaction(async () =>
      read(inTurn(connection), database, { version: await versionOf(connection), asOf: undefined }, memory()),
    );
    present = { version, ledger };
    ledger.catch(() => (present = undefined));
    return ledger;
  };
  return (instant) =>
    database.use(async (connection) => {
      const ledger = await presentLedger(connection, await versionOf(connection));
      if (instant === undefined) return ledger;
      const known = await knownAt(connection, instant);
      return ledger.remembered(`ledger of ${known.asOf}`, () =>
        read(database.use.bind(database), database, known, ledger.remembered),
      );
    });
}
