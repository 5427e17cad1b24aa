import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { Problem } from "../engine/problem.ts";
import { dayIn } from "../engine/time.ts";
import {
  mornings,
  workspaceFiles,
  workspaceFilesThen,
  writeDemo,
  writeWorkspace,
  type WorkspaceFiles,
} from "../sources/demo/index.ts";
import { openClient, problemOf, type Client } from "./client.ts";
import type { Report, SyncOutcome } from "./operations.ts";
import { optionsOf, Usage, wholeNumber } from "./options.ts";
import { progressOn } from "./progress.ts";
import { summaryOf } from "./summary.ts";
import { bar } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";

export interface DemoSize {
  readonly leads: number;
  readonly touches: number;
  readonly seed: number;
  readonly today: string;
  /** How often it is loaded, the last time now: as often as there is a past to tell, where left out. */
  readonly loads?: number | undefined;
}

/** The size that opens in seconds. */
export const usualDemo = { leads: 12_000, touches: 60_000, seed: 1 } as const;

async function load(client: Client, report: Report): Promise<SyncOutcome[]> {
  const outcomes = await client.sync({ sources: [] }, report);
  const failed = outcomes.find((each) => "problem" in each);
  if (failed !== undefined && "problem" in failed) throw problemOf(failed.problem);
  return outcomes;
}

/** Loads the company as it became known: on a few mornings of its past what was known then, and at last what is known now. */
async function loadHistory(folder: string, size: DemoSize, terminal: Terminal, report: Report): Promise<string> {
  const all = mornings(size.today, terminal.now());
  const past = all.slice(Math.max(0, all.length + 1 - (size.loads ?? Number.POSITIVE_INFINITY)));
  let clock = terminal.now;
  const at = async (now: () => Date, files: WorkspaceFiles) => {
    clock = now;
    await writeWorkspace(folder, files);
  };
  const [first] = past;
  if (first !== undefined) await at(() => new Date(first.at), workspaceFilesThen(size.today, first));
  const client = await openClient(folder, () => clock(), true);
  try {
    for (const morning of past) {
      await at(() => new Date(morning.at), workspaceFilesThen(size.today, morning));
      await load(client, report);
    }
    await at(terminal.now, workspaceFiles(size.today));
    const summary = summaryOf(await load(client, report));
    const days = past.map((morning) => morning.at.slice(0, 10)).join(", ");
    return past.length === 0 ? summary : `Loaded as it was known on ${days}, and as it is known now:\n${summary}`;
  } finally {
    client.close();
  }
}

/** Writes the simulated company into a folder and loads it. */
export async function makeDemo(folder: string, size: DemoSize, terminal: Terminal): Promise<string> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Problem("folder-not-empty", `${folder} is not empty`, "name a new folder for the demo company", {
      folder,
    });
  const show = (done: number, total: number) =>
    terminal.watched
      ? terminal.err(`\r\u001B[2Ksimulating ${bar(done, total, 24)} ${Math.round((done / total) * 100)} %`)
      : undefined;
  await writeDemo(folder, { ...size, onProgress: show });
  const progress = progressOn(terminal);
  try {
    return await loadHistory(folder, size, terminal, progress.report);
  } finally {
    progress.done();
  }
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    leads: { type: "string" },
    touches: { type: "string" },
    seed: { type: "string" },
    today: { type: "string" },
    loads: { type: "string" },
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Usage("name the folder of the demo company");
  if (values.today !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(values.today))
    throw new Usage("--today takes a day such as 2026-11-23");
  const leads = wholeNumber(values.leads, "leads") ?? usualDemo.leads;
  const path = resolve(terminal.folder, folder);
  const summary = await makeDemo(
    path,
    {
      leads,
      touches: wholeNumber(values.touches, "touches") ?? leads * 5,
      seed: wholeNumber(values.seed, "seed") ?? usualDemo.seed,
      today: values.today ?? dayIn("Europe/Madrid", terminal.now()),
      loads: wholeNumber(values.loads, "loads"),
    },
    terminal,
  );
  terminal.out(
    `${summary}\n\nNow try: embudo ask win-ratio --by rep --workspace ${folder}\n     or: embudo serve --workspace ${folder}\n`,
  );
  return 0;
}

export const demo: Command = {
  name: "demo",
  summary: "makes a workspace with a simulated company",
  usage: "embudo demo DIR [--leads N] [--touches N] [--seed N] [--today DAY] [--loads N]",
  run,
};
