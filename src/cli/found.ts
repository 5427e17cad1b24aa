import type { Api } from "../contract/api.ts";
import type { Warning } from "../contract/answer.ts";
import { openClient } from "./client.ts";
import { oneOf, Usage } from "./options.ts";
import { filters } from "./question.ts";
import type { Terminal } from "./terminal.ts";
import { workspaceOf } from "./workspace.ts";

/** How what a command found is written, besides JSON. */
export interface Written<T> {
  readonly asTable: (found: T) => string;
  readonly asCsv: (found: T) => string;
}

/** Options that ask, as a command line states them. */
interface Stated extends Place {
  readonly where?: string[] | undefined;
  readonly "as-of"?: string | undefined;
}

/** What the options of a command say of where it asks, and of how it writes. */
export interface Place {
  readonly workspace?: string | undefined;
  readonly format?: string | undefined;
}

/** What of it is said. */
export const present = (stated: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));

/** Options as a request: what is said of them, with its filters read; and where it is asked. */
export function requestOf(values: Stated): {
  readonly place: Place;
  readonly stated: Record<string, unknown>;
} {
  const { workspace, format, where, "as-of": asOf, ...rest } = values;
  const all = { ...rest, asOf, where: where && filters(where, "where") };
  return { place: { workspace, format }, stated: present(all) };
}

/** Refuses words that a command has no use for. */
export function refuseWords(words: readonly string[]): void {
  if (words.length > 0) throw new Usage(`${words.join(" ")} is too much`);
}

/** What is to be known about what was found, a line each. */
export const warningLines = (warnings: readonly Warning[]): string[] =>
  warnings.map((each) => `${each.severity === "error" ? "✗" : "⚠"} ${each.message}`);

/** Asks a workspace, and writes what is found in the format that is wanted: a table where nothing is said. */
export async function tellFound<T>(
  { workspace, format: wanted }: Place,
  find: (client: Api) => Promise<T>,
  { asTable, asCsv }: Written<T>,
  terminal: Terminal,
): Promise<number> {
  const format = oneOf(wanted, "format", ["table", "json", "csv"]) ?? "table";
  const client = await openClient(workspaceOf(workspace, terminal), terminal.now, false);
  try {
    const found = await find(client);
    const write = {
      table: () => `${asTable(found)}\n`,
      json: () => `${JSON.stringify(found, null, 2)}\n`,
      csv: () => asCsv(found),
    };
    terminal.out(write[format]());
    return 0;
  } finally {
    client.close();
  }
}
