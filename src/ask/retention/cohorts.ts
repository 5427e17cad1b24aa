import type { RetentionCohort, Stock } from "../../contract/retention.ts";
import type { Tuple } from "../../engine/database.ts";
import { addMonths, startOf, type Day } from "../../engine/time.ts";
import { isOver, nothing, settled } from "./bridge.ts";

/** The newest cohorts that a page has room for. */
const most = 24;

function cohortOf(month: Day, tuples: readonly Tuple[], until: Day): RetentionCohort {
  const byMonth = new Map(tuples.map((tuple) => [String(tuple["month"]), tuple]));
  const cells: (Stock | null)[] = [];
  let there = nothing;
  for (let at = month; at <= startOf("month", until); at = addMonths(at, 1)) {
    const { more, delta } = byMonth.get(at) ?? {};
    there = {
      customers: settled(there.customers + Number(more ?? 0)),
      amount: settled(there.amount + Number(delta ?? 0)),
    };
    cells.push(isOver(at, until) ? there : null);
  }
  return { month, customers: settled(tuples.reduce((sum, { began }) => sum + Number(began), 0)), cells };
}

/** Those who began in each month, the newest last, and who of them is there at the end of each month from then on. */
export const cohortsOf = (tuples: readonly Tuple[], until: Day): RetentionCohort[] =>
  [...Map.groupBy(tuples, (tuple) => String(tuple["cohort"]))]
    .map(([month, own]) => cohortOf(month, own, until))
    .toSorted((one, other) => (one.month < other.month ? -1 : 1))
    .slice(-most);
