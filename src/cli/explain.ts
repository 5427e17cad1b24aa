import { csv } from "../contract/csv.ts";
import type { ExplainRequest } from "../contract/api.ts";
import type { ExplainedPart, Explanation } from "../contract/explanation.ts";
import { openClient } from "./client.ts";
import { figure, intervalOf, reasonsOf } from "./figures.ts";
import { oneOf, optionsOf, pair, Usage, wholeNumber } from "./options.ts";
import { filters, questionOf, questionOptions } from "./question.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { whyInLines } from "./why.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

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
  const sure = [intervalOf(cell.interval), reasonsOf(cell.flags)].filter((each) => each !== "").join(", ");
  return [
    `${indicator.title} · ${indicator.variant} · version ${indicator.version}${where.length === 0 ? "" : ` · ${where.join(", ")}`}`,
    indicator.description,
    "",
    `${figure(cell.value, indicator.unit, indicator.currency)}${sure === "" ? "" : `  (${sure})`}`,
    found.formula,
    found.math,
    "",
    ...(found.why === null ? [] : whyInLines(found.why, indicator)),
    ...found.parts.flatMap((part) => [partInLines(part, indicator.currency), ""]),
    ...found.warnings.map((each) => `${each.severity === "error" ? "✗" : "⚠"} ${each.message}`),
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

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...questionOptions,
    ...workspaceOption,
    key: { type: "string", multiple: true },
    period: { type: "string" },
    over: { type: "string" },
    versus: { type: "string", multiple: true },
    part: { type: "string" },
    limit: { type: "string" },
    offset: { type: "string" },
    format: { type: "string" },
  });
  const format = oneOf(values.format, "format", ["table", "json", "csv"]) ?? "table";
  const { workspace, key, period, over, versus, part, limit, offset, format: _, ...rest } = values;
  const pairs = (key ?? [])
    .map((each) => pair(each, "key"))
    .map(([dimension, value]) => [dimension, value === "(none)" ? null : value] as const);
  const question = questionOf(positionals, rest);
  const by = [...new Set([...(question.by ?? []), ...pairs.map(([dimension]) => dimension)])];
  const request: ExplainRequest = {
    question: by.length === 0 ? question : { ...question, by },
    key: Object.fromEntries(pairs),
    ...(period === undefined ? {} : { period }),
    ...(over === undefined ? {} : { over }),
    ...(versus === undefined ? {} : { versus: { where: filters(versus, "versus") } }),
    limit: wholeNumber(limit, "limit") ?? (format === "csv" ? 100_000 : 10),
    offset: wholeNumber(offset, "offset") ?? 0,
  };
  const client = await openClient(workspaceOf(workspace, terminal), terminal.now, false);
  try {
    const found = await client.explain(request, terminal.signal);
    const write = {
      table: () => `${asText(found)}\n`,
      json: () => `${JSON.stringify(found, null, 2)}\n`,
      csv: () => rowsAsCsv(found, part),
    };
    terminal.out(write[format]());
    return 0;
  } finally {
    client.close();
  }
}

export const explain: Command = {
  name: "explain",
  summary: "opens one number: its math, why it changed, the rows behind it, and the SQL that ran",
  usage: `embudo explain INDICATOR [options of ask] [--key DIM=VALUE]… [--period DAY]
  [--over DIM] [--versus DIM=VALUE]…
  [--part NAME] [--limit N] [--offset N] [--format table|json|csv] [--workspace DIR]`,
  run,
};
