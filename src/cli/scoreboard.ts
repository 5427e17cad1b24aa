import type { Scoreboard, ScoreboardAnswer, ScoreboardLine } from "../contract/scoreboard.ts";
import { openClient } from "./client.ts";
import { change, figure, reasonsOf } from "./figures.ts";
import { goalFigure, verdictIn } from "./goal-words.ts";
import { oneOf, optionsOf, Usage } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const right = ["value", "change", "goal", "reached", "due by now", "per day left"];
const columns = [{ title: "indicator" }, ...right.map((title) => ({ title, right: true })), { title: "" }];

const named = ({ indicator, variant }: ScoreboardLine): string =>
  variant === null ? indicator : `${indicator}:${variant}`;

function cellsOf(line: ScoreboardLine): string[] {
  const { unit, value, before, attainment, problem, currency } = line;
  if (unit === null) return [named(line), "", "", "", "", "", "", problem?.message ?? ""];
  const head = [named(line), figure(value, unit, currency), change(value, before, unit)];
  if (attainment === null) return [...head, "", "", "", "", reasonsOf(line.flags)];
  const amount = (figured: number | null) => goalFigure(figured, unit, attainment.currency);
  const { goal, due, required, verdict } = attainment;
  return [
    ...head,
    amount(goal.target),
    figure(attainment.attainment, "ratio", null),
    amount(due),
    required === null ? "" : amount(required),
    [
      ...(verdict === null ? [] : [verdictIn(verdict)]),
      ...(line.flags.length === 0 ? [] : [reasonsOf(line.flags)]),
    ].join(", "),
  ];
}

function asText({ scoreboard, from, to, compared, lines }: ScoreboardAnswer, others: readonly Scoreboard[]): string {
  const filters = Object.entries(scoreboard.filters).map(
    ([dimension, values]) => `${dimension} = ${values.join(", ")}`,
  );
  const names = others.map((each) => each.name).filter((each) => each !== scoreboard.name);
  return [
    [
      scoreboard.title,
      ...filters,
      `${from} to ${to} (exclusive)`,
      `change against ${compared.from} to ${compared.to}`,
    ].join(" · "),
    "",
    table(columns, lines.map(cellsOf)),
    ...(names.length === 0 ? [] : ["", `others: ${names.join(", ")}`]),
  ].join("\n");
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...workspaceOption,
    from: { type: "string" },
    to: { type: "string" },
    "as-of": { type: "string" },
    format: { type: "string" },
  });
  const [name, ...more] = positionals;
  if (more.length > 0) throw new Usage(`one scoreboard at a time; ${more.join(" ")} is too much`);
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const { from, to, "as-of": asOf } = values;
  const stated = Object.entries({ name, from, to, asOf }).filter(([, value]) => value !== undefined);
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, false);
  try {
    const found = await client.scoreboard(Object.fromEntries(stated), terminal.signal);
    terminal.out(
      format === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${asText(found, await client.scoreboards())}\n`,
    );
    return 0;
  } finally {
    client.close();
  }
}

export const scoreboard: Command = {
  name: "scoreboard",
  summary: "shows a scoreboard: its indicators, their change, their goals and pace; the nine without a name",
  usage:
    "embudo scoreboard [NAME] [--from DAY] [--to DAY] [--as-of DAY|INSTANT] [--format table|json] [--workspace DIR]",
  run,
};
