import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, statSync } from "node:fs";
import { basename, isAbsolute, join, relative, resolve } from "node:path";
import { z } from "zod";
import { contextsOf } from "../ask/api.ts";
import { conservation } from "../ask/conservation/conservation.ts";
import { keepConserved } from "../ask/conservation/conserved.ts";
import { changePeople } from "../ask/people/obey.ts";
import { obey } from "../ask/goals/by-hand.ts";
import { narrowed, sealOf } from "../ask/forecast/seal.ts";
import { revenueOf } from "../ask/revenue/revenue.ts";
import { drain, forgetArchived, journalFolder, segmentsIn, webSource, type Collector } from "../collect/index.ts";
import { decideOn } from "../ask/leads/decide.ts";
import type { DecisionOrder, DecisionOutcome } from "../contract/decision.ts";
import { SealedForecast, type SealOrder } from "../contract/forecast.ts";
import type { GoalOrder, GoalOutcome } from "../contract/goal.ts";
import type { PersonOrder, PersonOutcome } from "../contract/person.ts";
import type { ProposedVersion, PublishOrder } from "../contract/rehearsal.ts";
import type { Connection } from "../engine/database.ts";
import { Problem } from "../engine/problem.ts";
import { factNamed, facts } from "../facts/index.ts";
import type { LoadStep } from "../facts/load.ts";
import { FileFormat } from "../sources/files/index.ts";
import { forgetLanded } from "../sources/messages/index.ts";
import { syncSource, type SyncResult } from "../sources/sync.ts";
import { WebhookSource, type Inbox } from "../sources/webhook/index.ts";
import { propose } from "../workspace/proposal.ts";
import { addSealed, sealedLines } from "../workspace/sealed-forecasts.ts";
import { inTurn } from "../workspace/turns.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { literal, quoted } from "../engine/sql.ts";

/** What is under way, for whoever watches. `share` is of the running statement, 0..1. */
export interface Progress extends Omit<LoadStep, "doing"> {
  readonly doing: LoadStep["doing"] | "checking";
  readonly source: string;
  readonly share: number | null;
}

export type Report = (progress: Progress) => void;

/** One source's outcome; the failure of one never stops another. */
export type SyncOutcome = { readonly source: string } & (
  { readonly result: SyncResult } | { readonly problem: ReturnType<Problem["toJSON"]> }
);

export const SyncBody = z.strictObject({ sources: z.array(z.string()).default([]) });
export type SyncBody = z.input<typeof SyncBody>;

export const ImportBody = z.strictObject({
  /** Absolute, or relative to the workspace. */
  file: z.string().min(1),
  fact: z.string().min(1),
  source: z.string().default("import"),
  /** Column of the fact → expression over the file's columns. */
  map: z.record(z.string(), z.string()),
  format: FileFormat.default({}),
});
export type ImportBody = z.input<typeof ImportBody>;

const noPlace = (_path: readonly PropertyKey[], message: string) =>
  new Problem("mapping-invalid", message, "correct the mapping and try again");

async function reading<T>(
  workspace: Workspace,
  source: string,
  report: Report,
  work: (step: (step: Omit<Progress, "source" | "share">) => void, connection: Connection) => Promise<T>,
): Promise<T> {
  return inTurn(workspace, () =>
    workspace.database.use(async (connection) => {
      let step: Omit<Progress, "source" | "share"> = { fact: "", doing: "reading" };
      const tell = () => report({ ...step, source, share: connection.progress() });
      const timer = setInterval(tell, 200);
      try {
        return await work((next) => {
          step = next;
          tell();
        }, connection);
      } finally {
        clearInterval(timer);
      }
    }),
  );
}

/** Looks whether every row of a new state of the facts lands exactly once; pages and answers say what does not. */
async function checkAfter(
  workspace: Workspace,
  results: readonly SyncResult[],
  now: () => Date,
  report: Report,
): Promise<void> {
  const last = results.findLast((each) => !each.unchanged);
  if (last === undefined) return;
  await reading(workspace, last.source, report, async (progress) => {
    progress({ fact: "", doing: "checking" });
    await keepConserved(workspace.database, now, conservation).check(false);
  });
}

