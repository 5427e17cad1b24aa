import { checkedRep, checkedReps } from "../ask/api.ts";
import { csv } from "../contract/csv.ts";
import type { Rep, Reps, RepStep, Side } from "../contract/reps.ts";
import { circumstances, figure } from "./figures.ts";
import { requestOf, tellFound, warningLines } from "./found.ts";
import { optionsOf, Usage } from "./options.ts";
import { repAsCsv, repAsText } from "./rep.ts";
import { table } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOption } from "./workspace.ts";

const options = {
  ...workspaceOption,
  opener: { type: "string" },
  only: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  where: { type: "string", multiple: true },
  window: { type: "string" },
  model: { type: "string" },
  "as-of": { type: "string" },
  currency: { type: "string" },
  format: { type: "string" },
} as const;

const count = (value: number | null): string => figure(value, "count", null);
const percent = (value: number | null): string => figure(value, "ratio", null);
const right = (...titles: string[]) => titles.map((title) => ({ title, right: true }));

const verdicts: Readonly<Record<Rep["verdict"], string>> = {
  "creates-and-closes": "creates and closes",
  "creates-does-not-close": "creates, does not close",
  "closes-does-not-open": "closes, does not open",
  neither: "neither creates nor closes",
  "in-between": "in between",
  "too-few": "too few to say",
};

const trainings: Readonly<Record<NonNullable<Rep["train"]>, string>> = {
  prospecting: "prospecting",
  lead: "from lead to MQL",
  mql: "from MQL to SQL",
  sql: "from SQL to opportunity",
  opportunity: "from opportunity to sale",
};

const marks: Readonly<Record<Side["stands"], string>> = { above: "▲", below: "▼", alike: "", "too-few": "few" };

const sideCells = (side: Side | null, figureOf: (value: number) => string): string[] =>
  side === null
    ? ["—", "", ""]
    : [figureOf(side.value), `${figureOf(side.interval[0])}–${figureOf(side.interval[1])}`, marks[side.stands]];

const row = (rep: Rep): string[] => [
  rep.name ?? rep.rep,
  rep.team ?? "",
  count(rep.opened),
  ...sideCells(rep.create, (value) => value.toFixed(2)),
  count(rep.deals),
  rep.close === null ? "—" : percent(rep.close.raw),
  ...sideCells(rep.close, percent),
  verdicts[rep.verdict],
  rep.train === null ? "" : trainings[rep.train],
];

const named = (reps: readonly Rep[], verdict: Rep["verdict"]): string =>
  reps
    .filter((each) => each.verdict === verdict)
    .map(({ rep, name }) => name ?? rep)
    .join(", ");

function findings({ reps }: Reps): string {
  const lines = [
    ["Create and do not close", named(reps, "creates-does-not-close")],
    ["Close and do not open", named(reps, "closes-does-not-open")],
    ["Create and close", named(reps, "creates-and-closes")],
  ].filter(([, names]) => names !== "");
  if (lines.length > 0) return lines.map(([what, names]) => `${what}: ${names}.`).join("\n");
  return "Nobody stands apart from the others on both sides, beyond noise.";
}

const stepLine = (rep: Rep, { stage, rate, team, missing, atStake }: RepStep, currency: string): string => {
  const stake = atStake === null ? "" : `, worth ${figure(atStake, "money", currency)}`;
  return `${rep.name ?? rep.rep}: ${trainings[stage]} ${percent(rate)} where ${percent(team)} is usual, ${count(Math.round(missing ?? 0))} missing${stake}.`;
};

const weaknesses = ({ reps, currency }: Reps): string[] =>
  reps.flatMap((rep) => {
    const step = rep.steps.find(({ stage }) => stage === rep.weakest);
    return step === undefined ? [] : [stepLine(rep, step, currency)];
  });

const bandOf = (band: readonly number[] | null | undefined, figureOf: (value: number) => string): string =>
  band == null ? "too few to tell" : band.map(figureOf).join(" · ");

function asText(found: Reps): string {
  const { question, usual, adjusted, others, reps } = found;
  const weak = weaknesses(found);
  return [
    `Deals created ${circumstances({ ...question, clock: "cohort" })}; all together create ${usual.create?.toFixed(2) ?? "nothing"} a working week each and win ${percent(usual.close)}${adjusted.length === 0 ? "" : `; adjusted for ${adjusted.join(", ")}`}`,
    findings(found),
    table(
      [
        { title: "rep" },
        { title: "team" },
        ...right("opened", "a week", "80 %"),
        { title: "" },
        ...right("deals", "won, raw", "wins", "80 %"),
        { title: "" },
        { title: "verdict" },
        { title: "train" },
      ],
      reps.map(row),
    ),
    ...(weak.length === 0 ? [] : [`Weakest stages\n${weak.join("\n")}`]),
    ...(others === null
      ? []
      : [
          `${others.count} others, a quarter below · half · a quarter above: create ${bandOf(others.create, (value) => value.toFixed(2))}; win ${bandOf(others.close, percent)}`,
        ]),
    ...warningLines(found.warnings),
  ].join("\n\n");
}

const sideFields = (side: Side | null) =>
  side === null ? [null, null, null, null, null] : [side.raw, side.value, ...side.interval, side.stands];

function asCsv({ reps }: Reps): string {
  const sides = ["create", "close"].flatMap((side) =>
    ["raw", "value", "low", "high", "stands"].map((field) => `${side}_${field}`),
  );
  const head = [
    "rep",
    "team",
    "weeks",
    "sqls",
    "opened",
    "deals",
    "closed",
    "won",
    "expected",
    ...sides,
    "verdict",
    "train",
  ];
  const lines = reps.map((each) => [
    each.rep,
    each.team,
    each.weeks,
    each.sqls,
    each.opened,
    each.deals,
    each.closed,
    each.won,
    each.expected,
    ...sideFields(each.create),
    ...sideFields(each.close),
    each.verdict,
    each.train,
  ]);
  return csv([head, ...lines]);
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, options);
  const [rep, ...more] = positionals;
  if (more.length > 0) throw new Usage(`${more.join(" ")} is too much; write a name of several words in quotes`);
  const { window, ...others } = values;
  const { place, stated } = requestOf(others);
  const asked = window === undefined ? stated : { ...stated, window: Number(window) };
  if (rep !== undefined) {
    const one = checkedRep({ ...asked, rep });
    const written = { asTable: repAsText, asCsv: repAsCsv };
    return tellFound(place, (client) => client.rep(one, terminal.signal), written, terminal);
  }
  const request = checkedReps(asked);
  return tellFound(place, (client) => client.reps(request, terminal.signal), { asTable: asText, asCsv }, terminal);
}

export const reps: Command = {
  name: "reps",
  summary: "shows who creates opportunities and who closes them, drawn towards the team where there is little to go by",
  usage: `embudo reps [REP] [--only REP] [--opener created_by|sourcer|rep] [--from DAY] [--to DAY] [--where DIM=VALUE]… [--window DAYS]
  [--model M] [--as-of INSTANT] [--currency CODE] [--format table|json|csv] [--workspace DIR]`,
  run,
};
