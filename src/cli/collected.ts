import { openClient } from "./client.ts";
import { oneOf, optionsOf, Usage } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const heads = ["day", "site", "type", "outcome", "events"] as const;

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...workspaceOption,
    from: { type: "string" },
    to: { type: "string" },
    format: { type: "string" },
  });
  const [site, ...more] = positionals;
  if (more.length > 0) throw new Usage(`one site at a time; ${more.join(" ")} is too much`);
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const { from, to } = values;
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, true);
  try {
    const rows = await client.collected({
      ...(site === undefined ? {} : { site }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    });
    const text = table(
      heads.map((title) => ({ title, right: title === "events" })),
      rows.map((row) => heads.map((head) => String(row[head]))),
    );
    const said = rows.length === 0 ? "no event was collected" : text;
    terminal.out(format === "json" ? `${JSON.stringify(rows, null, 2)}\n` : `${said}\n`);
    return 0;
  } finally {
    client.close();
  }
}

export const collected: Command = {
  name: "collected",
  summary: "says how many events came to each site and what became of them",
  usage: "embudo collected [SITE] [--from DAY] [--to DAY] [--format table|json] [--workspace DIR]",
  run,
};
