import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { stringify } from "yaml";
import { openApi } from "../../src/ask/api.ts";
import type { Api } from "../../src/contract/api.ts";
import { syncSource, type SyncResult } from "../../src/sources/sync.ts";
import { openWorkspace, type Workspace } from "../../src/workspace/workspace.ts";
import { contentOf } from "../company.ts";

const shared = resolve(import.meta.dirname, "../../../shared/data");

export const present = existsSync(shared);
/** Ends the name of a suite of these tests, with the reason where it is skipped. */
export const skipped = present ? "" : ` (skipped: there is no ${shared})`;

type Answers<S extends string> = Readonly<
  Record<S, { readonly rows: readonly Readonly<Record<string, string | number | null>>[] }>
>;
/** The known answers of a set of data. */
export const answersOf = <S extends string>(set: string): Answers<S> =>
  JSON.parse(present ? readFileSync(join(shared, set, "answers.json"), "utf8") : "{}") as Answers<S>;

export interface RealWorkspace {
  readonly folder: string;
  readonly workspace: Workspace;
  readonly api: Api;
  sync(source: string): Promise<SyncResult>;
  /** Content of every table, apart from who stated it and when. */
  contents(): Promise<Record<string, string[]>>;
  close(): void;
}

export const now = (): Date => new Date("2026-11-23T12:00:00Z");

const tables = ["lead", "stage_entry", "deal", "spend", "revenue", "customer", "rep", "rejected"];
const derived = ["lead_progress", "acquisition", "subscription", "credit"];

/** A workspace in a temporary folder with copies of the files and this `embudo.yaml`. */
export async function workspaceOf(
  settings: object,
  files: Readonly<Record<string, string | Buffer>>,
): Promise<RealWorkspace> {
  const folder = mkdtempSync(join(tmpdir(), "embudo-"));
  for (const [name, from] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    if (typeof from === "string") copyFileSync(join(shared, from), join(folder, name));
    else writeFileSync(join(folder, name), from);
  }
  writeFileSync(join(folder, "embudo.yaml"), stringify(settings));
  const workspace = await openWorkspace(folder, { now });
  return {
    folder,
    workspace,
    api: openApi(workspace, now),
    sync: (source) =>
      workspace.database.use((connection) =>
        syncSource(connection, {
          folder: workspace.folder,
          source,
          spec: workspace.settings.sources[source],
          restates: true,
          rules: workspace.rules,
          now,
          problemAt: (path, message) => workspace.problemAt(["sources", source, ...path], message),
        }),
      ),
    contents: () =>
      workspace.database.use(async (connection) => {
        const found: Record<string, string[]> = {};
        for (const table of [...tables, ...derived]) found[table] = await contentOf(connection, table);
        return found;
      }),
    close() {
      workspace.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Where a file of a set lies. */
export const pathOf = (path: string): string => join(shared, path);

export const fileOf = (path: string): Buffer => readFileSync(pathOf(path));
