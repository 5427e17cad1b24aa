import { checkedRevenue } from "../ask/api.ts";
import { csv } from "../contract/csv.ts";
import type {
  DealAhead,
  Revenue,
  RevenueChange,
  RevenueMonth,
  RevenuePeriod,
  RevenueScope,
} from "../contract/revenue.ts";
import { periodName } from "../engine/period.ts";
import { figure } from "./figures.ts";
import { present, refuseWords, requestOf, tellFound, warningLines } from "./found.ts";
import { optionsOf } from "./options.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOption } from "./workspace.ts";

const options = {
  ...workspaceOption,
  where: { type: "string", multiple: true },
  "as-of": { type: "string" },
  currency: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  compare: { type: "string" },
  "win-rate": { type: "string" },
  "deal-value": { type: "string" },
  leads: { type: "string" },
  format: { type: "string" },
} as const;

const whole = (value: number | null | undefined): string =>
  value == null ? "" : figure(Math.round(value), "count", null);
const percent = (share: number | null | undefined): string => (share == null ? "" : `${Math.round(share * 100)} %`);
const right = (...titles: string[]) => titles.map((title) => ({ title, right: true }));
const nameOf = ({ grain, from }: RevenuePeriod): string => periodName({ grain, start: from });

/** What the method of a period is and how far it was off in the past, in words. */
function pastLine({ method, past }: RevenuePeriod): string {
  const own = past.find((each) => each.method === method);
  if (own === undefined) return "";
  const share = own.share === null ? `by ${whole(own.error)}` : `by ${percent(own.share)}`;
  const others = past.filter((each) => each.method !== method).map((each) => `${each.method} ${percent(each.share)}`);
  const beside = others.length === 0 ? "" : ` (${others.join(", ")})`;
  return `${own.method}: off ${share} on average in ${own.trials} past forecasts of ${own.months === 1 ? "the rest of a month" : `${own.months} months`}${beside}`;
}

function sentence(period: RevenuePeriod, currency: string): string {
  const { projection, goal, soFar } = period;
  const ahead =
    projection === null
      ? "no forecast"
      : `forecast ${whole(projection.mid)} (80 %: ${whole(projection.low)}–${whole(projection.high)})`;
  const aim =
    goal === null
      ? []
      : [
          `goal ${whole(goal.target)}`,
          ...(goal.probability === null ? [] : [`reached with ${percent(goal.probability)}`]),
        ];
  return [`${nameOf(period)}: ${whole(soFar)} ${currency} so far`, ahead, ...aim].join(" · ");
}

/** What became of sealed forecasts of the company, in words. */
const sealedLines = ({ sealed: { scores, altered } }: Revenue): string[] => [
  ...(altered === null ? [] : [`✗ line ${altered} of forecasts.jsonl is not what was sealed`]),
  ...scores
    .filter(({ kind }) => kind === "company")
    .map(
      ({ grain, forecasts, within, error }) =>
        `${forecasts} sealed forecast${forecasts === 1 ? "" : "s"} of a ${grain}: off by ${percent(error)} on average, ${within} of ${forecasts} in the band of 80 %`,
    ),
];

const reasons = {
  "too-short": "too short a past: at least seven whole months are needed",
  "too-few-sales": "sold in fewer than seven months",
} as const;

const scopeName = ({ kind, name }: RevenueScope): string =>
  kind === "company" ? "company" : `${kind} ${name ?? "(none)"}`;

const scopeRows = (scope: RevenueScope): string[][] =>
  scope.periods.map((period, i) => {
    const { soFar, projection, goal, changed, method } = period;
    return [
      i === 0 ? scopeName(scope) : "",
      nameOf(period),
      whole(soFar),
      whole(projection?.low),
      whole(projection?.mid),
      whole(projection?.high),
      whole(changed?.mid),
      whole(goal?.target),
      percent(changed?.probability ?? goal?.probability),
      scope.reason === null ? (method ?? "too few past forecasts") : reasons[scope.reason],
    ];
  });

const dealRow = ({ deal, rep, stage, age, amount, chances, expected }: DealAhead): string[] => [
  deal,
  rep ?? "(none)",
  stage ?? "(none)",
  String(age),
  whole(amount),
  ...chances.map(percent),
  whole(expected),
];

const monthRow = ({ month, value, yearBefore, rolling, adjusted, goal }: RevenueMonth): string[] => [
  periodName({ grain: "month", start: month }),
  ...[value, yearBefore, rolling, adjusted, goal].map(whole),
];

/** How many months of the past are listed. */
const listed = 13;

