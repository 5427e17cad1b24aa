import { mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Connection } from "../../engine/database.ts";
import { sql } from "../../engine/sql.ts";
import type { FactRules } from "../../facts/derived/rules.ts";
import { load, type LoadStep, type LoadSummary } from "../../facts/load.ts";
import { archiveFolder, journalFolder } from "../folders.ts";
import { segmentsIn } from "../../engine/journal/segments.ts";
import { mappingsOf, webSource } from "./mappings.ts";
import { sortSegments } from "./sort.ts";

export interface DrainRequest {
  readonly folder: string;
  readonly rules: FactRules;
  readonly now: () => Date;
  /** The segments that are not written any more; all of the journal's where nothing writes. */
  readonly sealed?: readonly string[] | undefined;
  readonly progress?: (step: LoadStep) => void;
}

/** What a drain did; nothing where nothing waited. */
export interface Drained extends LoadSummary {
  readonly bytes: number;
}

/** How long a segment stays after its events were loaded, so that what was flagged can be looked at. */
const keptDays = 30;

/** The segments that the last load read: it was committed, whether or not they were put away afterwards. */
async function alreadyLoaded(connection: Connection): Promise<ReadonlySet<string>> {
  const [last] = await connection.rows(
    sql`SELECT fingerprint FROM load WHERE source_name = ${webSource} AND origin LIKE ${`${webSource} %.journal`} ORDER BY load_id DESC LIMIT 1`,
  );
  return new Set(last === undefined ? [] : (JSON.parse(String(last["fingerprint"])) as string[]));
}

function putAway(folder: string, names: readonly string[]): void {
  mkdirSync(archiveFolder(folder), { recursive: true, mode: 0o700 });
  for (const name of names) renameSync(join(journalFolder(folder), name), join(archiveFolder(folder), name));
}

function forgetOld(folder: string, now: Date): void {
  const until = now.getTime() - keptDays * 86_400_000;
  for (const name of segmentsIn(archiveFolder(folder))) {
    const file = join(archiveFolder(folder), name);
    if (statSync(file).mtimeMs < until) rmSync(file);
  }
}

/**
 * Makes facts of what was collected. The names of the segments are committed with their rows, so that a process that dies
 * between the commit and putting them away loads nothing twice.
 */
export async function drain(connection: Connection, request: DrainRequest): Promise<Drained | undefined> {
  const { folder, rules, now, sealed } = request;
  const loaded = await alreadyLoaded(connection);
  const waiting = sealed ?? segmentsIn(journalFolder(folder));
  putAway(
    folder,
    waiting.filter((name) => loaded.has(name)),
  );
  forgetOld(folder, now());
  const names = waiting.filter((name) => !loaded.has(name));
  if (names.length === 0) return undefined;
  const into = join(folder, "data", "collect", "drain");
  try {
    const bytes = names.reduce((sum, name) => sum + statSync(join(journalFolder(folder), name)).size, 0);
    const sorted = await sortSegments({ from: journalFolder(folder), names, into, zone: rules.zone });
    const summary = await load(connection, {
      source: webSource,
      origin: `${webSource} ${names[0]}`,
      fingerprint: JSON.stringify(names),
      mappings: mappingsOf(sorted, rules.pepper),
      format: {},
      zone: rules.zone,
      rules,
      restates: false,
      now,
      unreadable: () => Promise.resolve(sorted.unreadable),
      ...(request.progress === undefined ? {} : { progress: request.progress }),
    });
    putAway(folder, names);
    return { ...summary, bytes };
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}
