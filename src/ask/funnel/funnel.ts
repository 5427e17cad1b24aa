import type { Funnel, FunnelRequest } from "../../contract/funnel.ts";
import type { Database } from "../../engine/database.ts";
import type { Plan } from "../../engine/plan.ts";
import { addDays, addMonths, type Range } from "../../engine/time.ts";
import { answer, plannedFor } from "../answer.ts";
import { customersBy } from "../customers-by.ts";
import type { Context } from "../draft.ts";
import { daysIn } from "../passes.ts";
import { passedOf, placesOf, windows, type Passed } from "./counts.ts";
import { askedIfSplit, customerLives, saidToAll, type Ask } from "./customer-life.ts";
import { sourcesOf } from "./sources.ts";
import { level, stepsOf, worstOf } from "./steps.ts";
import { months, worthAt } from "./worth.ts";

/** Nobody. */
const none: Passed = {
  source: null,
  leads: 0,
  steps: windows.map(() => ({ passed: 0, of: 0, rate: null })),
  inferred: [],
};

/** The last three months on which anything is recorded where nothing else is said. */
function rangeOf({ from, to }: FunnelRequest, { observedTo }: Context): Range {
  const end = to ?? addDays(observedTo, 1);
  return daysIn({ from: from ?? addMonths(end, -3), to: end });
}

/**
 * The path of the leads that came in on some days: where each of them is, how each stage does against the leads of the twelve
 * months before, and what leads of each source cost and are worth, by those of both together.
 */
export async function funnelOf(
  request: FunnelRequest,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Funnel> {
  const began = performance.now();
  const { by = "channel" } = request;
  const store = { database, ledger: context.ledger };
  const cohort = rangeOf(request, context);
  const before = { from: addMonths(cohort.from, -12), to: cohort.from };
  const both = { from: before.from, to: cohort.to };
  const ask: Ask = (question) => answer(question, context, database, signal);
  const said = { ...saidToAll(request), indicator: "leads" };
  const planOf = async (range: Range, keys: string[]): Promise<Plan> =>
    (await plannedFor({ ...said, ...range, by: keys }, context, database)).plan;

  const [ours, theirs, split] = await Promise.all([planOf(cohort, []), planOf(before, []), planOf(both, [by])]);
  const [places, [passed = none], [norm = none], bySource] = await Promise.all([
    placesOf(ours, store, signal),
    passedOf(ours, store, signal),
    passedOf(theirs, store, signal),
    passedOf(split, store, signal),
  ]);
  const subscribe = customersBy(context) === "contracts";
  const lives = await customerLives(by, request, { range: both, observedTo: context.observedTo, subscribe }, ask);
  const costs = await askedIfSplit(
    { ...saidToAll(request), ...both, by: [by], indicator: "cost-per-lead", variant: "blended" },
    ask,
  );
  const { warnings, freshness } = await ask({ ...said, ...cohort });
  const margin = context.settings.gross_margin;
  const steps = stepsOf(places, passed, norm, worthAt(norm.steps, lives?.by ?? null, lives?.total, margin));
  return {
    question: { ...request, by, ...cohort },
    norm: { ...before, leads: norm.leads },
    observedTo: context.observedTo,
    currency: request.currency ?? context.settings.currency,
    level,
    months,
    worthBy: lives?.by ?? null,
    steps,
    worst: worstOf(steps),
    ...sourcesOf(bySource, { lives, costs, by, margin }),
    warnings,
    freshness,
    took_ms: Math.round((performance.now() - began) * 10) / 10,
  };
}
