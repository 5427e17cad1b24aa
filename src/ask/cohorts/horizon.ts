import type { Database } from "../../engine/database.ts";
import { usualDelay } from "../../engine/cohort.ts";
import type { Aggregate } from "../../engine/measure.ts";
import { runnable } from "../../engine/sql.ts";
import type { Context, Draft } from "../draft.ts";

/** The parts of a draft that follow rows of a cohort to a later day. */
const followers = ({ plan }: Draft): Aggregate[] =>
  Object.values(plan.parts).flatMap((measure) =>
    measure.kind === "aggregate" && measure.reached !== undefined ? [measure] : [],
  );

/** The days within which nearly all that are known to have got there did, over all time; undefined where none has. */
async function delayOf(measure: Aggregate, draft: Draft, { ledger }: Context, database: Database) {
  const query = usualDelay(measure, draft.plan);
  const [row] = await ledger.remembered(`delay ${runnable(query)}`, () =>
    database.use((connection) => connection.rows(query)),
  );
  return row?.["days"] == null ? undefined : Number(row["days"]);
}

/**
 * Decides after how many days a row of a cohort has had its time: the window; without one, the days within which 95 % of those
 * known to have got there did; none where no part follows rows further than the day on which they entered.
 */
export async function withHorizon(draft: Draft, context: Context, database: Database): Promise<Draft> {
  const { plan } = draft;
  if (plan.clock === "period") return draft;
  const [first] = followers(draft);
  const horizon = first === undefined ? 0 : (plan.window ?? (await delayOf(first, draft, context, database)));
  return { ...draft, plan: { ...plan, horizon } };
}
