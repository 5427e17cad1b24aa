import type { CheckReport, Violation } from "../contract/check.ts";
import { openClient } from "./client.ts";
import { oneOf, optionsOf } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

/** What does not hold, a line each; nothing where everything does. */
export const violationsIn = (violations: readonly Violation[]): string =>
  violations.map(({ message }) => `✗ rows do not land exactly once: ${message}\n`).join("");

const columns = [
  { title: "" },
  { title: "check" },
  { title: "by" },
  { title: "model" },
  { title: "expected", right: true },
  { title: "found", right: true },
];

const longest = 40;

/** Amounts are kept to six decimals; those that say nothing are left off. */
const toCents = (text: string): string => text.replaceAll(/(\.\d{2})0{4}\b/g, "$1");

/** A long list of figures, where it holds, by its beginning. */
const inShort = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 2)} …` : text);

function asTable({ load, checks, violations }: CheckReport): string {
  if (checks.length === 0) return "nothing is loaded yet, so there is nothing to check";
  const rows = checks.map(({ check, dimension, model, grain, expected, found, holds }) => {
    const by = [dimension, grain].filter((each) => each !== null).join(", ");
    return [holds ? "✓" : "✗", check, by, model ?? "", ...[expected, found].map(toCents).map(holds ? inShort : String)];
  });
  const summary =
    violations.length === 0
      ? `all ${checks.length} checks hold after load ${load}`
      : `${violations.length} of ${checks.length} checks do not hold after load ${load}: numbers that rest on them are wrong`;
  return `${table(columns, rows)}\n\n${summary}`;
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = optionsOf(args, {
    ...workspaceOption,
    thorough: { type: "boolean" },
    format: { type: "string" },
  });
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, true);
  try {
    const report = await client.check({ thorough: values.thorough ?? false });
    terminal.out(format === "json" ? `${JSON.stringify(report, null, 2)}\n` : `${asTable(report)}\n`);
    return report.violations.length === 0 ? 0 : 1;
  } finally {
    client.close();
  }
}

export const check: Command = {
  name: "check",
  summary: "checks that every unit of money and every lead lands exactly once",
  usage: "embudo check [--thorough] [--format table|json] [--workspace DIR]",
  run,
};
