import { csv } from "../contract/csv.ts";
import type { RepDetail } from "../contract/rep.ts";
import type { RepStep, Side } from "../contract/reps.ts";
import { figure } from "./figures.ts";
import { table } from "./table.ts";
import { warningLines } from "./found.ts";

const count = (value: number | null): string => figure(value, "count", null);
const percent = (value: number | null): string => figure(value, "ratio", null);
const right = (...titles: string[]) => titles.map((title) => ({ title, right: true }));

function sideLine(name: string, side: Side | null, usual: number | null, figureOf: (value: number) => string): string {
  if (side === null) return `${name}: no value`;
  const stands = { above: ", above the others", below: ", below the others", alike: "", "too-few": ", too few to say" };
  const all = usual === null ? "" : `, all together ${figureOf(usual)}`;
  return `${name}: ${figureOf(side.value)} (80 % ${figureOf(side.interval[0])}–${figureOf(side.interval[1])}${all})${stands[side.stands]}`;
}

const stepRow = ({ stage, window, passed, of, rate, team, missing, atStake, certain }: RepStep): string[] => [
  stage,
  String(window),
  count(passed),
  count(of),
  percent(rate),
  percent(team),
  missing === null ? "" : count(Math.round(missing)),
  certain ? ((missing ?? 0) > 0 ? "worse" : "better") : "",
  atStake === null ? "" : figure(atStake, "money", null),
];

function riskText({ risk }: RepDetail): string {
  const { usualDays, open, older, deals } = risk;
  if (usualDays === null) return `Open deals: ${count(open)}; none was won yet to compare them with.`;
  const head = `At risk: ${count(older)} of ${count(open)} open deals are older than nine of ten won ones were (${usualDays} days)`;
  if (deals.length === 0) return head;
  const rows = deals.map(({ deal, stage, age, later, amount, currency }) => [
    deal,
    stage ?? "",
    String(age),
    percent(later),
    amount === null ? "" : figure(amount, "money", currency),
  ]);
  return `${head}\n${table([{ title: "deal" }, { title: "stage" }, ...right("days", "won later", "amount")], rows)}`;
}

function goalsText({ goals }: RepDetail): string {
  if (goals.length === 0) return "No goal of theirs is under way.";
  const rows = goals.map(({ goal, to, unit, currency, value, attainment, verdict }) => [
    goal.indicator,
    goal.periodStart,
    to,
    unit === null ? "" : figure(goal.target, unit, currency),
    unit === null ? "" : figure(value, unit, currency),
    percent(attainment),
    verdict ?? "",
  ]);
  const titles = [{ title: "goal" }, { title: "from" }, { title: "to" }, ...right("target", "so far", "reached")];
  return table([...titles, { title: "" }], rows);
}

/** One rep, in a terminal. */
export function repAsText(found: RepDetail): string {
  const { map } = found;
  const [own] = map.reps;
  if (own === undefined) return "Nobody.";
  return [
    `${own.name ?? own.rep}${own.team === null ? "" : ` · ${own.team}`} · deals created ${map.question.from} to ${map.question.to} (exclusive)`,
    [
      sideLine("Opportunities per working week", own.create, map.usual.create, (value) => value.toFixed(2)),
      sideLine("Won within the window, adjusted", own.close, map.usual.close, percent),
      `SQLs per working week: ${own.sqlsPerWeek === null ? "no value" : own.sqlsPerWeek.toFixed(2)}`,
    ].join("\n"),
    table(
      [
        { title: "from" },
        ...right("days", "went on", "of", "rate", "the team", "missing"),
        { title: "" },
        ...right("worth"),
      ],
      own.steps.map(stepRow),
    ),
    riskText(found),
    goalsText(found),
    ...warningLines(map.warnings),
  ].join("\n\n");
}

/** The steps of one rep, as CSV. */
export function repAsCsv({ map }: RepDetail): string {
  const head = ["rep", "stage", "window", "passed", "of", "rate", "team", "missing", "at_stake", "certain"];
  const lines = map.reps.flatMap(({ rep, steps }) =>
    steps.map(({ stage, window, passed, of, rate, team, missing, atStake, certain }) => [
      rep,
      stage,
      window,
      passed,
      of,
      rate,
      team,
      missing,
      atStake,
      String(certain),
    ]),
  );
  return csv([head, ...lines]);
}
