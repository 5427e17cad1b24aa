import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { Problem } from "../engine/problem.ts";
import { dayIn } from "../engine/time.ts";
import { writeDemo } from "../sources/demo/index.ts";
import { openClient, problemOf } from "./client.ts";
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
}

/** The size that opens in seconds. */
export const usualDemo = { leads: 12_000, touches: 60_000, seed: 1 } as const;

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
  const client = await openClient(folder, terminal.now, true);
  try {
    const outcomes = await client.sync({ sources: [] }, progress.report);
    const failed = outcomes.find((each) => "problem" in each);
    if (failed !== undefined && "problem" in failed) throw problemOf(failed.problem);
    return summaryOf(outcomes);
  } finally {
    progress.done();
    client.close();
  }
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    leads: { type: "string" },
    touches: { type: "string" },
    seed: { type: "string" },
    today: { type: "string" },
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
  usage: "embudo demo DIR [--leads N] [--touches N] [--seed N] [--today DAY]",
  run,
};
