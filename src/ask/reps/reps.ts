import type { Answer } from "../../contract/answer.ts";
import type { Attainment } from "../../contract/attainment.ts";
import type { Rep, Reps, RepsRequest, Side } from "../../contract/reps.ts";
import type { Database } from "../../engine/database.ts";
import type { Plan } from "../../engine/plan.ts";
import { Problem } from "../../engine/problem.ts";
import { addDays, addMonths, minDay, type Range } from "../../engine/time.ts";
import { falseFlags, repMap, type Believed } from "../../methods/reps/rep-map.ts";
import { workWeek } from "../../workspace/settings.ts";
import { answer, defaultLevel, draftOf } from "../answer.ts";
import type { Context, Draft } from "../draft.ts";
import { askedIfSplit, saidToAll } from "../funnel/customer-life.ts";
import { attainments } from "../goals/attainment.ts";
import { daysIn } from "../passes.ts";
import { freshness } from "../warnings.ts";
import { closings, type Closing, type Closings } from "./closing.ts";
import { openedBy } from "./deals-sql.ts";
import { leadsOf, type RepLeads } from "./opening.ts";
import { othersOf } from "./others.ts";
import { openedOf, people, presence, workingWeeks, type Opened, type Person } from "./people.ts";
import { stepsOfAll, weakestOf, type Standard } from "./steps.ts";
import { trainingOf, verdictOf } from "./verdict.ts";

/** The last twelve months on which anything is recorded where nothing else is said. */
function rangeOf({ from, to }: RepsRequest, { observedTo }: Context): Range {
  const end = to ?? addDays(observedTo, 1);
  return daysIn({ from: from ?? addMonths(end, -12), to: end });
}

/** What is found out about everybody before anybody is held against the others. */
interface Found {
  readonly persons: readonly Person[];
  readonly opened: ReadonlyMap<string | null, Opened>;
  readonly closing: Closings;
  /** The share that each of them wins, and all together, as the indicator says. */
  readonly ratio: Answer;
  readonly leads: RepLeads;
  readonly dealValue: number | null;
  readonly revenue: Answer | undefined;
  readonly goals: readonly Attainment[];
}

/** The plan of the leads of the same days, where what the deals are filtered by is something of leads too. */
async function leadPlan(said: object, context: Context, database: Database): Promise<Plan | undefined> {
  try {
    const asked = { ...said, indicator: "leads", by: ["rep"] };
    return (await draftOf(asked, context, database)).plan;
  } catch (error) {
    if (error instanceof Problem && error.code === "cannot-split") return undefined;
    throw error;
  }
}

