import type { Attainment } from "../../contract/attainment.ts";
import type { Goal } from "../../contract/goal.ts";
import type { Revenue } from "../../contract/revenue.ts";
import type { Database } from "../../engine/database.ts";
import { Problem } from "../../engine/problem.ts";
import { salesRevenue } from "../../indicators/sales-revenue.ts";
import { reachedBy } from "../../methods/projection/probability.ts";
import type { Context } from "../draft.ts";
import { revenueOf } from "../revenue/revenue.ts";
import { leavesNoAnswer } from "./attainment.ts";

/** Whether a goal is one of revenue, as it is foretold. */
const isForetold = ({ goal, variant, currency }: Attainment): boolean =>
  goal.indicator === salesRevenue.id && variant === salesRevenue.variants[0]?.id && currency !== null;

/** The projection of a goal's own period, where that runs. */
const projectionOf = ({ scopeKind, scope, grain, periodStart }: Goal, { scopes }: Revenue) =>
  scopes
    .find(({ kind, name }) => kind === scopeKind && name === scope)
    ?.periods.find((period) => period.grain === grain && period.from === periodStart)?.projection ?? null;

/** What is foretold in a currency; nothing where that is refused. */
async function foretold(currency: string, context: Context, database: Database, signal?: AbortSignal) {
  try {
    return await revenueOf({ currency }, context, database, [], signal);
  } catch (error) {
    if (!(error instanceof Problem) || leavesNoAnswer(error)) throw error;
    return undefined;
  }
}

/** Goals with the probability of reaching them: of revenue, in the month, quarter or year that runs. */
export async function withProbability(
  held: readonly Attainment[],
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Attainment[]> {
  const currencies = [...new Set(held.filter(isForetold).map(({ currency }) => currency ?? ""))];
  const found = new Map<string, Revenue | undefined>();
  for (const currency of currencies) found.set(currency, await foretold(currency, context, database, signal));
  return held.map((each) => {
    const revenue = isForetold(each) ? found.get(each.currency ?? "") : undefined;
    const projection = revenue === undefined ? null : projectionOf(each.goal, revenue);
    return projection === null ? each : { ...each, probability: reachedBy(projection, each.goal.target) };
  });
}
