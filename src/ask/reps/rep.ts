import type { RepDetail, RepRequest } from "../../contract/rep.ts";
import type { Database } from "../../engine/database.ts";
import { addMonths, startOf } from "../../engine/time.ts";
import type { Context } from "../draft.ts";
import { attainments } from "../goals/attainment.ts";
import { repsIn } from "./reps.ts";
import { riskOf } from "./risk.ts";

/** One person who sells: their side of the map against the nameless others, the deals they may lose, and their goals. */
export async function repOf(
  { rep, ...request }: RepRequest,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<RepDetail> {
  const store = { database, ledger: context.ledger };
  const { today } = context;
  const year = { from: startOf("year", today), to: addMonths(startOf("month", today), 1) };
  const [map, risk, goals] = await Promise.all([
    repsIn({ ...request, only: rep }, context, database, signal),
    riskOf(rep, context, store),
    attainments({ ...year, scopeKind: "rep", scope: rep }, context, database, signal),
  ]);
  return { map, risk, goals: goals.filter(({ goal, to }) => goal.periodStart <= today && to > today) };
}
