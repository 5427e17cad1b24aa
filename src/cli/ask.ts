import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { canonical } from "../contract/canonical.ts";
import { csv } from "../contract/csv.ts";
import type { Answer, ComparedRow, Row } from "../contract/answer.ts";
import { periodsOf, type Range } from "../engine/time.ts";
import { openClient } from "./client.ts";
import { change, figure, headline, intervalOf, levelOf, partFigures, reasonsOf } from "./figures.ts";
import { oneOf, optionsOf } from "./options.ts";
import { questionOf, questionOptions } from "./question.ts";
import { rankingLines } from "./ranking.ts";
import { bar, sparkline, table, type Column } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";
import { warningLines } from "./found.ts";

const before = (answer: Answer, row: Row, i: number): (Row & Partial<ComparedRow>) | undefined => {
  const { comparison } = answer;
  if (comparison === null) return undefined;
  if (row.period !== null) {
    const { grain, from = "", to = "" } = answer.question;
    const starts = (range: Range) => (grain === undefined ? [] : periodsOf(grain, range).map(({ start }) => start));
    const period = starts(comparison)[starts({ from, to }).indexOf(row.period)];
    return comparison.rows.find(
      (each) => each.period === period && JSON.stringify(each.key) === JSON.stringify(row.key),
    );
  }
  return (
    comparison.rows.find((each) => JSON.stringify(each.key) === JSON.stringify(row.key)) ??
    (i < 0 ? comparison.total : undefined)
  );
};

/** Whether values are estimates with what was seen so far beside them. */
const isEstimated = ({ rows, total }: Answer): boolean => [...rows, total].some((row) => row.observed !== null);

const hasIntervals = ({ rows }: Answer): boolean => rows.some((row) => row.interval !== null);

/** A value of a key, with its name where it has one. */
function calledIn({ names }: Answer, dimension: string, value: string | null): string {
  const called = names?.[dimension]?.[value ?? ""];
  return called === undefined ? (value ?? "(none)") : `${called} (${value})`;
}

function cells(answer: Answer, row: Row, i: number, largest: number, parts: readonly string[]): string[] {
  const { unit, currency } = answer.indicator;
  const keys = Object.entries(row.key).map(([dimension, value]) => calledIn(answer, dimension, value));
  const period = row.period === null ? [] : [`${row.period}${row.incomplete ? " …" : ""}`];
  const then = before(answer, row, i);
  const compared = answer.comparison === null ? [] : [change(row.value, then?.value ?? null, unit)];
  const noise = then?.certain === false ? "within noise" : "";
  return [
    ...period,
    ...keys,
    figure(row.value, unit, currency),
    ...(isEstimated(answer) ? [row.observed === null ? "" : figure(row.observed, unit, currency)] : []),
    ...compared,
    ...(hasIntervals(answer) ? [intervalOf(row.interval, unit, currency)] : []),
    ...parts,
    bar(row.value, largest),
    [reasonsOf(row.flags), noise].filter((each) => each !== "").join(", "),
  ];
}

/** The total against that of the other range, with the verdict where chance may have made the difference. */
function comparedTotal({ comparison, total, indicator }: Answer): string {
  if (comparison === null) return "";
  const range = `${comparison.from} to ${comparison.to}`;
  if (comparison.total.value === null) return `  no value from ${range} to hold it against`;
  const noise = comparison.certain === false ? ", within noise" : "";
  return `  ${change(total.value, comparison.total.value, indicator.unit)} against ${range}${noise}`;
}

function totalLine(answer: Answer, parts: readonly string[]): string {
  const { rows, total, question, indicator } = answer;
  const { unit, currency } = indicator;
  const soFar = total.observed === null ? "" : `, ${figure(total.observed, unit, currency)} so far`;
  const interval = intervalOf(total.interval, unit, currency);
  const sure = interval === "" ? "" : `${levelOf(question)} ${interval}; `;
  const overTime = question.grain !== undefined && (question.by ?? []).length === 0;
  const line = overTime ? `  ${sparkline(rows.map((row) => row.value))}` : "";
  const named = Object.keys(total.parts).map((part, i) => `${part.replaceAll("_", " ")} ${parts[i] ?? ""}`);
  const notes = reasonsOf(total.flags);
  return `total  ${figure(total.value, unit, currency)}${soFar}${line}${comparedTotal(answer)}  (${sure}${named.join(", ")})${notes === "" ? "" : `  ${notes}`}`;
}

