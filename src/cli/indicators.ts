import { openClient } from "./client.ts";
import { oneOf, optionsOf } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = optionsOf(args, { ...workspaceOption, format: { type: "string" } });
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, false);
  try {
    const catalogue = await client.catalogue();
    if (format === "json") {
      terminal.out(`${JSON.stringify(catalogue, null, 2)}\n`);
      return 0;
    }
    const rows = catalogue.indicators.flatMap((indicator) =>
      indicator.variants.map((variant, i) => [
        i === 0 ? (indicator.nine === null ? "" : String(indicator.nine)) : "",
        i === 0 ? indicator.id : "",
        variant.id,
        variant.formula,
        variant.by.join(" "),
      ]),
    );
    terminal.out(
      `${table([{ title: "" }, { title: "indicator" }, { title: "variant" }, { title: "formula" }, { title: "can be split by" }], rows)}\n`,
    );
    return 0;
  } finally {
    client.close();
  }
}

export const indicators: Command = {
  name: "indicators",
  summary: "lists what can be asked, with formulas and splits",
  usage: "embudo indicators [--format table|json] [--workspace DIR]",
  run,
};
