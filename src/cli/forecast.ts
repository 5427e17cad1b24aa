import { SealOrder, type ForecastScore, type ForecastScores, type SealedForecast } from "../contract/forecast.ts";
import { csv } from "../contract/csv.ts";
import { openClient } from "./client.ts";
import { figure } from "./figures.ts";
import { tellFound } from "./found.ts";
import { optionsOf, Usage } from "./options.ts";
import { filters } from "./question.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const options = {
  ...workspaceOption,
  where: { type: "string", multiple: true },
  currency: { type: "string" },
  by: { type: "string" },
  format: { type: "string" },
} as const;

const percent = (share: number | null): string => (share === null ? "" : figure(share, "ratio", null));
const right = (...titles: string[]) => titles.map((title) => ({ title, right: true }));

/** How far forecasts were off to one side, in words. */
const biasOf = (bias: number | null): string =>
  bias === null || bias === 0 ? "" : `${percent(Math.abs(bias))} too ${bias > 0 ? "high" : "low"}`;

const scoreRow = ({ kind, name, grain, forecasts, within, error, bias, pinball }: ForecastScore): string[] => [
  kind === "company" ? "company" : `${kind} ${name ?? "(none)"}`,
  grain,
  String(forecasts),
  percent(error),
  biasOf(bias),
  percent(pinball),
  `${within} of ${forecasts}`,
];

function asTable({ sealed, altered, last, waiting, scores }: ForecastScores): string {
  const until = last === null ? "" : `, the last at ${last}`;
  return [
    ...(altered === null
      ? []
      : [`✗ line ${altered} of forecasts.jsonl is not what was sealed; it and what follows do not count`]),
    `Sealed forecasts: ${sealed}${until}. Periods that they foretold and that are not over yet: ${waiting}.`,
    ...(scores.length === 0
      ? ["No period is over yet, so that none can be scored."]
      : [
          table(
            [
              { title: "" },
              { title: "period" },
              ...right("scored", "mean error", "bias", "pinball", "in the band of 80 %"),
            ],
            scores.map(scoreRow),
          ),
        ]),
  ].join("\n\n");
}

function asCsv({ scored }: ForecastScores): string {
  const head = ["scope", "name", "grain", "from", "to", "known_on", "method", "p10", "p50", "p90", "actual", "within"];
  const lines = scored.map(({ kind, name, grain, from, to, observedTo, method, low, mid, high, actual, within }) => [
    kind,
    name,
    grain,
    from,
    to,
    observedTo,
    method,
    low,
    mid,
    high,
    actual,
    within ? 1 : 0,
  ]);
  return csv([head, ...lines]);
}

function sealedLine({ observedTo, entries, digest, currency }: SealedForecast): string {
  const own = entries.filter(({ kind }) => kind === "company");
  const told = own.map(
    ({ from, to, mid }) => `${from} to ${to}: ${figure(Math.round(mid), "count", null)} ${currency}`,
  );
  return `Sealed as known on ${observedTo}: ${entries.length} forecasts; of the company ${told.join(", ")}.\nDigest ${digest}\n`;
}

type Values = ReturnType<typeof optionsOf<typeof options>>["values"];

async function sealNow({ workspace, where, currency, by, format }: Values, terminal: Terminal): Promise<number> {
  if (format !== undefined) throw new Usage("--format belongs to `embudo forecast scores`");
  const stated = { where: where && filters(where, "where"), currency, by };
  const order = SealOrder.parse(Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)));
  const client = await openClient(workspaceOf(workspace, terminal), terminal.now, true);
  try {
    terminal.out(sealedLine(await client.seal(order)));
    return 0;
  } finally {
    client.close();
  }
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, options);
  const [what, ...more] = positionals;
  if (more.length > 0) throw new Usage(`${more.join(" ")} is too much`);
  if (what === "seal") return sealNow(values, terminal);
  if (what !== "scores") throw new Usage("say `seal` or `scores`");
  if (values.where !== undefined || values.currency !== undefined || values.by !== undefined)
    throw new Usage("`embudo forecast scores` tells of all that is sealed; leave --where, --currency and --by out");
  const { workspace, format } = values;
  return tellFound({ workspace, format }, (client) => client.forecasts(terminal.signal), { asTable, asCsv }, terminal);
}

export const forecast: Command = {
  name: "forecast",
  summary: "seals the forecast of revenue as it is known now, and scores those whose period is over",
  usage: `embudo forecast seal [--where DIM=VALUE]… [--currency CODE] [--by NAME] [--workspace DIR]
embudo forecast scores [--format table|json|csv] [--workspace DIR]`,
  run,
};
