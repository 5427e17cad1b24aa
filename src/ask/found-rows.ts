import { compile, totalsAddUp } from "../engine/compile.ts";
import type { Limits, Tuple } from "../engine/database.ts";
import { canBeApart, segmentColumn, splitColumn } from "../engine/keys.ts";
import type { Plan } from "../engine/plan.ts";
import { Problem } from "../engine/problem.ts";
import { runnable } from "../engine/sql.ts";
import { estimated, growing, mayGrow, type Found } from "./cohorts/estimate.ts";
import { readRow, sumRows, type Frame } from "./rows.ts";
import type { Store } from "./store.ts";

/** Refuses amounts that no rate converts. */
export function refuseMissingRate(tuples: readonly Tuple[]): void {
  const missing = tuples.map((tuple) => tuple["missing_rate"]).find((each) => each != null);
  if (missing == null) return;
  const [day = "", currency = ""] = String(missing).split(" ");
  throw new Problem(
    "missing-rate",
    `there is no exchange rate of ${currency} on ${day}`,
    "load a row of `rate` for that day and currency, or filter those amounts out",
    { day, currency },
  );
}

/** The rows of a plan, asked of the database once between two loads. */
async function run(plan: Plan, { database, ledger }: Store, limits: Limits): Promise<Tuple[]> {
  const query = compile(plan);
  const tuples = await ledger.remembered(`rows ${runnable(query)}`, () =>
    database.use((connection) => connection.rows(query, limits)),
  );
  refuseMissingRate(tuples);
  return tuples;
}

const whole = (plan: Plan): Plan => ({ ...plan, keys: [], grain: undefined, members: undefined });

/** The rows of one split of a plan with their total, which is asked apart where the rows do not add up to it. */
function readSplit(frame: Frame, tuples: readonly Tuple[], totals: readonly Tuple[] | undefined) {
  const rows = tuples.map((tuple) => readRow(frame, tuple));
  const [stated] = totals ?? [];
  const total =
    stated === undefined ? sumRows(frame, rows, tuples) : readRow({ ...frame, plan: whole(frame.plan) }, stated);
  return { rows, total };
}

/** Rows and total of a plan; those that may still grow with what they are expected to come to. */
export async function rowsAndTotal(frame: Frame, store: Store, limits: Limits): Promise<Found> {
  const { plan } = frame;
  const alone = totalsAddUp(plan) || (plan.keys.length === 0 && plan.grain === undefined);
  const [tuples, totals, risks] = await Promise.all([
    run(plan, store, limits),
    alone ? undefined : run(whole(plan), store, limits),
    growing(frame, store, limits),
  ]);
  const { rows, total } = readSplit(frame, tuples, totals);
  const only = plan.keys.length === 0 && plan.grain === undefined;
  return estimated(frame, risks, { rows, total: only ? (rows[0] ?? total) : total });
}

const inOnePass = (frame: Frame): boolean => canBeApart(frame.plan) && !mayGrow(frame);

/** Rows and total of a plan by each of some dimensions alone; in one pass, where nothing may still grow. */
export async function splitByEach(
  frame: Frame,
  dimensions: readonly string[],
  store: Store,
  limits: Limits,
): Promise<ReadonlyMap<string, Pick<Found, "rows" | "total">>> {
  const by = (dimension: string): Frame => ({ ...frame, plan: { ...frame.plan, keys: [dimension] } });
  if (dimensions.length === 0) return new Map();
  if (!inOnePass(frame))
    return new Map(
      await Promise.all(dimensions.map(async (each) => [each, await rowsAndTotal(by(each), store, limits)] as const)),
    );
  const plan: Plan = { ...frame.plan, keys: dimensions, apart: true };
  const [tuples, totals] = await Promise.all([
    run(plan, store, limits),
    totalsAddUp(plan) ? undefined : run(whole(frame.plan), store, limits),
  ]);
  const own = Map.groupBy(tuples, (tuple) => String(tuple[splitColumn]));
  return new Map(
    dimensions.map((each) => {
      const rows = (own.get(each) ?? []).map((tuple) => ({ ...tuple, [each]: tuple[segmentColumn] ?? null }));
      return [each, readSplit(by(each), rows, totals)];
    }),
  );
}
