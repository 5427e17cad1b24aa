import { existsSync, mkdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { totalmem } from "node:os";
import { join, resolve } from "node:path";
import { openDatabase, type Connection, type Database } from "../engine/database.ts";
import { Problem } from "../engine/problem.ts";
import type { DerivationRules } from "../facts/derived/rules.ts";
import { followRules, isDerivedWith } from "../facts/follow.ts";
import { prepareStore } from "../facts/store.ts";
import { parseSettings, type Settings, type SettingsFile } from "./settings.ts";

/** A company's folder, opened: its settings and its database of facts. */
export interface Workspace extends SettingsFile {
  readonly folder: string;
  readonly database: Database;
  readonly rules: DerivationRules;
  /** Reads embudo.yaml again when it was changed, and brings what is derived in line with it. */
  readonly refresh: () => Promise<void>;
  readonly close: () => void;
}

export interface OpenOptions {
  /** For questions only: several processes may then read at once. */
  readonly readOnly?: boolean;
  readonly memory?: string;
  readonly now?: () => Date;
}

export const settingsPath = (folder: string): string => join(folder, "embudo.yaml");
export const databasePath = (folder: string): string => join(folder, "data", "facts.duckdb");

export const isWorkspace = (folder: string): boolean => existsSync(settingsPath(folder));

/** What the settings decide about derived tables. */
export const derivationRules = (settings: Settings): DerivationRules => ({
  stages: settings.stages,
  lookBackDays: settings.look_back_days,
  zone: settings.time_zone,
});

/** The settings of a workspace, read anew. */
export function readSettings(folder: string): SettingsFile {
  if (!isWorkspace(folder))
    throw new Problem(
      "no-workspace",
      `${resolve(folder)} is no workspace: it has no embudo.yaml`,
      "name one with --workspace DIR, or make one with `embudo init DIR` or `embudo demo DIR`",
      { folder: resolve(folder) },
    );
  return parseSettings(readFileSync(settingsPath(folder), "utf8"), "embudo.yaml");
}

/** Half of the machine's memory; what needs more goes to the disk. */
const usualMemory = (): string => `${Math.round(totalmem() / 2 / 2 ** 20)}MiB`;

const storeOf = (folder: string, options: OpenOptions, readOnly: boolean): Promise<Database> =>
  openDatabase(databasePath(folder), { memory: usualMemory(), ...options, readOnly, folders: [folder] });

/** A database for questions only, unless settings were changed that its derived tables do not follow yet. */
async function openToRead(folder: string, options: OpenOptions, rules: DerivationRules): Promise<Database | undefined> {
  if (options.readOnly !== true || !existsSync(databasePath(folder))) return undefined;
  const database = await storeOf(folder, options, true);
  if (await database.use((connection) => isDerivedWith(connection, rules))) return database;
  database.close();
  return undefined;
}

async function follow(connection: Connection, rules: DerivationRules, { now }: OpenOptions): Promise<void> {
  await prepareStore(connection, rules.zone);
  await followRules(connection, rules, now ?? (() => new Date()));
}

async function openToWrite(folder: string, options: OpenOptions, rules: DerivationRules): Promise<Database> {
  mkdirSync(join(folder, "data"), { recursive: true, mode: 0o700 });
  const database = await storeOf(folder, options, false);
  try {
    await database.use((connection) => follow(connection, rules, options));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Changes whenever the settings are written. */
const settingsStamp = (folder: string): string => {
  const { mtimeMs, size } = statSync(settingsPath(folder));
  return `${mtimeMs} ${size}`;
};

/** Opens the workspace in a folder and makes its store ready. */
export async function openWorkspace(path: string, options: OpenOptions = {}): Promise<Workspace> {
  let file = readSettings(path);
  const folder = realpathSync(path);
  let stamp = settingsStamp(folder);
  let rules = derivationRules(file.settings);
  const database = (await openToRead(folder, options, rules)) ?? (await openToWrite(folder, options, rules));
  async function refresh(): Promise<void> {
    if (options.readOnly === true || !isWorkspace(folder) || settingsStamp(folder) === stamp) return;
    const now = settingsStamp(folder);
    const changed = readSettings(folder);
    const wanted = derivationRules(changed.settings);
    await database.use((connection) => follow(connection, wanted, options));
    [file, rules, stamp] = [changed, wanted, now];
  }
  return {
    folder,
    database,
    refresh,
    close: () => database.close(),
    get settings() {
      return file.settings;
    },
    get problemAt() {
      return file.problemAt;
    },
    get rules() {
      return rules;
    },
  };
}