function columnsOf(answer: Answer): Column[] {
  const { rows, total, question, comparison } = answer;
  return [
    ...(rows.some((row) => row.period !== null) ? [{ title: "period" }] : []),
    ...(question.by ?? []).map((title) => ({ title })),
    { title: "value", right: true },
    ...(isEstimated(answer) ? [{ title: "so far", right: true }] : []),
    ...(comparison === null ? [] : [{ title: "change", right: true }]),
    ...(hasIntervals(answer) ? [{ title: levelOf(question), right: true }] : []),
    ...Object.keys(total.parts).map((part) => ({ title: part.replaceAll("_", " "), right: true })),
    { title: "" },
    { title: "" },
  ];
}

function asTable(answer: Answer): string {
  const { rows, total } = answer;
  const split = rows.some((row) => row.period !== null || Object.keys(row.key).length > 0);
  const largest = Math.max(0, ...rows.map((row) => row.value ?? 0));
  const parts = partFigures(answer);
  const lines = () => rows.map((row, i) => cells(answer, row, i, largest, parts(row)));
  return [
    headline(answer),
    "",
    ...(split ? [table(columnsOf(answer), lines()), ""] : []),
    ...rankingLines(answer),
    totalLine(answer, parts(total)),
    ...warningLines(answer.warnings),
    ...answer.freshness.map(
      (each) => `from ${each.source}, loaded ${each.loadedAt.slice(0, 16).replace("T", " ")} UTC`,
    ),
  ].join("\n");
}

function asCsv(answer: Answer): string {
  const keys = answer.question.by ?? [];
  const parts = Object.keys(answer.total.parts);
  const head = [
    "period",
    ...keys,
    "value",
    "observed",
    "n",
    "low",
    "high",
    "maturity",
    "incomplete",
    ...parts,
    "flags",
  ];
  const rows = answer.rows.map((row) => [
    row.period,
    ...keys.map((key) => row.key[key] ?? null),
    row.value,
    row.observed,
    row.n,
    row.interval?.[0] ?? null,
    row.interval?.[1] ?? null,
    row.maturity,
    row.incomplete,
    ...parts.map((part) => row.parts[part] ?? null),
    row.flags.join(" "),
  ]);
  return csv([head, ...rows]);
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...questionOptions,
    ...workspaceOption,
    format: { type: "string" },
    receipt: { type: "string" },
  });
  const format = oneOf(values.format, "format", ["table", "json", "csv"]) ?? "table";
  const { workspace, format: _, receipt, ...rest } = values;
  const question = questionOf(positionals, rest);
  const client = await openClient(workspaceOf(workspace, terminal), terminal.now, false);
  try {
    const answer = await client.ask(question, terminal.signal);
    const write = {
      table: () => `${asTable(answer)}\n`,
      json: () => `${JSON.stringify(answer, null, 2)}\n`,
      csv: () => asCsv(answer),
    };
    terminal.out(write[format]());
    if (receipt !== undefined) {
      writeFileSync(resolve(terminal.folder, receipt), canonical(await client.receipt(question, terminal.signal)));
      terminal.err(`the receipt is in ${receipt}; \`embudo verify ${receipt}\` computes it again\n`);
    }
    return 0;
  } finally {
    client.close();
  }
}

export const ask: Command = {
  name: "ask",
  summary: "answers one question about one indicator",
  usage: `embudo ask INDICATOR [--variant V] [--by DIM,…] [--grain day|week|month|quarter|year] [--from DAY] [--to DAY]
  [--where DIM=VALUE]… [--clock period|cohort] [--window DAYS] [--model M]
  [--look-back DAYS] [--views] [--direct counts|yields] [--compare previous|year]
  [--as-of DAY|INSTANT] [--currency CODE] [--interval 0.8] [--definition N] [--rank]
  [--format table|json|csv] [--receipt FILE] [--workspace DIR]`,
  run,
};
