import type { Api } from "../contract/api.ts";
import { openClient } from "./client.ts";
import { oneOf } from "./options.ts";
import type { Terminal } from "./terminal.ts";
import { workspaceOf } from "./workspace.ts";

/** How what a command found is written, besides JSON. */
export interface Written<T> {
  readonly asTable: (found: T) => string;
  readonly asCsv: (found: T) => string;
}

/** What the options of a command say of where it asks, and of how it writes. */
export interface Place {
  readonly workspace?: string | undefined;
  readonly format?: string | undefined;
}

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
