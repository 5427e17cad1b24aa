import { checkedFunnel } from "../ask/api.ts";
import { csv } from "../contract/csv.ts";
import type { Funnel, FunnelExit, FunnelSource, FunnelStep, RankFlip } from "../contract/funnel.ts";
import { refuseWords, requestOf, tellFound, warningLines } from "./found.ts";
import { circumstances, figure } from "./figures.ts";
import { optionsOf } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOption } from "./workspace.ts";

const options = {
  ...workspaceOption,
  by: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  where: { type: "string", multiple: true },
  model: { type: "string" },
  "as-of": { type: "string" },
  currency: { type: "string" },
  format: { type: "string" },
} as const;

const count = (value: number | null): string => figure(value, "count", null);
const money = (value: number | null): string => figure(value, "money", null);
const percent = (value: number | null): string => figure(value, "ratio", null);
const days = (value: number | null): string => (value === null ? "" : figure(value, "days", null));
const right = (...titles: string[]) => titles.map((title) => ({ title, right: true }));
const whole = (value: number): string => String(Math.round(value));

function worstLine({ steps, worst, currency }: Funnel): string {
  const at = steps.findIndex(({ stage }) => stage === worst);
  const [step, next] = [steps[at], steps[at + 1]];
  if (step?.held == null || next === undefined) return "No stage loses more than by the norm, beyond noise.";
  const { cohort, norm, window, missing, atStake } = step.held;
  const stake = atStake === null ? "" : `, worth ${figure(atStake, "money", currency)}`;
  return `The stage that loses most against the norm: from ${step.stage} to ${next.stage}, ${percent(cohort.rate)} within ${window} days where ${percent(norm.rate)} is the norm. ${whole(missing ?? 0)} leads are missing${stake}.`;
}

function flipLine({ cheaper, dearer, worth, interval, returnsLess }: RankFlip, { sources, currency }: Funnel): string {
  const [one, other] = [cheaper, dearer].map((name) => sources.find((each) => each.name === name));
  const cost = (source: FunnelSource | undefined) => figure(source?.costPerLead ?? null, "money", currency);
  const value = (source: FunnelSource | undefined) => figure(source?.affordable ?? null, "money", currency);
  const less = returnsLess ? " It brings back less for the money, too." : "";
  return `Leads of ${cheaper} look cheap: ${cost(one)} each where ${dearer} costs ${cost(other)}. But they are worth ${value(one)}, not ${value(other)}: ${percent(worth)} of it (${percent(interval[0])} to ${percent(interval[1])}).${less}`;
}

const stepRow = ({ stage, reached, wentOn, out, inside, held, value }: FunnelStep): string[] => [
  stage,
  count(reached),
  count(wentOn),
  count(out.leads),
  days(out.days),
  count(inside.leads),
  days(inside.days),
  held === null || held.cohort.rate === null ? "" : percent(held.cohort.rate),
  held === null || held.norm.rate === null ? "" : percent(held.norm.rate),
  held?.certain === true ? ((held.missing ?? 0) > 0 ? "worse" : "better") : "",
  money(value),
];

const exitRow = (stage: string, { kind, reason, leads, days: age, value }: FunnelExit): string[] => [
  stage,
  kind,
  reason ?? "(none)",
  count(leads),
  days(age),
  value === null ? "" : money(value),
];

const sourceRow = (source: FunnelSource): string[] => [
  source.name ?? "(none)",
  count(source.leads),
  percent(source.sale[0] ?? null),
  percent(source.churn),
  money(source.value.at(-1) ?? null),
  money(source.affordable),
  source.interval === null ? "" : `${money(source.interval[0])}–${money(source.interval[1])}`,
  money(source.costPerLead),
  source.returned === null ? "" : `${source.returned.toFixed(2)}×`,
];

function asText(found: Funnel): string {
  const { question, norm, steps, sources, flips, currency, months, worthBy } = found;
  const worth = worthBy === "subscription" ? `over ${months} months of a customer` : "by what customers paid so far";
  return [
    `Leads created ${circumstances({ ...question, clock: "cohort" })} · norm: ${count(norm.leads)} leads from ${norm.from} to ${norm.to} · ${currency}`,
    [worstLine(found), ...flips.map((each) => flipLine(each, found))].join("\n"),
    table(
      [
        { title: "stage" },
        ...right("reached", "went on", "out", "median", "inside", "median", "rate", "norm"),
        { title: "" },
        ...right("worth"),
      ],
      steps.map(stepRow),
    ),
    `Ways out\n${table(
      [{ title: "stage" }, { title: "" }, { title: "reason" }, ...right("leads", "median", "at stake")],
      steps.flatMap(({ stage, exits }) => exits.map((exit) => exitRow(stage, exit))),
    )}`,
    `By ${question.by}, of the leads from ${norm.from} to ${question.to}; worth ${worth}\n${table(
      [
        { title: "" },
        ...right(
          "leads",
          "sale",
          "lost a month",
          "a customer",
          "worth and affordable",
          "80 %",
          "cost per lead",
          "returned",
        ),
      ],
      sources.map(sourceRow),
    )}`,
    ...warningLines(found.warnings),
  ].join("\n\n");
}

function asCsv({ steps }: Funnel): string {
  const head = ["stage", "place", "reason", "leads", "days", "value"];
  const lines = steps.flatMap(({ stage, wentOn, inside, exits }) => [
    [stage, "went on", null, wentOn, null, null],
    [stage, "inside", null, inside.leads, inside.days, inside.value],
    ...exits.map(({ kind, reason, leads, days: age, value }) => [stage, kind, reason, leads, age, value]),
  ]);
  return csv([head, ...lines]);
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, options);
  refuseWords(positionals);
  const { place, stated } = requestOf(values);
  const request = checkedFunnel(stated);
  return tellFound(place, (client) => client.funnel(request, terminal.signal), { asTable: asText, asCsv }, terminal);
}

export const funnel: Command = {
  name: "funnel",
  summary: "shows where leads are lost on their way, against the norm, and what leads of each source are worth",
  usage: `embudo funnel [--by DIM] [--from DAY] [--to DAY] [--where DIM=VALUE]… [--model M] [--as-of INSTANT] [--currency CODE]
  [--format table|json|csv] [--workspace DIR]`,
  run,
};
