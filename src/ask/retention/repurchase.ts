import type { DoubtfulCustomer, Repurchase } from "../../contract/retention.ts";
import type { Tuple } from "../../engine/database.ts";
import { expectedPurchases, probabilityAlive } from "../../methods/repurchase/expectations.ts";
import { fitBgNbd } from "../../methods/repurchase/fit.ts";
import type { BgNbd, Buyers } from "../../methods/repurchase/likelihood.ts";
import { settled } from "./bridge.ts";

/** Fewer customers who bought again tell too little of how often they do. */
const fewest = 30;
const most = 20;
/** Who is there still with a smaller probability is worth a call. */
const doubt = 0.5;

/** Customers whose purchases look alike. */
interface Alike extends Buyers {
  readonly tuples: readonly Tuple[];
}

function alikeOf(tuples: readonly Tuple[]): Alike[] {
  const groups = Map.groupBy(tuples, ({ days, recency, age }) => `${String(days)} ${String(recency)} ${String(age)}`);
  return [...groups.values()].map((own) => ({
    repeats: Number(own[0]?.["days"]) - 1,
    recency: Number(own[0]?.["recency"]) / 7,
    age: Number(own[0]?.["age"]) / 7,
    count: own.length,
    tuples: own,
  }));
}

/** Those who are customers still by the days of the settings, and probably are not by their own habit: who bought most first. */
function doubtfulOf(model: BgNbd, alike: readonly Alike[], weeks: number): DoubtfulCustomer[] {
  const doubted = alike.filter((each) => probabilityAlive(model, each) < doubt);
  return doubted
    .flatMap((each) => each.tuples.filter((tuple) => tuple["is_there"] === true).map((tuple) => ({ each, tuple })))
    .toSorted((one, other) => Number(other.tuple["amount"]) - Number(one.tuple["amount"]))
    .slice(0, most)
    .map(({ each, tuple }) => ({
      customer: String(tuple["customer_id"]),
      name: tuple["name"] == null ? null : String(tuple["name"]),
      purchases: Number(tuple["days"]),
      last: String(tuple["last"]),
      amount: settled(tuple["amount"]),
      alive: probabilityAlive(model, each),
      expected: expectedPurchases(model, each, weeks),
    }));
}

/** What the days of purchases say of who still buys, and how often in the days ahead; null where too few bought again. */
export function repurchaseOf(tuples: readonly Tuple[], days: number): Repurchase | null {
  const alike = alikeOf(tuples);
  const repeaters = alike.reduce((sum, { repeats, count }) => sum + (repeats > 0 ? count : 0), 0);
  const model = repeaters < fewest ? undefined : fitBgNbd(alike);
  if (model === undefined) return null;
  const weeks = days / 7;
  const sum = (of: (each: Alike) => number) => alike.reduce((all, each) => all + each.count * of(each), 0);
  return {
    ...model,
    customers: tuples.length,
    repeaters,
    days,
    alive: sum((each) => (each.repeats > 0 ? probabilityAlive(model, each) : 0)),
    expected: sum((each) => expectedPurchases(model, each, weeks)),
    doubtful: doubtfulOf(model, alike, weeks),
  };
}
