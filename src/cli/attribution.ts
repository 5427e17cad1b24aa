import { checkedAttribution } from "../ask/api.ts";
import { csv } from "../contract/csv.ts";
import type { AttributedRow, Attribution, AttributionRequest, SettingRange, Verdict } from "../contract/attribution.ts";
import { present, tellFound, warningLines } from "./found.ts";
import { circumstances, figure } from "./figures.ts";
import { optionsOf, Usage, wholeNumber } from "./options.ts";
import { filters } from "./question.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOption } from "./workspace.ts";

const options = {
  by: { type: "string" },
  of: { type: "string" },
  settings: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  where: { type: "string", multiple: true },
  model: { type: "string" },
  "look-back": { type: "string" },
  views: { type: "boolean" },
  direct: { type: "string" },
  "as-of": { type: "string" },
  currency: { type: "string" },
  format: { type: "string" },
  ...workspaceOption,
} as const;

const unattributed = "(unattributed)";
const mostPairs = 12;
const unproven =
  "unproven: every setting agrees, but not if a third of the credit was caused, or all of people met, or chance was against it";

type Values = { readonly [K in Exclude<keyof typeof options, "where" | "views">]?: string } & {
  readonly where?: readonly string[];
  readonly views?: boolean;
};

function requestOf(values: Omit<Values, "format" | "workspace">): AttributionRequest {
  const { where, "look-back": days, "as-of": asOf, ...rest } = values;
  const lookBack = wholeNumber(days, "look-back");
  const stated = { ...rest, lookBack, asOf, where: where && filters(where, "where") };
  return checkedAttribution(present(stated));
}

const some = (ids: readonly string[]): string =>
  ids.length > 2 ? `${ids[0]} and ${ids.length - 1} more` : ids.join(", ");

function rangeText(range: SettingRange | null, { unit }: Attribution): string[] {
  if (range === null) return ["", ""];
  const { low, high, lowest, highest } = range;
  if (low === high) return [figure(low, unit, null), "every setting"];
  return [`${figure(low, unit, null)} to ${figure(high, unit, null)}`, `${some(lowest)}; ${some(highest)}`];
}

function cells(found: Attribution, row: AttributedRow, name: string): string[] {
  const { unit, question } = found;
  const outcomeUnit = question.of === "revenue" ? "money" : "count";
  return [
    name,
    figure(row.costs, "money", null),
    figure(row.chosen.credited, outcomeUnit, null),
    figure(row.chosen.value, unit, null),
    ...rangeText(row.range, found),
    figure(row.customers, "count", null),
    row.caused === null ? "" : row.caused.map((amount) => figure(amount, outcomeUnit, null)).join(" to "),
    row.verdict ?? "",
  ];
}

const returnOrCost = ({ better }: Attribution): string => (better === "higher" ? "return" : "cost of one");

const columnsOf = (found: Attribution) => [
  { title: found.question.by },
  { title: "costs", right: true },
  { title: found.question.of, right: true },
  { title: returnOrCost(found), right: true },
  { title: "over all settings", right: true },
  { title: "least; most by" },
  { title: "new customers", right: true },
  { title: "may have caused", right: true },
  { title: "" },
];

function pairLines({ pairs }: Attribution): string[] {
  const contested = pairs.filter(({ verdict }) => verdict === "contested");
  if (pairs.length === 0) return [];
  const number = (wanted: Verdict): number => pairs.filter(({ verdict }) => verdict === wanted).length;
  const shown = contested.slice(0, mostPairs);
  return [
    `${number("robust")} of ${pairs.length} pairs are robust; ${number("unproven")} come in the same order under every setting, but chance or cause could turn them`,
    ...shown.map(
      ({ better, worse, otherwise }) => `  ${better} before ${worse}, but not under ${otherwise.join(", ")}`,
    ),
    ...(contested.length > shown.length ? [`  and ${contested.length - shown.length} more`] : []),
    "",
  ];
}

function asTable(found: Attribution): string {
  const { question, rows, total, chosen, settings, currency, warnings } = found;
  const lines = [...rows.map((row) => cells(found, row, row.name ?? unattributed)), cells(found, total, "total")];
  return [
    `${question.of} by ${question.by} · ${circumstances(question)} · ${chosen}, held against ${settings.length} settings · ${currency}`,
    "",
    table(columnsOf(found), lines),
    "",
    `${returnOrCost(found)} = ${found.formula}`,
    ...(rows.some(({ name, costs }) => name === null && costs !== 0)
      ? [`the costs of ${unattributed} name no ${question.by}, such as salaries and tools; the total has them`]
      : []),
    "",
    ...pairLines(found),
    ...(rows.some(({ verdict }) => verdict === "unproven") ? [unproven, ""] : []),
    ...warningLines(warnings),
  ].join("\n");
}

function asCsv({ question, rows, settings }: Attribution): string {
  const head = [question.by, "setting", "costs", "credited", "value", "verdict"];
  const lines = rows.flatMap(({ name, costs, results, verdict }) =>
    settings.map(({ id }, at) => [name, id, costs, results[at]?.credited ?? null, results[at]?.value ?? null, verdict]),
  );
  return csv([head, ...lines]);
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, options);
  if (positionals.join(" ") !== "compare") throw new Usage("say what to do: `embudo attribution compare`");
  const { workspace, format, ...asked } = values;
  const request = requestOf(asked);
  return tellFound(
    { workspace, format },
    (client) => client.attribution(request, terminal.signal),
    { asTable, asCsv },
    terminal,
  );
}

export const attribution: Command = {
  name: "attribution",
  summary: "holds what each channel or campaign earned under one model against all others",
  usage: `embudo attribution compare [--by channel|source|medium|campaign|ad] [--of revenue|leads|mql|sql|customers]
  [--settings all|models] [--from DAY] [--to DAY] [--where DIM=VALUE]… [--model M]
  [--look-back DAYS] [--views] [--direct counts|yields] [--as-of INSTANT] [--currency CODE]
  [--format table|json|csv] [--workspace DIR]`,
  run,
};