/** The settings of a source that takes in what others send; undefined where there is none of that name. */
export function webhookOf({ settings }: Workspace, source: string): WebhookSource | undefined {
  if (!Object.hasOwn(settings.sources, source)) return undefined;
  const parsed = WebhookSource.safeParse(settings.sources[source]);
  return parsed.success ? parsed.data : undefined;
}

const takesIn = (workspace: Workspace, source: string): boolean => webhookOf(workspace, source) !== undefined;

type SyncOne = (source: string) => Promise<SyncResult>;

const nothingNew = { loadId: 0, source: webSource, facts: [], unchanged: true, bytes: 0, short: [] };

/** Makes facts of the events that were collected until now. */
function drained(workspace: Workspace, now: () => Date, report: Report, collector?: Collector): Promise<SyncResult> {
  return reading(workspace, webSource, report, async (progress, connection) => {
    const { folder, rules } = workspace;
    const sealed = await collector?.seal();
    const done = await drain(connection, { folder, rules, now, sealed, progress });
    return done === undefined ? nothingNew : { ...done, unchanged: false, short: [] };
  });
}

/** Whether events are collected, or were and wait to be loaded. */
export const collects = ({ settings, folder }: Workspace): boolean =>
  Object.keys(settings.sites).length > 0 || segmentsIn(journalFolder(folder)).length > 0;

/** The sources that can be loaded: those of the settings, and what was collected. */
const sourcesOf = (workspace: Workspace): string[] => [
  ...Object.keys(workspace.settings.sources),
  ...(collects(workspace) ? [webSource] : []),
];

function refuseUnknown(all: readonly string[], named: readonly string[]): void {
  const unknown = named.find((each) => !all.includes(each));
  if (unknown === undefined) return;
  throw new Problem(
    "unknown-source",
    `embudo.yaml has no source ${unknown}`,
    all.length > 0 ? `use one of ${all.join(", ")}` : "add it under `sources:`",
    { source: unknown },
  );
}

/** What takes things in while a server runs. */
export interface Taking {
  readonly collector: Collector;
  readonly inbox: Inbox;
}

/** Loads the named sources of the workspace, or all of them, one after the other; `taking` is what takes things in just now. */
export async function sync(
  workspace: Workspace,
  body: SyncBody,
  now: () => Date,
  report: Report,
  taking?: Taking,
): Promise<SyncOutcome[]> {
  const { sources } = SyncBody.parse(body);
  await workspace.refresh();
  const all = sourcesOf(workspace);
  refuseUnknown(all, sources);
  const ofSettings: SyncOne = (source) =>
    reading(workspace, source, report, async (progress, connection) =>
      syncSource(connection, {
        sealed: takesIn(workspace, source) ? await taking?.inbox.seal(source) : undefined,
        folder: workspace.folder,
        source,
        spec: workspace.settings.sources[source],
        restates: true,
        rules: workspace.rules,
        now,
        problemAt: (path, message) => workspace.problemAt(["sources", source, ...path], message),
        progress,
      }),
    );
  const outcomes: SyncOutcome[] = [];
  for (const source of sources.length > 0 ? sources : all) {
    try {
      const isWeb = source === webSource && workspace.settings.sources[source] === undefined;
      const result = await (isWeb ? drained(workspace, now, report, taking?.collector) : ofSettings(source));
      outcomes.push({ source, result });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      outcomes.push({ source, problem: error.toJSON() });
    }
  }
  const results = outcomes.flatMap((each) => ("result" in each ? [each.result] : []));
  await checkAfter(workspace, results, now, report);
  return outcomes;
}

