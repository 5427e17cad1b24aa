import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Verification } from "../contract/receipt.ts";
import { openClient } from "./client.ts";
import { oneOf, optionsOf, Usage } from "./options.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const most = 20;

function inWords(name: string, { equal, differences }: Verification): string {
  if (equal)
    return `equal: ${name} was computed again, and its answer, definition, settings, SQL and inputs are the same`;
  const more = differences.length > most ? [`… and ${differences.length - most} more`] : [];
  return [`${name} differs:`, ...differences.slice(0, most).map(({ message }) => `✗ ${message}`), ...more].join("\n");
}

/** The text of a file, byte by byte; what is no UTF-8 is no receipt, and is said to be altered like any other. */
function exactText(file: string): string {
  const bytes = readFileSync(file);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return "";
    throw error;
  }
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, { ...workspaceOption, format: { type: "string" } });
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) throw new Usage("name the file of one receipt");
  const text = exactText(resolve(terminal.folder, name));
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, false);
  try {
    const verification = await client.verify(text, terminal.signal);
    terminal.out(format === "json" ? `${JSON.stringify(verification, null, 2)}\n` : `${inWords(name, verification)}\n`);
    return verification.equal ? 0 : 1;
  } finally {
    client.close();
  }
}

export const verify: Command = {
  name: "verify",
  summary: "computes a receipt again and says equal, or what differs",
  usage: "embudo verify FILE [--format table|json] [--workspace DIR]",
  run,
};
