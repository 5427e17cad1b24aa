import { messageOf } from "../engine/problem.ts";
import { join } from "node:path";
import {
  keepScript,
  keptScript,
  openCollector,
  openEndpoint,
  readScript,
  secretOf,
  segmentsIn,
  type Endpoint,
} from "../collect/index.ts";
import { inboxFolder, openInbox, type Inbox } from "../sources/webhook/index.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { collects, sync, webhookOf, type Report, type SyncBody, type SyncOutcome } from "./operations.ts";
import type { Terminal } from "./terminal.ts";

/** What takes events in while a server runs. */
export interface Collecting {
  readonly endpoint: Endpoint;
  readonly inbox: Inbox;
  /** Loads sources, and what was collected as one of them. */
  readonly sync: (body: SyncBody, report: Report) => Promise<SyncOutcome[]>;
  /** Makes facts of what was collected every few minutes, and tells when there are new ones. */
  readonly begin: (loaded: () => void) => void;
  readonly end: () => Promise<void>;
}

/** The built tracker. */
export const builtTracker = join(import.meta.dirname, "..", "..", "dist", "tracker", "embudo.js");

/** The tracker as it is now, kept for the pages that will name it. */
function currentScript(folder: string) {
  const script = readScript(builtTracker);
  if (script !== undefined) keepScript(folder, builtTracker, script);
  return script;
}

/** The secret of a source that takes in what others send. */
export const secretOfWebhook = (
  folder: string,
  source: string,
  spec: { readonly secret?: string | undefined },
  environment: Terminal["environment"],
): string => secretOf(folder, `in-${source}`, spec, environment);

/** The sources that were sent something since they were loaded. */
const sourcesThatWait = (workspace: Workspace): string[] =>
  Object.keys(workspace.settings.sources).filter(
    (source) =>
      webhookOf(workspace, source) !== undefined && segmentsIn(inboxFolder(workspace.folder, source)).length > 0,
  );

/** Milliseconds between two loads; where loading takes long it comes seldom, so that most of the time is left for questions. */
const pause = 5 * 60_000;
const share = 10;

/** Does work again and again until it is stopped, and never twice at once. */
function againAndAgain(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let timer = setTimeout(run, pause);
  async function timed(): Promise<void> {
    const began = performance.now();
    await work();
    timer = setTimeout(run, Math.max(pause, share * (performance.now() - began)));
  }
  function run(): void {
    running = timed();
  }
  return async () => {
    clearTimeout(timer);
    await running;
    clearTimeout(timer);
  };
}

/** Opens what takes events in for the sites of a workspace; sites that its settings name later are taken too. */
export async function collecting(workspace: Workspace, terminal: Terminal): Promise<Collecting> {
  const { folder } = workspace;
  const { now, environment } = terminal;
  const failed = (what: string) => (error: unknown) => terminal.err(`${what}: ${messageOf(error)}\n`);
  const collector = await openCollector({ folder, now, log: failed("events could not be written") });
  const inbox = openInbox({
    folder,
    now,
    specOf: (source) => webhookOf(workspace, source),
    secretOf: (source, spec) => secretOfWebhook(folder, source, spec, environment),
  });
  const load = (body: SyncBody, report: Report) => sync(workspace, body, now, report, { collector, inbox });
  let stop = () => Promise.resolve();

  async function loadCollected(loaded: () => void): Promise<void> {
    const sources = [...(collects(workspace) ? ["web"] : []), ...sourcesThatWait(workspace)];
    if (sources.length === 0) return;
    const outcomes = await load({ sources }, () => undefined);
    if (outcomes.some((each) => "result" in each && !each.result.unchanged)) loaded();
    const problems = outcomes.flatMap((each) => ("problem" in each ? [each.problem.message] : []));
    if (problems.length > 0) throw new Error(problems.join("; "));
  }

  return {
    endpoint: openEndpoint({
      collector,
      sites: () => workspace.settings.sites,
      secretOf: (name, site) => secretOf(folder, name, site, environment),
      now,
      scripts: { current: currentScript(folder), named: (name) => keptScript(folder, name) },
    }),
    inbox,
    sync: load,
    begin: (loaded) => {
      const work = () => loadCollected(loaded).catch(failed("what was collected could not be loaded"));
      stop = againAndAgain(work);
    },
    end: async () => {
      await stop();
      await collector.seal();
      await inbox.end();
    },
  };
}
