import { openClient } from "./client.ts";
import type { StreamReport } from "./landing.ts";
import { oneOf, optionsOf, Usage } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const whole = new Intl.NumberFormat("en-US");

/** The streams that a source landed, with the facts that are made of each. */
export function streamTable({ source, streams, isMapped }: StreamReport): string {
  if (streams.length === 0) return `nothing was landed for ${source} yet`;
  const rows = streams.map(({ stream, records, key, facts }) => [
    stream,
    whole.format(records),
    key.join(", "),
    facts.length === 0 ? "unmapped" : facts.join(", "),
  ]);
  const next = isMapped
    ? []
    : [
        `No facts are made of ${source} yet: add it to embudo.yaml as \`kind: streams\` with a SELECT for each fact, and \`embudo sync ${source}\`.`,
      ];
  return [
    table([{ title: "stream" }, { title: "records", right: true }, { title: "key" }, { title: "facts" }], rows),
    ...next,
  ].join("\n");
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...workspaceOption,
    state: { type: "boolean" },
    format: { type: "string" },
  });
  const [source] = positionals;
  if (source === undefined) throw new Usage("name the source whose streams are wanted");
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, false);
  try {
    const report = await client.streams({ source });
    if (values.state === true) terminal.out(report.state === undefined ? "" : `${JSON.stringify(report.state)}\n`);
    else terminal.out(format === "json" ? `${JSON.stringify(report, null, 2)}\n` : `${streamTable(report)}\n`);
    return 0;
  } finally {
    client.close();
  }
}

export const streams: Command = {
  name: "streams",
  summary: "says what was landed of a source as messages, and what becomes of it",
  usage: "embudo streams SOURCE [--state] [--format table|json] [--workspace DIR]",
  run,
};
