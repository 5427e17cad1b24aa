import { existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { openDatabase, type Database } from "../engine/database.ts";
import { Problem } from "../engine/problem.ts";
import type { DerivationRules } from "../facts/derived/rules.ts";
import { prepareStore } from "../facts/store.ts";
import { parseSettings, type Settings, type SettingsFile } from "./settings.ts";

/** A company's folder, opened: its settings and its database of facts. */
export interface Workspace extends SettingsFile {
  readonly folder: string;
  readonly database: Database;
  readonly rules: DerivationRules;
  close(): void;
}

export interface OpenOptions {
  /** For questions only: several processes may then read at once. */
  readonly readOnly?: boolean;
  readonly memory?: string;
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

/** Opens the workspace in a folder and makes its store ready. */
export async function openWorkspace(path: string, options: OpenOptions = {}): Promise<Workspace> {
  const file = readSettings(path);
  const folder = realpathSync(path);
  const readOnly = (options.readOnly ?? false) && existsSync(databasePath(folder));
  mkdirSync(join(folder, "data"), { recursive: true, mode: 0o700 });
  const database = await openDatabase(databasePath(folder), { ...options, readOnly, folders: [folder] });
  try {
    if (!readOnly) await database.use((connection) => prepareStore(connection, file.settings.time_zone));
  } catch (error) {
    database.close();
    throw error;
  }
  return { ...file, folder, database, rules: derivationRules(file.settings), close: () => database.close() };
}
