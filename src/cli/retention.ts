import { checkedRetention } from "../ask/api.ts";
import { csv } from "../contract/csv.ts";
import type { BridgeMonth, Repurchase, Retention, RetentionCohort, RetentionGroup } from "../contract/retention.ts";
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

const count = (value: number): string => figure(value, "count", null);
const money = (value: number): string => figure(value, "money", null);
const percent = (value: number | null): string => (value === null ? "" : figure(value, "ratio", null));
const right = (...titles: string[]) => titles.map((title) => ({ title, right: true }));
/** Months after which cohorts are told in a table of few columns. */
const told = [0, 1, 2, 3, 6, 9, 12, 18, 24];

function stayLine({ survival, observedTo }: Retention): string {
  const point = survival.findLast(({ month }) => month <= 12);
  if (point === undefined || point.month === 0)
    return "Too few customers were seen long enough to say how many of them stay.";
  const { month, share, interval, atRisk } = point;
  return `${percent(share)} of customers are there after ${month} months (${percent(interval[0])} to ${percent(interval[1])}, ${count(atRisk)} seen that long). Who is there on ${observedTo} has not left.`;
}

function worstLine({ worst, groups, question }: Retention): string {
  const group = groups.find(({ name }) => worst !== null && name === worst);
  if (group === undefined) return `No ${question.by} loses more customers than the others, beyond noise.`;
  return `Customers of ${worst} leave ${(group.against ?? 0).toFixed(1)} times as fast as the others: ${percent(group.churn)} of them each month, ${count(group.lost)} lost.`;
}

const monthRow = ({ month, incomplete, ...of }: BridgeMonth): string[] => [
  incomplete ? `${month.slice(0, 7)} so far` : month.slice(0, 7),
  money(of.opening.amount),
  money(of.new.amount),
  money(of.reactivation.amount),
  money(of.expansion.amount),
  money(0 - of.contraction.amount),
  money(0 - of.churn.amount),
  money(of.closing.amount),
  count(of.closing.customers),
  count(of.new.customers),
  count(of.churn.customers),
];

const cohortRow = ({ month, customers, cells }: RetentionCohort): string[] => [
  month.slice(0, 7),
  count(customers),
  ...told.map((k) => {
    const cell = cells[k];
    return cell == null || customers === 0 ? "" : percent(cell.customers / customers);
  }),
];

const groupRow = (group: RetentionGroup): string[] => [
  group.name ?? "(none)",
  count(group.customers),
  count(group.lost),
  percent(group.churn),
  group.against === null ? "" : `${group.against.toFixed(2)}×`,
  group.certain ? ((group.against ?? 0) > 1 ? "worse" : "better") : "",
  group.survival === null ? "" : `${percent(group.survival.share)} after ${group.survival.month}`,
];

const repurchaseText = (found: Repurchase): string =>
  [
    `By their own habit (BG/NBD), ${count(Math.round(found.alive))} of ${count(found.repeaters)} customers who came back at least once still buy, and all ${count(found.customers)} together will buy ${count(Math.round(found.expected))} times in the next ${found.days} days. Customers still who may have left:`,
    table(
      [{ title: "customer" }, ...right("purchases"), { title: "last" }, ...right("bought", "still buys")],
      found.doubtful.map((each) => [
        each.name ?? each.customer,
        count(each.purchases),
        each.last,
        money(each.amount),
        percent(each.alive),
      ]),
    ),
  ].join("\n");

function asText(found: Retention): string {
  const { question, customersBy, currency, inactivityDays, year } = found;
  if (customersBy === null)
    return "Neither contracts nor purchases are recorded: load the fact subscription_change or revenue.";
  const by = customersBy === "contracts" ? "under contract" : `who bought within ${inactivityDays} days`;
  const amount = customersBy === "contracts" ? "MRR" : `bought within ${inactivityDays} days`;
  return [
    `Customers ${by} ${circumstances({ ...question, clock: "period" })} · ${currency}`,
    [
      stayLine(found),
      worstLine(found),
      `Over ${year.from} to ${year.to}: customers ${percent(year.logo)}, gross revenue ${percent(year.gross)}, net revenue ${percent(year.net)}.`,
    ].join("\n"),
    `${amount}, month by month\n${table(
      [
        { title: "month" },
        ...right("opening", "new", "back", "expansion", "contraction", "churn", "closing", "customers", "new", "lost"),
      ],
      found.months.map(monthRow),
    )}`,
    `Customers there at the end of the month, by the month in which they began; the first is month 0\n${table(
      [{ title: "began" }, ...right("customers", ...told.map(String))],
      found.cohorts.map(cohortRow),
    )}`,
    `By ${question.by}\n${table(
      [{ title: "" }, ...right("customers", "lost", "a month", "others"), { title: "" }, ...right("there, months")],
      found.groups.map(groupRow),
    )}`,
    `Why they left\n${table(
      [{ title: "reason" }, ...right("customers", "lost")],
      found.reasons.map((each) => [each.reason ?? "(none)", count(each.customers), money(each.amount)]),
    )}`,
    ...(found.repurchase === null ? [] : [repurchaseText(found.repurchase)]),
    ...warningLines(found.warnings),
  ].join("\n\n");
}

function asCsv({ months }: Retention): string {
  const moved = ["opening", "new", "reactivation", "expansion", "contraction", "churn", "closing"] as const;
  const head = ["month", "movement", "customers", "amount"];
  return csv([
    head,
    ...months.flatMap((each) => moved.map((name) => [each.month, name, each[name].customers, each[name].amount])),
  ]);
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, options);
  refuseWords(positionals);
  const { place, stated } = requestOf(values);
  const request = checkedRetention(stated);
  return tellFound(place, (client) => client.retention(request, terminal.signal), { asTable: asText, asCsv }, terminal);
}

export const retention: Command = {
  name: "retention",
  summary: "shows whether customers stay: what each month gained and lost, who is there later, who left and why",
  usage: `embudo retention [--by DIM] [--from DAY] [--to DAY] [--where DIM=VALUE]… [--model M] [--as-of INSTANT] [--currency CODE]
  [--format table|json|csv] [--workspace DIR]`,
  run,
};
