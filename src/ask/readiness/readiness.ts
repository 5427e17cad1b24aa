import type { Readiness, ReadinessRequest, ReadinessStep } from "../../contract/readiness.ts";
import { stepDimensions, type StepDimension } from "../../contract/steps.ts";
import type { Database, Limits, Tuple } from "../../engine/database.ts";
import { Problem } from "../../engine/problem.ts";
import type { Sql } from "../../engine/sql.ts";
import { addDays, addMonths } from "../../engine/time.ts";
import { ratioOfProportions, ratioOfProportionsInterval } from "../../methods/uncertainty/ratio-of-proportions.ts";
import { deadline, defaultLevel } from "../answer.ts";
import type { Context } from "../draft.ts";
import { doers, gaps, headcount, paths, type Watched } from "./steps-sql.ts";

type Side = Readiness["eligible"];

const usualWindow = 30;
/** Paths show so many of an MQL's last steps. */
const longest = 5;
const [fewestLeads, fewestMqls] = [30, 5];

const number = (tuple: Tuple | undefined, column: string): number => Number(tuple?.[column] ?? 0);
const rounded = (days: number): number => Math.round(days * 10) / 10;

function stepOf(row: Tuple, eligible: Side, level: number): ReadinessStep {
  const did = { leads: number(row, "leads"), mqls: number(row, "mqls") };
  const didNot = { leads: eligible.leads - did.leads, mqls: eligible.mqls - did.mqls };
  const [left, right] = [did, didNot].map(({ leads, mqls }) => ({ successes: mqls, of: leads })) as [
    { successes: number; of: number },
    { successes: number; of: number },
  ];
  const interval = ratioOfProportionsInterval(left, right, level);
  return {
    step: String(row["step"]),
    did,
    didNot,
    lift: ratioOfProportions(left, right),
    interval: interval === null ? null : [interval[0], interval[1]],
    small: [did, didNot].some(({ leads, mqls }) => leads < fewestLeads || mqls < fewestMqls),
  };
}

/** Surest first: by the lower end of the interval; those that rest on few go last. */
const surest = (a: ReadinessStep, b: ReadinessStep): number =>
  Number(a.small) - Number(b.small) || (b.interval?.[0] ?? -1) - (a.interval?.[0] ?? -1) || (a.step < b.step ? -1 : 1);

function watchedBy({ from, to, window = usualWindow, landmark = 0 }: ReadinessRequest, context: Context): Watched {
  const tomorrow = addDays(context.today, 1);
  const end = to ?? tomorrow;
  const range = { from: from ?? addMonths(end, -12), to: end };
  if (range.from >= range.to)
    throw new Problem(
      "empty-range",
      `the range from ${range.from} to ${range.to} holds no day`,
      "`to` is exclusive and must be later than `from`",
      range,
    );
  const lookBack = Math.max(
    context.settings.look_back_days,
    ...context.definitions.mql.map(({ rule }) => rule.lookBackDays),
  );
  return { ...range, window, landmark, lookBack, observedTo: context.observedTo };
}

const pathOf = (row: Tuple): Readiness["paths"][number] => ({
  steps: JSON.parse(String(row["steps"])) as string[],
  mqls: number(row, "mqls"),
  days: rounded(number(row, "days")),
});

const gapOf = (row: Tuple): Readiness["gaps"][number] => ({
  from: String(row["step"]),
  to: row["next"] == null ? null : String(row["next"]),
  times: number(row, "times"),
  days: rounded(number(row, "days")),
});

/**
 * Which steps go with becoming an MQL: how much more often those who did a step up to the landmark became MQLs within the window
 * than those who did not, the most frequent paths, and the time between steps.
 */
export async function readinessOf(
  request: ReadinessRequest,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Readiness> {
  const watched = watchedBy(request, context);
  const level = request.interval ?? defaultLevel;
  const limits: Limits = { deadline, signal };
  const rows = (query: Sql) => database.use((connection) => connection.rows(query, limits));
  const [heads] = await rows(headcount(watched));
  const eligible = { leads: number(heads, "eligible"), mqls: number(heads, "mqls") };
  const pathsBy: StepDimension = request.by ?? "channel";
  const steps: Readiness["steps"] = [];
  for (const by of request.by === undefined ? stepDimensions : [request.by]) {
    const found = (await rows(doers(watched, by))).map((row) => stepOf(row, eligible, level));
    steps.push({ by, steps: found.toSorted(surest) });
  }
  const { from, to, window, landmark, lookBack } = watched;
  return {
    from,
    to,
    window,
    landmark,
    lookBack,
    level,
    eligible,
    immature: number(heads, "immature"),
    early: number(heads, "early"),
    steps,
    pathsBy,
    paths: (await rows(paths(watched, pathsBy, longest))).map(pathOf),
    gaps: (await rows(gaps(watched, pathsBy))).map(gapOf),
  };
}