function trend({ months }: Revenue): string {
  const known = months.filter(({ value }) => value !== null).slice(-listed);
  return table(
    [{ title: "month" }, ...right("revenue", "a year ago", "12 months", "at equal days", "goal")],
    known.map(monthRow),
  );
}

const changeCells = ({
  before,
  after,
  volume,
  mix,
  price,
  currency,
}: Omit<RevenueChange, "products" | "from" | "to" | "compared">): string[] =>
  [before, after, volume, mix, price, currency, after - before].map(whole);

function whyLine({ change }: Revenue): string {
  const { from, to, compared, products } = change;
  return `${from} to ${to} against ${compared.from} to ${compared.to} (exclusive): what adds up to the difference\n${table(
    [{ title: "product" }, ...right("before", "after", "sales", "mix", "price", "currency", "difference")],
    [...products.map((each) => [each.product ?? "(none)", ...changeCells(each)]), ["all", ...changeCells(change)]],
  )}`;
}

/** What the pipeline alone expects until the end of the month and of the quarter. */
const bridgeLines = ({ scopes: [company] }: Revenue): string[] =>
  (company?.periods.slice(0, 2) ?? []).flatMap((period) => {
    const { soFar, expected, projection } = period;
    if (expected === null || projection === null) return [];
    const total = soFar + expected.open + expected.rest;
    return [
      `${nameOf(period)} by the pipeline: ${whole(soFar)} + ${whole(expected.open)} of open deals + ${whole(expected.rest)} of all else = ${whole(total)}`,
    ];
  });

function asText(found: Revenue): string {
  const { scopes, currency, observedTo, open, deals, known } = found;
  const [company] = scopes;
  const lines = company?.periods.map((period) => sentence(period, currency)) ?? [];
  const errors = company?.periods.map(pastLine).filter((line) => line !== "") ?? [];
  return [
    `Revenue (${found.basis}) as known on ${observedTo} · ${known} whole months · ${currency}`,
    lines.join("\n"),
    ...(errors.length === 0 ? [] : [[...new Set(errors), ...bridgeLines(found), ...sealedLines(found)].join("\n")]),
    table(
      [
        { title: "" },
        { title: "period" },
        ...right("so far", "P10", "P50", "P90", "if changed", "goal", "reached"),
        { title: "method" },
      ],
      scopes.flatMap(scopeRows),
    ),
    `Open: ${open.deals} deals worth ${whole(open.amount)}, of which ${whole(open.expected)} may be expected by the end of the quarter. The most:\n${table(
      [
        { title: "deal" },
        { title: "rep" },
        { title: "stage" },
        ...right("days there", "worth", "this month", "quarter", "year", "expected"),
      ],
      deals.map(dealRow),
    )}`,
    trend(found),
    whyLine(found),
    ...warningLines(found.warnings),
  ].join("\n\n");
}

function asCsv({ scopes }: Revenue): string {
  const head = ["scope", "name", "grain", "from", "to", "so_far", "p10", "p50", "p90", "method", "goal", "probability"];
  const lines = scopes.flatMap(({ kind, name, periods }) =>
    periods.map(({ grain, from, to, soFar, projection, method, goal }) => [
      kind,
      name,
      grain,
      from,
      to,
      soFar,
      projection?.low ?? null,
      projection?.mid ?? null,
      projection?.high ?? null,
      method,
      goal?.target ?? null,
      goal?.probability ?? null,
    ]),
  );
  return csv([head, ...lines]);
}

/** A factor as it is typed: `1.1`, or `+10%`. */
function factor(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const [, more] = /^([+-]\d+(?:\.\d+)?)\s*%$/.exec(typed) ?? [];
  return more === undefined ? Number(typed) : 1 + Number(more) / 100;
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, options);
  refuseWords(positionals);
  const { "win-rate": winRate, "deal-value": dealValue, leads, ...others } = values;
  const { place, stated } = requestOf(others);
  const changes = { winRate: factor(winRate), dealValue: factor(dealValue), leads: factor(leads) };
  const request = checkedRevenue({ ...stated, ...present(changes) });
  return tellFound(place, (client) => client.revenue(request, terminal.signal), { asTable: asText, asCsv }, terminal);
}

export const revenue: Command = {
  name: "revenue",
  summary:
    "tells where the revenue of the month, the quarter and the year will land, how sure that is, and what must close",
  usage: `embudo revenue [--where DIM=VALUE]… [--win-rate FACTOR] [--deal-value FACTOR] [--leads FACTOR] [--from DAY] [--to DAY] [--compare year|previous] [--as-of INSTANT] [--currency CODE]
  [--format table|json|csv] [--workspace DIR]`,
  run,
};
