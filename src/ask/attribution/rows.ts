import type { AttributedRow, Earned, Setting } from "../../contract/attribution.ts";
import { costsOf, earnedBy, namesIn, unattributedIn, wholeIn, type Asked } from "./asked.ts";
import { causedOf, type Span } from "../../methods/lift/caused.ts";
import type { Reach } from "./reach.ts";
import { rangeOf, verdictOf, type Enough, type Rated } from "./verdicts.ts";

/** The answers under the chosen setting and under each, in their order, and the new customers by value and in all. */
export interface Answered {
  readonly settings: readonly Setting[];
  readonly chosen: Asked;
  readonly all: readonly Asked[];
  readonly customers: ReadonlyMap<string | null, number | null>;
  readonly allCustomers: number | null;
  readonly reach: Reach;
  /** How much of a return's outcome a unit of cost must bring to be worth it: 1 ÷ gross margin. */
  readonly even: number;
}

/** A row with what the value may have caused under each setting. */
type Row = AttributedRow & Pick<Rated, "spans">;

/** A return is enough from zero on; a cost per outcome up to what one costs on the whole. */
const enoughIn = ({ all, even }: Answered): Enough[] =>
  all.map(({ split }) => {
    const { better } = split.indicator;
    const value = better === "higher" ? 0 : split.total.value;
    return { value, perCost: better === "higher" ? even : value === null ? Number.NaN : 1 / value };
  });

const noOne = { amount: 0, people: 0 };

function spansOf(name: string | null, results: readonly Earned[], { reach }: Answered): Span[] {
  const met = reach.of.get(name ?? "") ?? noOne;
  return results.map(({ credited }) => causedOf(credited ?? 0, met, reach.all));
}

function rowOf(name: string | null, answered: Answered, earned: (asked: Asked) => Earned): Row {
  const { all, settings, chosen, customers } = answered;
  const results = all.map(earned);
  const spans = spansOf(name, results, answered);
  const own = { costs: costsOf(name, chosen), chosen: earned(chosen), results };
  const verdict = name === null || own.costs <= 0 ? null : verdictOf({ ...own, spans }, enoughIn(answered));
  const [leasts, mosts] = [spans.map(([least]) => least), spans.map(([, most]) => most)];
  return {
    name,
    ...own,
    range: rangeOf(results, settings),
    caused: verdict === null ? null : [Math.min(...leasts), Math.max(...mosts)],
    customers: customers.get(name) ?? 0,
    verdict,
    spans,
  };
}

const descending = (one: Row, other: Row): number =>
  other.costs - one.costs || (other.chosen.credited ?? 0) - (one.chosen.credited ?? 0);

/** A row for each value, what is unattributed last. */
export function rowsOf(answered: Answered): Row[] {
  const named = namesIn([answered.chosen, ...answered.all]).map((name) =>
    rowOf(name, answered, (asked) => earnedBy(name, asked)),
  );
  return [...named.toSorted(descending), rowOf(null, answered, unattributedIn)];
}

/** A row as it is told: its spans come to one. */
export function toldOf(row: Row): AttributedRow {
  const { spans: _, ...told } = row;
  return told;
}

/** All of it. */
export function totalOf(answered: Answered): AttributedRow {
  const { what, split } = answered.chosen;
  const row = toldOf(rowOf(null, answered, wholeIn));
  return { ...row, costs: split.total.parts[what.costs] ?? 0, customers: answered.allCustomers, verdict: null };
}
