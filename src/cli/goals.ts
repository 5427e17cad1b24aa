import type { Unit } from "../contract/answer.ts";
import type { Attainment } from "../contract/attainment.ts";
import type { Catalogue } from "../contract/catalogue.ts";
import type { Goal, GoalHistoryRequest, GoalVersion } from "../contract/goal.ts";
import { addPeriods, maxDay, minDay, type Day } from "../engine/time.ts";
import { openClient, type Client } from "./client.ts";
import { figure } from "./figures.ts";
import { goalFigure, periodOf, scopeOf, subject, unitOf, verdictIn, whose } from "./goal-words.ts";
import { oneOf, optionsOf, Usage } from "./options.ts";
import { table, type Column } from "./table.ts";
import type { Command, Terminal } from "./terminal.ts";
import { workspaceOf, workspaceOption } from "./workspace.ts";

const right = (title: string): Column => ({ title, right: true });
const named = [{ title: "period" }, { title: "indicator" }, { title: "of" }, right("goal")];

const endOf = (goal: Goal): Day => addPeriods(goal.grain, goal.periodStart, 1);
const keyOf = ({ indicator, variant, scopeKind, scope, grain, periodStart }: Goal): string =>
  JSON.stringify([indicator, variant, scopeKind, scope, grain, periodStart]);

/** A goal with the unit of its indicator, and with where it stands once its period has begun. */
type Standing = Goal & { readonly unit: Unit | null; readonly standing: Attainment | null };

/** Goals of periods that are not over, each with where it stands once its period has begun. */
async function current(
  client: Client,
  { indicator, scopeKind, scope }: GoalHistoryRequest,
  catalogue: Catalogue,
): Promise<Standing[]> {
  const { today } = catalogue.workspace;
  const goals = (await client.goals()).filter(
    (goal) =>
      endOf(goal) > today &&
      (indicator === undefined || goal.indicator === indicator) &&
      (scopeKind === undefined || goal.scopeKind === scopeKind) &&
      (scope === undefined || goal.scope === scope),
  );
  const [first] = goals;
  if (first === undefined) return [];
  const range = {
    from: goals.map((goal) => goal.periodStart).reduce(minDay),
    to: goals.map(endOf).reduce(maxDay),
  };
  const held = await client.attainment({
    ...range,
    probability: true,
    ...(indicator === undefined ? {} : { indicator }),
  });
  const standings = new Map(held.map((each) => [keyOf(each.goal), each]));
  return goals.map((goal) => ({
    ...goal,
    unit: unitOf(catalogue, goal),
    standing: standings.get(keyOf(goal)) ?? null,
  }));
}

const below = ({ rollUps, unit, currency }: Attainment): string =>
  rollUps.map(({ by, children, target }) => `${children} of ${by}: ${goalFigure(target, unit, currency)}`).join(", ");

function cellsOf({ standing, unit, ...goal }: Standing): string[] {
  const amount = (value: number | null) => goalFigure(value, unit, standing?.currency ?? goal.currency);
  const head = [periodOf(goal), subject(goal), whose(goal), amount(goal.target)];
  if (standing === null) return [...head, "", "", "", "", "", "to come", ""];
  if (standing.problem !== null) return [...head, "", "", "", "", "", standing.problem.message, ""];
  const { value, attainment, due, required, verdict, probability } = standing;
  return [
    ...head,
    amount(value),
    figure(attainment, "ratio", null),
    amount(due),
    required === null ? "" : amount(required),
    probability === null ? "" : `${Math.round(probability * 100)} %`,
    verdict === null ? "no value" : verdictIn(verdict),
    below(standing),
  ];
}

const asTable = (goals: readonly Standing[]): string =>
  table(
    [
      ...named,
      ...["value", "reached", "due by now", "per day left", "probability"].map(right),
      { title: "" },
      { title: "goals below it" },
    ],
    goals.map(cellsOf),
  );

const minute = (instant: string | null): string => instant?.slice(0, 16).replace("T", " ") ?? "";

const asHistory = (versions: readonly GoalVersion[], catalogue: Catalogue): string =>
  table(
    [...named, { title: "set by" }, { title: "set at" }, { title: "from" }, { title: "until" }, { title: "ended by" }],
    versions.map((each) => [
      periodOf(each),
      subject(each),
      whose(each),
      goalFigure(each.target, unitOf(catalogue, each), each.currency),
      `${each.setBy ?? ""}${each.source === "(goals)" ? "" : ` (${each.source})`}`.trim(),
      minute(each.setAt),
      minute(each.knownFrom),
      minute(each.knownTo),
      each.endedBy ?? "",
    ]),
  );

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = optionsOf(args, {
    ...workspaceOption,
    scope: { type: "string" },
    history: { type: "boolean" },
    format: { type: "string" },
  });
  const [indicator, ...more] = positionals;
  if (more.length > 0) throw new Usage(`one indicator at a time; ${more.join(" ")} is too much`);
  const format = oneOf(values.format, "format", ["table", "json"]) ?? "table";
  const request = { ...(indicator === undefined ? {} : { indicator }), ...scopeOf(values.scope) };
  const client = await openClient(workspaceOf(values.workspace, terminal), terminal.now, false);
  const write = <T>(found: readonly T[], text: (found: readonly T[]) => string): void => {
    const lines = found.length === 0 ? "there are no such goals" : text(found);
    terminal.out(format === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${lines}\n`);
  };
  try {
    const catalogue = await client.catalogue();
    if (values.history === true) write(await client.goalHistory(request), (found) => asHistory(found, catalogue));
    else write(await current(client, request, catalogue), asTable);
    return 0;
  } finally {
    client.close();
  }
}

export const goals: Command = {
  name: "goals",
  summary: "lists the goals and where each stands, or who set what and when",
  usage: "embudo goals [INDICATOR] [--scope team=NAME] [--history] [--format table|json] [--workspace DIR]",
  run,
};
