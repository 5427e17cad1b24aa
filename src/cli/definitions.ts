import type { DefinitionHistory } from "../contract/definitions.ts";
import { openClient } from "./client.ts";
import { oneOf, optionsOf, Usage } from "./options.ts";
import { editLines, idIn, versionLine } from "./proposed.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

type Version = DefinitionHistory["versions"][number];

function versionText(id: string, version: Version): string {
  const { own, withdrawn, since, by, edits } = version;
  const known = [
    since === null ? "known from the beginning" : `known since ${since}`,
    ...(by === null ? [] : [`by ${by}`]),
  ];
  const what = own ? "" : withdrawn ? ", taken away" : ", shipped with Embudo";
  return [`${versionLine({ id, ...version })}${what}; ${known.join(", ")}`, ...editLines(edits)].join("\n");
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, { ...workspaceOption, format: { type: "string" } });
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const [id, ...more] = positionals;
  if (more.length > 0) throw new Usage(`one definition at a time; ${more.join(" ")} is too much`);
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, false);
  try {
    const histories = await client.definitions(id === undefined ? {} : { id: idIn(id) });
    const text = histories.flatMap((each) => each.versions.map((version) => versionText(each.id, version))).join("\n");
    terminal.out(format === "json" ? `${JSON.stringify(histories, null, 2)}\n` : `${text}\n`);
    return 0;
  } finally {
    client.close();
  }
}

export const definitions: Command = {
  name: "definitions",
  summary: "lists every version of the company's definitions and settings, with what each changed",
  usage: "embudo definitions [ID | embudo.yaml | rules/mql.yaml] [--format table|json] [--workspace DIR]",
  run,
};
