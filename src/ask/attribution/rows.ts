import type { AttributedRow, Earned, Setting } from "../../contract/attribution.ts";
import { costsOf, earnedBy, namesIn, unattributedIn, wholeIn, type Asked } from "./asked.ts";
import { rangeOf, verdictOf } from "./verdicts.ts";

/** The answers under the chosen setting and under each, in their order, and the new customers by value and in all. */
export interface Answered {
  readonly settings: readonly Setting[];
  readonly chosen: Asked;
  readonly all: readonly Asked[];
  readonly customers: ReadonlyMap<string | null, number | null>;
  readonly allCustomers: number | null;
}

/** A return is enough from zero on; a cost per outcome up to what one costs on the whole. */
const enoughIn = (all: readonly Asked[]): (number | null)[] =>
  all.map(({ split }) => (split.indicator.better === "higher" ? 0 : split.total.value));

function rowOf(name: string | null, answered: Answered, earned: (asked: Asked) => Earned): AttributedRow {
  const { all, settings, chosen, customers } = answered;
  const results = all.map(earned);
  return {
    name,
    costs: costsOf(name, chosen),
    chosen: earned(chosen),
    results,
    range: rangeOf(results, settings),
    customers: customers.get(name) ?? 0,
    verdict: verdictOf(results, enoughIn(all)),
  };
}

const descending = (one: AttributedRow, other: AttributedRow): number =>
  other.costs - one.costs || (other.chosen.credited ?? 0) - (one.chosen.credited ?? 0);

/** A row for each value, what is unattributed last. */
export function rowsOf(answered: Answered): AttributedRow[] {
  const named = namesIn([answered.chosen, ...answered.all]).map((name) =>
    rowOf(name, answered, (asked) => earnedBy(name, asked)),
  );
  return [...named.toSorted(descending), rowOf(null, answered, unattributedIn)];
}

/** All of it. */
export function totalOf(answered: Answered): AttributedRow {
  const { what, split } = answered.chosen;
  const row = rowOf(null, answered, wholeIn);
  return { ...row, costs: split.total.parts[what.costs] ?? 0, customers: answered.allCustomers, verdict: null };
}
