import { setImmediate } from "node:timers/promises";
import type { DealAhead, Revenue, RevenueRequest } from "../../contract/revenue.ts";
import type { Database } from "../../engine/database.ts";
import { workWeek } from "../../workspace/settings.ts";
import { salesRevenue } from "../../indicators/sales-revenue.ts";
import type { Question } from "../../contract/question.ts";
import { answer } from "../answer.ts";
import type { Context } from "../draft.ts";
import type { Store } from "../store.ts";
import { runnable } from "../../engine/sql.ts";
import { forecastScores } from "../forecast/scores.ts";
import { narrowed } from "../forecast/seal.ts";
import { goalsAt, teamsAt } from "../goals/goals.ts";
import { changeOf } from "./change.ts";
import { revenueGoals } from "./goals-ahead.ts";
import type { OpenNow } from "./listed.ts";
import { monthsOf } from "./months.ts";
import { openDeals } from "./deals-sql.ts";
import { monthly } from "./income-sql.ts";
import { pastOf, type Past, type Sought } from "./past.ts";
import { runningOn } from "./periods.ts";
import { scopesAhead } from "./projection.ts";
import { readyFor, studiedIf, studiedOf, unchanged, type Factors } from "./ready.ts";
import type { Scope, Studied } from "./scope.ts";
import { saidToAll, soughtFor } from "./sought.ts";

/** How many open deals are listed. */
const mostDeals = 12;

const nameOf = (owner: string): string | null => (owner === "" ? null : owner);

/** The company, each team with its reps, then the reps of no team; what has no rep is in the company alone. */
function scopesOf({ owners }: Past, teams: ReadonlyMap<string, string | null>): Scope[] {
  const all = owners.map((_, i) => i);
  const named = all.filter((owner) => owners[owner] !== "");
  const byTeam = Map.groupBy(named, (owner) => teams.get(owners[owner] ?? "") ?? "");
  const inOrder = [...byTeam].toSorted(([a], [b]) => (a === "" || (b !== "" && b < a) ? 1 : -1));
  const reps = (own: readonly number[]) =>
    own.map((owner): Scope => ({ kind: "rep", name: owners[owner] ?? null, owners: [owner] }));
  return [
    { kind: "company", name: null, owners: all },
    ...inOrder.flatMap(([team, own]): Scope[] => [
      ...(team === "" ? [] : [{ kind: "team" as const, name: team, owners: own }]),
      ...reps(own),
    ]),
  ];
}

/** What would be different, where anything would. */
function factorsOf({ winRate = 1, dealValue = 1, leads = 1 }: RevenueRequest): Factors | undefined {
  return winRate === 1 && dealValue === 1 && leads === 1 ? undefined : { winRate, dealValue, leads };
}

function dealsAhead({ past, studied }: { past: Past; studied: Studied }, ends: readonly number[]): DealAhead[] {
  const seen = studied.seen[past.history.origins - 1];
  const ahead = ({ id, owner, stage, age, ageClass, product, amount }: OpenNow): DealAhead => {
    const chances = ends.map((end) => seen?.chances(stage, ageClass)[end] ?? 0);
    const [month = 0, quarter = 0, year = 0] = chances;
    const rep = nameOf(past.owners[owner] ?? "");
    return {
      deal: id,
      rep,
      stage: nameOf(stage),
      age,
      product,
      amount,
      chances: [month, quarter, year],
      expected: amount * quarter,
    };
  };
  return past.open.map(ahead).toSorted((a, b) => b.expected - a.expected || (a.deal < b.deal ? -1 : 1));
}

/** The past with what it teaches, found once between two loads. */
function studiedFor(sought: Sought, store: Store, signal?: AbortSignal): Promise<{ past: Past; studied: Studied }> {
  const { income, deals, calendar } = sought;
  const key = [monthly(income, calendar.places), openDeals(deals, calendar.places, 0)].map(runnable).join();
  return store.ledger.remembered(`studied ${key}`, async () => {
    const past = await pastOf(sought, store, signal);
    await setImmediate();
    return { past, studied: await studiedOf(past) };
  });
}

/** Where the revenue of the month, the quarter and the year will land: of the company, its teams and its reps. */
export async function revenueOf(
  request: RevenueRequest,
  context: Context,
  database: Database,
  sealed: readonly string[],
  signal?: AbortSignal,
): Promise<Revenue> {
  const began = performance.now();
  const store = { database, ledger: context.ledger };
  const sought = await soughtFor(request, context, database);
  const { observedTo, income, draft } = sought;
  const running = runningOn(observedTo);
  const period = { from: running[2]?.from ?? observedTo, to: running[2]?.to ?? observedTo };
  const ask = (question: Question) => answer(question, context, database, signal);
  const { warnings, freshness } = await ask({ ...saidToAll(request), ...period, indicator: salesRevenue.id });
  const { past, studied } = await studiedFor(sought, store, signal);
  const { currency, homeCurrency } = income.plan;
  const goals = revenueGoals(await goalsAt(context, database), currency, homeCurrency);
  const scopes = scopesOf(past, await teamsAt(context, database));
  const [company] = scopes as [Scope, ...Scope[]];
  const seed = JSON.stringify([saidToAll(request), observedTo]);
  const factors = factorsOf(request);
  const ready = await readyFor(past, studied, running, { seed, factors: unchanged });
  const changed = factors && (await readyFor(past, studiedIf(past, studied, factors), running, { seed, factors }));
  const deals = dealsAhead(
    ready,
    running.map(({ months }) => months - 1),
  );
  const filtered = Object.keys(request.where ?? {}).length > 0;
  return {
    question: request,
    observedTo,
    currency,
    basis: draft.variant.basis === "bookings" ? "bookings" : (context.settings.revenue ?? "revenue"),
    ...monthsOf(past, company, studied, filtered ? [] : goals, workWeek(context.settings)),
    change: await changeOf(request, context, database),
    scopes: await scopesAhead({ ready, changed, running, goals: filtered ? [] : goals, seed }, scopes),
    open: {
      deals: deals.length,
      amount: deals.reduce((sum, { amount }) => sum + amount, 0),
      expected: deals.reduce((sum, { expected }) => sum + expected, 0),
    },
    deals: deals.slice(0, mostDeals),
    sealed: await forecastScores(sealed, observedTo, ask, narrowed(request)),
    warnings,
    freshness,
    took_ms: Math.round((performance.now() - began) * 10) / 10,
  };
}
