import { openClient } from "./client.ts";
import { oneOf, optionsOf } from "./options.ts";
import { editLines, proposedOf, versionLine } from "./proposed.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...workspaceOption,
    effective: { type: "string" },
    by: { type: "string" },
    format: { type: "string" },
  });
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const proposed = proposedOf(positionals, values.effective, terminal);
  const by = values.by ?? terminal.environment["USER"];
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, true);
  try {
    const version = await client.publish({ ...proposed, ...(by === undefined ? {} : { by }) });
    const said = version.changed
      ? [versionLine(version), ...editLines(version.edits)]
      : [`${versionLine(version)}: it said so already, nothing is recorded`];
    terminal.out(format === "json" ? `${JSON.stringify(version, null, 2)}\n` : `${said.join("\n")}\n`);
    return 0;
  } finally {
    client.close();
  }
}

export const publish: Command = {
  name: "publish",
  summary: "puts a definition or settings into force, and records the version",
  usage: "embudo publish FILE [--effective DAY] [--by NAME] [--format table|json] [--workspace DIR]",
  run,
};
