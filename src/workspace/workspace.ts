import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { openDatabase, type Connection, type Database } from "../engine/database.ts";
import { Problem } from "../engine/problem.ts";
import { dayIn } from "../engine/time.ts";
import type { DerivationRules, FactRules } from "../facts/derived/rules.ts";
import { followRules, isDerivedWith } from "../facts/follow.ts";
import { clearLeftovers } from "../facts/people/leftovers.ts";
import { isPrepared, prepareStore } from "../facts/store.ts";
import { definitionsOf, type Definitions } from "./definitions.ts";
import { filesStamp, isWorkspace, readFiles, type CompanyFiles } from "./files.ts";
import { rulesInForce } from "./mql-rule.ts";
import { pepperIn, pepperOf } from "./pepper.ts";
import { record, recordedIn, unrecorded, type Recorded } from "./records.ts";
import type { Settings, SettingsFile } from "./settings.ts";
import { writeFile } from "./write-file.ts";

/** A company's folder, opened: its settings, its definitions and its database of facts. */
export interface Workspace extends SettingsFile {
  readonly folder: string;
  readonly database: Database;
  readonly rules: FactRules;
  readonly definitions: Definitions;
  /** What its folder says, as it was last read. */
  readonly files: CompanyFiles;
  /** Reads embudo.yaml and indicators/ again when they were changed, and brings what is derived in line with them. */
  readonly refresh: () => Promise<void>;
  /** Writes one of those files and follows it; what cannot be followed is not written. */
  readonly publish: (file: string, text: string, by?: string) => Promise<void>;
  readonly close: () => void;
}

export interface OpenOptions {
  /** For questions only: several processes may then read at once. */
  readonly readOnly?: boolean;
  readonly memory?: string;
  readonly now?: () => Date;
}

export const databasePath = (folder: string): string => join(folder, "data", "facts.duckdb");

/** What the settings, and the versions of the rules, decide about derived tables. */
export const derivationRules = (settings: Settings, recorded: Parameters<typeof rulesInForce>[0]): DerivationRules => ({
  stages: settings.stages,
  mql: rulesInForce(recorded),
  lookBackDays: settings.look_back_days,
  shared: settings.shared,
  halfLifeDays: settings.half_life_days,
  custom: settings.custom_weights,
  retention: { by: settings.retention.by ?? null, inactivityDays: settings.retention.inactivity_days },
  zone: settings.time_zone,
  channels: settings.channels,
});

/** Half of the machine's memory; what needs more goes to the disk. */
const usualMemory = (): string => `${Math.round(totalmem() / 2 / 2 ** 20)}MiB`;

/** What is lost with a database that cannot be read, and how to go on without losing more. */
function withoutLosing(error: unknown): unknown {
  if (!(error instanceof Problem) || error.code !== "database-unreadable") return error;
  return new Problem(
    error.code,
    error.message,
    "restore data/ from a backup. Without one, copy data/ aside before anything else: the goals set by hand, earlier versions of definitions and what was known on past days are only there. Then delete data/, load the sources again, and set those goals again",
    { ...error.detail },
  );
}

async function storeOf(folder: string, options: OpenOptions, readOnly: boolean): Promise<Database> {
  const memory = usualMemory();
  try {
    return await openDatabase(databasePath(folder), { memory, ...options, readOnly, folders: [folder] });
  } catch (error) {
    throw withoutLosing(error);
  }
}

const clockOf = ({ now }: OpenOptions): (() => Date) => now ?? (() => new Date());

const todayOf = (files: CompanyFiles, options: OpenOptions): string =>
  dayIn(files.settings.settings.time_zone, clockOf(options)());

/** A store that is open, with the definitions that it holds. */
interface Opened {
  readonly database: Database;
  readonly recorded: readonly Recorded[];
}

/** A database for questions only, unless files were changed that it does not follow yet. */
async function openToRead(folder: string, options: OpenOptions, files: CompanyFiles): Promise<Opened | undefined> {
  if (options.readOnly !== true || !existsSync(databasePath(folder))) return undefined;
  const database = await storeOf(folder, options, true);
  const recorded = await database.use(async (connection) => {
    if (!(await isPrepared(connection))) return undefined;
    const known = await recordedIn(connection);
    const same = unrecorded(known, files.wanted, todayOf(files, options)).length === 0;
    return same && (await isDerivedWith(connection, derivationRules(files.settings.settings, known)))
      ? known
      : undefined;
  });
  if (recorded !== undefined) return { database, recorded };
  database.close();
  return undefined;
}

/**
 * Records what the files say otherwise than the last versions, as known from now on, once what is derived is in line with it;
 * gives all versions.
 */
export async function follow(
  connection: Connection,
  files: CompanyFiles,
  options: OpenOptions,
  by: string | null = null,
): Promise<Recorded[]> {
  const { settings } = files.settings;
  await prepareStore(connection, settings.time_zone);
  const known = await recordedIn(connection);
  const changed = unrecorded(known, files.wanted, todayOf(files, options));
  await followRules(connection, derivationRules(settings, [...known, ...changed]), clockOf(options));
  if (changed.length === 0) return known;
  const since = known.length === 0 ? null : clockOf(options)().toISOString();
  await connection.transaction(() => record(connection, changed, since, by));
  return recordedIn(connection);
}

async function openToWrite(folder: string, options: OpenOptions, files: CompanyFiles): Promise<Opened> {
  mkdirSync(join(folder, "data"), { recursive: true, mode: 0o700 });
  const database = await storeOf(folder, options, false);
  try {
    const recorded = await database.use((connection) => follow(connection, files, options));
    await clearLeftovers(database);
    return { database, recorded };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens the workspace in a folder and makes its store ready. */
export async function openWorkspace(path: string, options: OpenOptions = {}): Promise<Workspace> {
  let files = readFiles(path);
  const folder = realpathSync(path);
  let stamp = filesStamp(folder);
  const { database, recorded } =
    (await openToRead(folder, options, files)) ?? (await openToWrite(folder, options, files));
  let definitions = definitionsOf(recorded, files.settings.settings);
  const pepper = options.readOnly === true ? (pepperIn(folder) ?? "") : pepperOf(folder);
  let refreshing: Promise<unknown> = Promise.resolve();
  async function refreshed(by: string | null = null): Promise<void> {
    if (options.readOnly === true || !isWorkspace(folder) || filesStamp(folder) === stamp) return;
    const now = filesStamp(folder);
    const changed = readFiles(folder);
    const versions = await database.use((connection) => follow(connection, changed, options, by));
    [files, stamp] = [changed, now];
    definitions = definitionsOf(versions, changed.settings.settings);
  }
  async function published(file: string, text: string, by: string | null): Promise<void> {
    const undo = writeFile(folder, file, text);
    try {
      await refreshed(by);
    } catch (error) {
      undo();
      throw error;
    }
  }
  function afterOthers(work: () => Promise<void>): Promise<void> {
    const mine = refreshing.then(work, work);
    refreshing = mine;
    return mine;
  }
  return {
    folder,
    database,
    refresh: () => afterOthers(() => refreshed()),
    publish: (file, text, by) => afterOthers(() => published(file, text, by ?? null)),
    get files() {
      return files;
    },
    close: () => database.close(),
    get settings() {
      return files.settings.settings;
    },
    get stated() {
      return files.settings.stated;
    },
    get problemAt() {
      return files.settings.problemAt;
    },
    get rules() {
      return { ...derivationRules(files.settings.settings, definitions.recorded), pepper };
    },
    get definitions() {
      return definitions;
    },
  };
}