/** The file as the workspace can read it: where it is, or a copy under `imports/` when it lies elsewhere. */
function within(workspace: Workspace, file: string): string {
  const path = resolve(workspace.folder, file);
  if (!existsSync(path) || !statSync(path).isFile())
    throw new Problem("file-missing", `there is no file ${path}`, "check its name and folder", { file: path });
  const inside = relative(workspace.folder, path);
  if (!inside.startsWith("..") && !isAbsolute(inside)) return inside;
  mkdirSync(join(workspace.folder, "imports"), { recursive: true });
  const copy = join("imports", basename(path));
  copyFileSync(path, join(workspace.folder, copy));
  return copy;
}

/** The SELECT that a mapping by columns stands for. */
export const selectOf = (map: Readonly<Record<string, string>>, file: string): string =>
  `SELECT ${Object.entries(map)
    .map(([column, expression]) => `${expression} AS ${quoted(column)}`)
    .join(",\n       ")}\nFROM ${literal(file)}`;

/** Loads one file as one fact. */
export async function importFile(
  workspace: Workspace,
  body: ImportBody,
  now: () => Date,
  report: Report,
): Promise<SyncResult> {
  const { file, fact, source, map, format } = ImportBody.parse(body);
  await workspace.refresh();
  if (factNamed(fact) === undefined)
    throw new Problem("unknown-fact", `${fact} is no fact`, `use one of ${facts.map((each) => each.name).join(", ")}`, {
      fact,
    });
  const inside = within(workspace, file);
  const spec = { kind: "files", ...format, facts: { [fact]: selectOf(map, inside) } };
  const result = await reading(workspace, source, report, (progress, connection) =>
    syncSource(connection, {
      folder: workspace.folder,
      source,
      spec,
      origin: `${inside} as ${fact}`,
      restates: false,
      rules: workspace.rules,
      now,
      problemAt: noPlace,
      progress,
    }),
  );
  await checkAfter(workspace, [result], now, report);
  return result;
}

/** Sets a goal by hand, or removes one that was. */
export async function changeGoal(workspace: Workspace, order: GoalOrder, now: () => Date): Promise<GoalOutcome> {
  await workspace.refresh();
  const contextAt = contextsOf(workspace, now);
  return inTurn(workspace, async () => obey(order, await contextAt(), workspace, now));
}

/** Keeps that sales accepts or rejects a lead, or takes that back. */
export async function decide(workspace: Workspace, order: DecisionOrder, now: () => Date): Promise<DecisionOutcome> {
  await workspace.refresh();
  return inTurn(workspace, () => decideOn(order, workspace, now));
}

/** Joins, splits or erases people. */
export async function changePerson(workspace: Workspace, order: PersonOrder, now: () => Date): Promise<PersonOutcome> {
  await workspace.refresh();
  const { folder, database, rules } = workspace;
  const store = {
    database,
    rules,
    forget: async (isTheirs: (word: string) => boolean, connection: Connection) => {
      forgetArchived(folder, isTheirs);
      await forgetLanded(connection, isTheirs, workspace.settings.sources);
    },
  };
  return inTurn(workspace, () => changePeople(order, store, now, randomBytes(8).toString("hex")));
}

/** Writes a definition or the settings into the workspace's folder, and records the version that it becomes. */
export async function publish(
  workspace: Workspace,
  { by, ...proposed }: PublishOrder,
  now: () => Date,
): Promise<ProposedVersion> {
  await workspace.refresh();
  return inTurn(workspace, async () => {
    const { file, text, version } = propose(proposed, workspace, now);
    await workspace.publish(file, text, by);
    return version;
  });
}

/** Seals the forecast as it is known now: a line that is added and never changed. */
export async function seal(workspace: Workspace, order: SealOrder, now: () => Date): Promise<SealedForecast> {
  await workspace.refresh();
  return inTurn(workspace, async () => {
    const lines = sealedLines(workspace.folder);
    const found = await revenueOf(narrowed(order), await contextsOf(workspace, now)(), workspace.database, lines);
    const line = sealOf(lines, found, order, now());
    addSealed(workspace.folder, line);
    return SealedForecast.parse(JSON.parse(line));
  });
}
