import { csv } from "../contract/csv.ts";
import { openClient } from "./client.ts";
import { oneOf, optionsOf, Usage, wholeNumber } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const heads = ["source", "fact", "times", "reason", "row"] as const;

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...workspaceOption,
    fact: { type: "string" },
    limit: { type: "string" },
    offset: { type: "string" },
    format: { type: "string" },
  });
  const [source, ...more] = positionals;
  if (more.length > 0) throw new Usage(`one source at a time; ${more.join(" ")} is too much`);
  const format = oneOf(values.format, "format", ["table", "json", "csv"]) ?? "table";
  const { fact } = values;
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, false);
  try {
    const rows = await client.rejected({
      ...(source === undefined ? {} : { source }),
      ...(fact === undefined ? {} : { fact }),
      limit: wholeNumber(values.limit, "limit") ?? (format === "table" ? 50 : 100_000),
      offset: wholeNumber(values.offset, "offset") ?? 0,
    });
    const cells = rows.map((row) => heads.map((head) => row[head]));
    const write = {
      table: () =>
        rows.length === 0
          ? "no row is rejected\n"
          : `${table(
              heads.map((title) => ({ title })),
              cells.map((row) => row.map((cell) => String(cell ?? ""))),
            )}\n`,
      json: () => `${JSON.stringify(rows, null, 2)}\n`,
      csv: () => csv([heads, ...cells]),
    };
    terminal.out(write[format]());
    return 0;
  } finally {
    client.close();
  }
}

export const rejected: Command = {
  name: "rejected",
  summary: "shows the rows that broke a rule, with the reason and what they said",
  usage: "embudo rejected [SOURCE] [--fact FACT] [--limit N] [--offset N] [--format table|json|csv] [--workspace DIR]",
  run,
};
