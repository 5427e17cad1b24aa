import type { Beside, Rehearsal, RehearsedGoal, RehearsedVariant } from "../contract/rehearsal.ts";
import { openClient } from "./client.ts";
import { change, figure } from "./figures.ts";
import { periodOf, subject, whose } from "./goal-words.ts";
import { oneOf, optionsOf } from "./options.ts";
import { editLines, proposedOf, versionLine } from "./proposed.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const columns = [
  { title: "" },
  { title: "before", right: true },
  { title: "after", right: true },
  { title: "change", right: true },
];

function line({ period, before, after }: Beside, { unit, currency }: Pick<RehearsedVariant, "unit" | "currency">) {
  const [left, right] = [before?.value ?? null, after?.value ?? null];
  const moved = left === right ? "" : change(right, left, unit);
  return [period ?? "total", figure(left, unit, currency), figure(right, unit, currency), moved];
}

function variantText(variant: RehearsedVariant): string {
  const heading = `${variant.indicator} · ${variant.variant} · ${variant.title}`;
  if (!variant.changed) return `${heading}: nothing changes`;
  const lines = [...variant.months, variant.total].map((each) => line(each, variant));
  const problem = variant.problem === null ? "" : `\n⚠ ${variant.problem.message}`;
  return `${heading}\n${table(columns, lines)}${problem}`;
}

const verdict = (met: boolean | null | undefined): string => (met == null ? "no value" : met ? "met" : "not met");

const goalLine = ({ goal, before, after }: RehearsedGoal): string =>
  `  ${subject(goal)} · ${whose(goal)} · ${periodOf(goal)}: ${verdict(before?.met)} → ${verdict(after?.met)}`;

function goalsText(goals: readonly RehearsedGoal[]): string {
  const turned = goals.filter(({ before, after }) => before?.met !== after?.met);
  if (goals.length === 0) return "No goal is held against it.";
  if (turned.length === 0) return `None of ${goals.length} goals is met or missed otherwise.`;
  return `${turned.length} of ${goals.length} goals are met or missed otherwise:\n${turned.map(goalLine).join("\n")}`;
}

function asText({ version, variants, goals, scoreboard }: Rehearsal): string {
  const share = { unit: "ratio", currency: null } as const;
  const [, before, after] = line(scoreboard.total, share);
  return [
    versionLine(version),
    version.changed ? editLines(version.edits).join("\n") : "It says what is in force already.",
    ...(variants.length === 0 ? ["No number changes."] : variants.map(variantText)),
    goalsText(goals),
    `Goals met in these months: ${before} → ${after}`,
    "Nothing of this is kept; `embudo publish` makes it so.",
  ].join("\n\n");
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...workspaceOption,
    effective: { type: "string" },
    format: { type: "string" },
  });
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const proposed = proposedOf(positionals, values.effective, terminal);
  const writes = !proposed.file.startsWith("indicators/");
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, writes);
  try {
    const rehearsal = await client.rehearse(proposed);
    terminal.out(format === "json" ? `${JSON.stringify(rehearsal, null, 2)}\n` : `${asText(rehearsal)}\n`);
    return 0;
  } finally {
    client.close();
  }
}

export const rehearse: Command = {
  name: "rehearse",
  summary: "shows what a proposed definition or proposed settings would change",
  usage: "embudo rehearse FILE [--effective DAY] [--format table|json] [--workspace DIR]",
  run,
};
