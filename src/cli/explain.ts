import { csv } from "../contract/csv.ts";
import type { ExplainedPart, Explanation } from "../contract/explanation.ts";
import { bridgeInLines } from "./bridge.ts";
import { changesInLines } from "./changes.ts";
import { openClient } from "./client.ts";
import { explainOptions, explainRequestOf } from "./explain-request.ts";
import { circumstances, figure, intervalOf, levelOf, reasonsOf } from "./figures.ts";
import { oneOf, optionsOf, Usage } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { moversInLines, whyInLines } from "./why.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";
import { warningLines } from "./found.ts";

const shown = (value: string | number | boolean | null | undefined): string => (value == null ? "" : String(value));

function partInLines(part: ExplainedPart, currency: string | null): string {
  const filled = part.columns.filter((column) => part.rows.some((row) => row[column] !== null));
  const rows = part.rows.map((row) => filled.map((column) => shown(row[column])));
  const head = `${part.title}: ${figure(part.value, part.unit, currency)} — ${part.definition} (${part.fact}, ${part.rowCount} rows)`;
  const more =
    part.rowCount > rows.length ? [`… ${rows.length} of ${part.rowCount}; --limit and --offset show others`] : [];
  return [
    head,
    ...(rows.length === 0
      ? []
      : [
          table(
            filled.map((title) => ({ title })),
            rows,
          ),
        ]),
    ...more,
  ].join("\n");
}

function asText(found: Explanation): string {
  const { indicator, cell } = found;
  const where = [
    ...Object.entries(found.key).map(([dimension, value]) => `${dimension} = ${value ?? "(none)"}`),
    ...(found.period === null ? [] : [found.period]),
  ];
  const written = (ends: typeof cell.interval) => intervalOf(ends, indicator.unit, indicator.currency);
  const range = written(cell.interval);
  const sure = [
    range === "" ? "" : `${levelOf(found.question)} ${range}`,
    cell.band === null ? "" : `to end within ${written(cell.band)}`,
    reasonsOf(cell.flags),
  ]
    .filter((each) => each !== "")
    .join(", ");
  return [
    `${indicator.title} · ${indicator.variant} · version ${indicator.version}${where.length === 0 ? "" : ` · ${where.join(", ")}`}`,
    circumstances(found.question),
    indicator.description,
    "",
    `${figure(cell.value, indicator.unit, indicator.currency)}${sure === "" ? "" : `  (${sure})`}`,
    found.formula,
    found.math,
    "",
    ...(found.why === null ? [] : whyInLines(found.why, indicator)),
    ...moversInLines(found.movers, indicator),
    ...(found.changes === null ? [] : changesInLines(found.changes, indicator)),
    ...(found.bridge === null ? [] : bridgeInLines(found.bridge)),
    ...found.parts.flatMap((part) => [partInLines(part, indicator.currency), ""]),
    ...warningLines(found.warnings),
    "SQL",
    found.sql,
  ].join("\n");
}

function rowsAsCsv(found: Explanation, part: string | undefined): string {
  const wanted = part === undefined ? found.parts[0] : found.parts.find((each) => each.id === part);
  if (wanted === undefined)
    throw new Usage(`--part takes ${found.parts.map((each) => each.id).join(", ")}, not ${part}`);
  return csv([wanted.columns, ...wanted.rows.map((row) => wanted.columns.map((column) => row[column]))]);
}

const bucketAsCsv = ({ bridge }: Explanation): string =>
  csv([["key", "left", "right"], ...(bridge?.rows ?? []).map(({ key, left, right }) => [key, left, right])]);

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...explainOptions,
    ...workspaceOption,
    format: { type: "string" },
  });
  const { workspace, format: wanted, ...asked } = values;
  const format = oneOf(wanted, "format", ["table", "json", "csv"]) ?? "table";
  const request = explainRequestOf(positionals, asked, format === "csv" ? 100_000 : 10);
  const client = await openClient(workspaceOf(workspace, terminal), terminal.now, false);
  try {
    const found = await client.explain(request, terminal.signal);
    const write = {
      table: () => `${asText(found)}\n`,
      json: () => `${JSON.stringify(found, null, 2)}\n`,
      csv: () => (request.bucket === undefined ? rowsAsCsv(found, asked.part) : bucketAsCsv(found)),
    };
    terminal.out(write[format]());
    return 0;
  } finally {
    client.close();
  }
}

export const explain: Command = {
  name: "explain",
  summary:
    "opens one number: its math, why it changed, what became known, how it differs from another, its rows and its SQL",
  usage: `embudo explain INDICATOR [options of ask] [--key DIM=VALUE]… [--period DAY]
  [--over DIM] [--movers] [--versus DIM=VALUE]… [--since DAY|INSTANT]
  [--against INDICATOR[:VARIANT]] [--against-where DIM=VALUE]… [--against-from DAY] [--against-to DAY]
  [--against-as-of DAY|INSTANT] [--against-clock C] [--against-part NAME] [--bucket SIDE:REASON]
  [--part NAME] [--limit N] [--offset N] [--format table|json|csv] [--workspace DIR]`,
  run,
};