async function findOut(
  request: RepsRequest,
  plan: Plan,
  range: Range,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Found> {
  const store = { database, ledger: context.ledger };
  const said = { ...saidToAll(request), ...range };
  const ask = (question: Parameters<typeof answer>[0]) => answer(question, context, database, signal);
  const month = { scopeKind: "rep", indicator: "sales-revenue" } as const;
  const byAge = { ...said, indicator: "win-ratio", variant: "by-age", by: ["rep"] };
  const window = request.window === undefined ? {} : { window: request.window };
  const [opened, closing, ratio, leads, value, revenue, goals] = await Promise.all([
    openedOf(openedBy(plan, request.opener ?? "created_by"), store),
    closings(plan, store, signal),
    ask({ ...byAge, ...window }),
    leadPlan(said, context, database).then((found) => leadsOf(found, store, signal)),
    askedIfSplit({ ...said, indicator: "average-deal-value", variant: "won" }, ask),
    askedIfSplit({ ...said, indicator: "sales-revenue", by: ["rep"] }, ask),
    attainments(month, context, database, signal),
  ]);
  const named = new Set([...opened.keys(), ...closing.of.keys()].filter((rep) => rep !== null));
  const persons = await people(plan, request.where, named, store);
  return { persons, opened, closing, ratio, leads, dealValue: value?.total.value ?? null, revenue, goals };
}

const sideOf = (raw: number, believed: Believed | undefined): Side | null =>
  believed === undefined ? null : { raw, ...believed, interval: [...believed.interval] };

const none: Pick<Closing, "deals" | "closed" | "won" | "weight" | "expected"> = {
  deals: 0,
  closed: 0,
  won: 0,
  weight: 0,
  expected: 0,
};

/** Everybody on the map, with their steps and what they may train. */
function repsOf(found: Found, seen: Range, context: Context, standard: Standard): Rep[] {
  const { persons, opened, closing, leads, ratio } = found;
  const week = workWeek(context.settings);
  const weeks = persons.map((each) => workingWeeks(presence(each, opened.get(each.rep), seen), week));
  const sells = ({ rep }: Person) => opened.has(rep) || closing.of.has(rep) || leads.had(rep) > 0;
  const map = repMap(
    persons.map((each, i) => ({
      created: {
        events: opened.get(each.rep)?.opened ?? 0,
        exposure: sells(each) ? (weeks[i] ?? 0) * leads.mix(each.rep) : 0,
      },
      closed: judged(closing.of.get(each.rep)),
    })),
    standard.usual ?? 0,
    defaultLevel,
  );
  const steps = stepsOfAll(
    persons.map(({ rep }) => ({ steps: leads.steps(rep), closing: closing.of.get(rep) })),
    standard,
    falseFlags,
  );
  return persons.map(({ rep, name, team, endedOn }, i) => {
    const { deals, closed, won, weight, expected } = closing.of.get(rep) ?? none;
    const count = opened.get(rep)?.opened ?? 0;
    const create = sideOf(count / (weeks[i] ?? 1), map.create[i]);
    const wonShare = ratio.rows.find(({ key }) => key["rep"] === rep)?.value ?? won / weight;
    const close = closed === 0 ? null : sideOf(wonShare, map.close[i]);
    const weakest = weakestOf(steps[i] ?? []);
    return {
      rep,
      name,
      team,
      left: endedOn !== null && endedOn < context.observedTo,
      weeks: weeks[i] ?? 0,
      ...sqlsOf(leads.sqls(rep), weeks[i] ?? 0),
      opened: count,
      deals,
      closed,
      won,
      expected,
      create,
      close,
      verdict: verdictOf(create, close),
      steps: steps[i] ?? [],
      weakest,
      train: trainingOf({ create, weakest }),
      revenue: found.revenue?.rows.find(({ key }) => key["rep"] === rep)?.value ?? null,
      goal: goalOf(rep, found.goals),
    };
  });
}

const sqlsOf = (sqls: number, weeks: number): Pick<Rep, "sqls" | "sqlsPerWeek"> => ({
  sqls,
  sqlsPerWeek: weeks > 0 ? sqls / weeks : null,
});

/** Who closed nothing is not judged by what they did not win yet. */
const judged = (closing: Closing | undefined) =>
  closing === undefined || closing.closed === 0 ? { won: 0, expected: 0, variance: 0 } : closing;

function goalOf(rep: string, goals: readonly Attainment[]): Rep["goal"] {
  const own = goals.find(({ goal }) => goal.scope === rep);
  return own === undefined ? null : { attainment: own.attainment, verdict: own.verdict };
}

/** What all do together per working week of one of them. */
function usualRate(reps: readonly Rep[]): number | null {
  const there = reps.filter(({ create }) => create !== null);
  const weeks = there.reduce((sum, each) => sum + each.weeks, 0);
  return weeks > 0 ? there.reduce((sum, each) => sum + each.opened, 0) / weeks : null;
}

/** Those who sold, or were there to, in the range. */
const wasThere = ({ weeks, opened, deals }: Rep): boolean => weeks > 0 || opened > 0 || deals > 0;

/** Refuses a rep whom nothing names. */
function refuseUnknown(only: string | undefined, reps: readonly Rep[]): void {
  if (only === undefined || reps.some(({ rep }) => rep === only)) return;
  throw new Problem(
    "unknown-rep",
    `nobody named ${only} sold, or was there to, on these days`,
    "name a rep as deals do, or ask for other days",
    { rep: only },
  );
}

/**
 * Who creates and who closes, of the deals that were created on some days: opportunities per working week against the share
 * that is won by age, adjusted for what the deals were, both drawn towards all reps as far as few deals let them.
 */
export async function repsIn(
  request: RepsRequest,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Reps> {
  const began = performance.now();
  const range = rangeOf(request, context);
  const draft: Draft = await draftOf(
    {
      ...saidToAll(request),
      ...range,
      indicator: "win-ratio",
      variant: "by-age",
      by: ["rep"],
      ...(request.window === undefined ? {} : { window: request.window }),
    },
    context,
    database,
  );
  const { plan } = draft;
  const found = await findOut(request, plan, range, context, database, signal);
  const seen = { from: range.from, to: minDay(range.to, addDays(context.observedTo, 1)) };
  const { closing, leads, dealValue, ratio } = found;
  const window = plan.window ?? 0;
  const usual = ratio.total.value ?? closing.usual;
  const all = repsOf(found, seen, context, { all: leads.all, usual, window, dealValue });
  const reps = all.filter(wasThere);
  const { only } = request;
  refuseUnknown(only, reps);
  return {
    question: { ...request, opener: request.opener ?? "created_by", ...range, window },
    observedTo: context.observedTo,
    currency: request.currency ?? context.settings.currency,
    level: defaultLevel,
    falseFlags,
    usual: { create: usualRate(reps), close: usual },
    adjusted: [...closing.adjusted],
    dealValue,
    reps: only === undefined ? reps : reps.filter(({ rep }) => rep === only),
    others: only === undefined ? null : othersOf(reps.filter(({ rep }) => rep !== only)),
    warnings: draft.notes.map((note) => ({ ...note })),
    freshness: freshness(draft, context),
    took_ms: Math.round((performance.now() - began) * 10) / 10,
  };
}
