import type { CheckReport, Verdict, Violation } from "../contract/check.ts";
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
  { title: "expected", right: true },
  { title: "found", right: true },
];

/** Amounts are kept to six decimals; those that say nothing are left off. */
const toCents = (text: string): string => text.replaceAll(/(\.\d{2})0{4}\b/g, "$1");

const entriesOf = (text: string): string[] => toCents(text).split(", ");

/** A figure as it is; of several how many there are. */
function inShort(text: string): string {
  const entries = entriesOf(text);
  return entries.length === 1 ? (entries[0] ?? "") : `${entries.length} entries`;
}

/** What is checked, in the words of a violation: `spend by channel, team (model first)`. */
function nameOf({ check: id, dimension, model, grain }: Verdict): string {
  const split = [dimension, grain].filter((each) => each !== null).join(", ");
  return `${id}${split === "" ? "" : ` by ${split}`}${model === null ? "" : ` (model ${model})`}`;
}

const widest = 100;

/** Words after a heading, on as many lines as they need, the later ones under the first. */
function wrapped(heading: string, words: readonly string[]): string[] {
  const lines: string[] = [];
  let line = heading;
  for (const word of words) {
    const isFull = line.length + 1 + word.length > widest && line.trim() !== "" && line !== heading;
    if (isFull) lines.push(line);
    line = `${isFull ? " ".repeat(heading.length) : line} ${word}`;
  }
  return [...lines, line];
}

/** Both sides of a check that does not hold, entry by entry. */
function differing(verdict: Verdict): string[] {
  const side = (text: string) => entriesOf(text).map((entry, i, all) => (i < all.length - 1 ? `${entry},` : entry));
  return [
    `✗ ${nameOf(verdict)}`,
    ...wrapped("  expected", side(verdict.expected)),
    ...wrapped("  found   ", side(verdict.found)),
  ];
}

function asTable({ load, checks, violations }: CheckReport): string {
  if (checks.length === 0) return "nothing is loaded yet, so there is nothing to check";
  const rows = checks.map((each) => [
    each.holds ? "✓" : "✗",
    nameOf(each),
    inShort(each.expected),
    inShort(each.found),
  ]);
  const summary =
    violations.length === 0
      ? `all ${checks.length} checks hold after load ${load}`
      : `${violations.length} of ${checks.length} checks do not hold after load ${load}: numbers that rest on them are wrong`;
  const apart = checks.filter(({ holds }) => !holds).flatMap(differing);
  return [table(columns, rows), "", ...(apart.length === 0 ? [] : [...apart, ""]), summary].join("\n");
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
