import { chmodSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  StatementType,
  type DuckDBConnection,
  type DuckDBValue,
} from "@duckdb/node-api";
import { messageOf, Problem } from "./problem.ts";
import { bound, literal, type Sql } from "./sql.ts";

export type Cell = string | number | boolean | null;
export type Tuple = Readonly<Record<string, Cell>>;

/** How long a query may run (milliseconds) and the signal that cancels it when the caller leaves. */
export interface Limits {
  readonly deadline?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds that a query may take where nothing else is said. Loads take as long as they need. */
const usualDeadline = 120_000;

export interface Connection {
  /** Days come as `2026-11-23`, instants as ISO 8601 in UTC, decimals and integers as numbers. */
  rows(query: Sql, limits?: Limits): Promise<Tuple[]>;
  /** Runs one statement and returns how many rows it changed. */
  run(query: Sql, limits?: Limits): Promise<number>;
  /** Commits what `work` did, or rolls all of it back when it throws. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Refuses anything but one SELECT and returns the names and types of its columns. */
  describe(text: string): Promise<{ name: string; type: string }[]>;
  /** Share of the running statement that is done, 0..1, or null when unknown. */
  progress(): number | null;
  close(): void;
}

export interface Database {
  /** Lends a connection for the time of `work`; concurrent callers get different ones. */
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Writes the file anew, so that nothing is left in it of what was deleted; others wait until it is done. */
  rewrite(): Promise<void>;
  close(): void;
}

export interface DatabaseOptions {
  readonly readOnly?: boolean;
  /** Folders whose files queries may read; everything else outside the database is closed. */
  readonly folders?: readonly string[];
  readonly threads?: number;
  readonly memory?: string;
}

function cell(value: DuckDBValue): Cell {
  if (value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number")
    return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return isoInstant(value.micros);
  return String(value);
}

function isoInstant(micros: bigint): string {
  return new Date(Number(micros / 1000n)).toISOString().replace(".000Z", "Z");
}

async function limited<T>(duck: DuckDBConnection, limits: Limits, work: () => Promise<T>): Promise<T> {
  const { deadline, signal } = limits;
  const cancelled = () => new Problem("cancelled", "the question was cancelled before it was answered", "ask again");
  if (signal?.aborted) throw cancelled();
  let late = false;
  const interrupt = () => duck.interrupt();
  const timer = deadline === undefined ? undefined : setTimeout(() => ((late = true), interrupt()), deadline);
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    return await work();
  } catch (error) {
    if (late)
      throw new Problem(
        "deadline-exceeded",
        `the query was stopped after ${deadline} ms`,
        "ask for a shorter range or fewer splits, or raise the limit",
        { milliseconds: deadline ?? 0 },
      );
    if (signal?.aborted) throw cancelled();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", interrupt);
  }
}

function connection(duck: DuckDBConnection): Connection {
  const run = (query: Sql, limits: Limits) => {
    const { text: statement, values } = bound(query);
    return limited(duck, limits, () => duck.runAndReadAll(statement, values));
  };
  return {
    async rows(query, limits = {}) {
      const reader = await run(query, { deadline: usualDeadline, ...limits });
      const names = reader.deduplicatedColumnNames();
      return reader.getRows().map((row) => Object.fromEntries(names.map((n, i) => [n, cell(row[i] ?? null)])));
    },
    async run(query, limits = {}) {
      return (await run(query, limits)).rowsChanged;
    },
    async transaction(work) {
      await duck.run("BEGIN TRANSACTION");
      try {
        const result = await work();
        await duck.run("COMMIT");
        return result;
      } catch (error) {
        await duck.run("ROLLBACK").catch(() => undefined);
        throw error;
      }
    },
    async describe(statement) {
      const statements = await duck.extractStatements(statement);
      if (statements.count !== 1) throw new Error(`expected one SELECT, found ${statements.count} statements`);
      const prepared = await statements.prepare(0);
      try {
        if (prepared.statementType !== StatementType.SELECT) throw new Error("only a SELECT may be used here");
        return Array.from({ length: prepared.columnCount }, (_, i) => ({
          name: prepared.columnName(i),
          type: prepared.columnType(i).toString(),
        }));
      } finally {
        prepared.destroySync();
      }
    },
    progress() {
      const { percentage } = duck.progress;
      return percentage < 0 ? null : percentage / 100;
    },
    close() {
      duck.closeSync();
    },
  };
}

function refusal(path: string, error: unknown): unknown {
  const message = messageOf(error);
  const holder = /PID (\d+)/.exec(message)?.[1];
  if (/lock/i.test(message) && holder !== undefined)
    return new Problem(
      "workspace-busy",
      `another process (${holder}) has ${dirname(path)} open`,
      "stop that process, or start it with `embudo serve` and ask again: the command line then talks to it",
      { process: holder },
    );
  if (/permission denied|read-only file system|cannot open file/i.test(message))
    return new Problem(
      "workspace-unwritable",
      `${path} cannot be opened for writing: ${message.split("\n")[0]}`,
      "change the permissions of the folder, or copy the workspace to where you may write",
    );
  if (/not a valid|corrupt|checksum|serializ/i.test(message))
    return new Problem(
      "database-unreadable",
      `${path} cannot be read: ${message.split("\n")[0]}`,
      "restore it from a backup",
    );
  return error;
}

async function instance(path: string, options: DatabaseOptions): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(path, {
      ...(options.readOnly ? { access_mode: "READ_ONLY" } : {}),
      ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
      ...(options.memory === undefined ? {} : { memory_limit: options.memory }),
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
  } catch (error) {
    throw refusal(path, error);
  }
}

async function opened(path: string, options: DatabaseOptions) {
  const duck = await instance(path, options);
  const first = await duck.connect();
  const folders = (options.folders ?? []).map((folder) => literal(`${folder}/`)).join(", ");
  await first.run("SET GLOBAL TimeZone = 'UTC'");
  await first.run("SET GLOBAL preserve_insertion_order = false");
  await first.run(`SET allowed_directories = [${folders}]`);
  await first.run("SET enable_external_access = false");
  return { duck, idle: [connection(first)] };
}

/** Copies what a closed database holds into a new file, which takes its place. */
async function copyAnew(path: string, options: DatabaseOptions): Promise<void> {
  const anew = `${path}.new`;
  rmSync(anew, { force: true });
  const duck = await instance(":memory:", options);
  const copying = await duck.connect();
  await copying.run(`ATTACH ${literal(path)} AS old (READ_ONLY)`);
  await copying.run(`ATTACH ${literal(anew)} AS anew`);
  await copying.run("COPY FROM DATABASE old TO anew");
  await copying.run("DETACH anew");
  await copying.run("DETACH old");
  copying.closeSync();
  duck.closeSync();
  chmodSync(anew, statSync(path).mode);
  renameSync(anew, path);
}

/** Opens (or creates) a database file, or one in memory with `:memory:`; nothing outside `folders` can be reached from it. */
export async function openDatabase(path: string, options: DatabaseOptions = {}): Promise<Database> {
  let { duck, idle } = await opened(path, options);
  let lent = 0;
  let rewriting: Promise<void> | undefined;
  let returned = Promise.withResolvers<void>();
  const close = () => {
    for (const each of idle.splice(0)) each.close();
    duck.closeSync();
  };
  async function writeAnew(): Promise<void> {
    close();
    try {
      await copyAnew(path, options);
    } finally {
      ({ duck, idle } = await opened(path, options));
    }
  }
  return {
    async use(work) {
      while (rewriting !== undefined) await rewriting;
      lent += 1;
      try {
        const own = idle.pop() ?? connection(await duck.connect());
        try {
          return await work(own);
        } finally {
          idle.push(own);
        }
      } finally {
        lent -= 1;
        if (lent === 0) {
          returned.resolve();
          returned = Promise.withResolvers();
        }
      }
    },
    async rewrite() {
      if (path === ":memory:") return;
      while (lent > 0 || rewriting !== undefined) await (rewriting ?? returned.promise);
      rewriting = writeAnew().finally(() => (rewriting = undefined));
      await rewriting;
    },
    close,
  };
}
