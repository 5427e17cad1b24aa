import { openClient } from "./client.ts";
import { violationsIn } from "./check.ts";
import { oneOf, optionsOf } from "./options.ts";
import { progressOn } from "./progress.ts";
import { summaryOf } from "./summary.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, { ...workspaceOption, format: { type: "string" } });
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, true);
  const progress = progressOn(terminal);
  try {
    const outcomes = await client.sync({ sources: positionals }, progress.report);
    progress.done();
    const failed = outcomes.flatMap((each) => ("problem" in each ? [each] : []));
    if (format === "json") terminal.out(`${JSON.stringify(outcomes, null, 2)}\n`);
    else {
      const summary = summaryOf(outcomes);
      terminal.out(outcomes.length === 0 ? "embudo.yaml names no sources yet\n" : summary === "" ? "" : `${summary}\n`);
    }
    const { violations } = (await client.catalogue()).workspace;
    terminal.err(violationsIn(violations));
    for (const { source, problem } of failed) terminal.err(`${source}: ${problem.message}\n  → ${problem.remedy}\n`);
    return failed.length + violations.length === 0 ? 0 : 1;
  } finally {
    progress.done();
    client.close();
  }
}

export const sync: Command = {
  name: "sync",
  summary: "loads what the workspace's sources have",
  usage: "embudo sync [SOURCE]… [--format table|json] [--workspace DIR]",
  run,
};
