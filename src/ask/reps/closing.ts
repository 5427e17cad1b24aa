import type { Tuple } from "../../engine/database.ts";
import type { Plan } from "../../engine/plan.ts";
import { runnable, type Sql } from "../../engine/sql.ts";
import type { Won } from "../../methods/reps/rep-map.ts";
import { gatheredLevels, usualRates } from "../../methods/reps/usual-mix.ts";
import { aalenJohansen } from "../../methods/survival/aalen-johansen.ts";
import { lifeTable } from "../../methods/survival/life-table.ts";
import { deadline } from "../answer.ts";
import { riskTables } from "../cohorts/risks.ts";
import type { Store } from "../store.ts";
import { cellOf, factors, mixOf, toldFactors, type DealCell } from "./cells.ts";
import { dealCells } from "./deals-sql.ts";

/** Asks the database once between two loads. */
export async function asked(query: Sql, { database, ledger }: Store, signal?: AbortSignal): Promise<Tuple[]> {
  return ledger.remembered(`reps ${runnable(query)}`, () =>
    database.use((connection) => connection.rows(query, { deadline, signal })),
  );
}

/** What somebody's deals came to. */
export interface Closing extends Won {
  readonly deals: number;
  readonly closed: number;
  /** Deals, each as much as it is old enough to have been won. */
  readonly weight: number;
}

/** What the deals of everybody came to, against what was to be expected of them. */
export interface Closings {
  /** The share of all deals that is won within the window; null where none is known. */
  readonly usual: number | null;
  readonly adjusted: readonly string[];
  readonly of: ReadonlyMap<string, Closing>;
}

const nothing: Closing = { deals: 0, closed: 0, weight: 0, won: 0, expected: 0, variance: 0 };

/** No case is taken to be sure to be won. */
const surest = 0.99;

/** A cell added to what somebody's deals came to: each is expected to be won at its rate, as far as its age lets it. */
function added(one: Closing, { deals, closed, weight, squares, won }: DealCell, rate: number): Closing {
  const p = Math.min(rate, surest);
  return {
    deals: one.deals + deals,
    closed: one.closed + closed,
    weight: one.weight + weight,
    won: one.won + won,
    expected: one.expected + weight * rate,
    variance: one.variance + weight * p - squares * p * p,
  };
}

/** What the deals of everybody came to: of all owners, those without one apart, expected at the rates of all together. */
export function closingsOf(cells: readonly DealCell[], usual: number | null): Closings {
  const told = toldFactors(cells);
  const mix = gatheredLevels(mixOf(cells, told));
  const rate = usualRates(mix);
  const of = new Map<string, Closing>();
  cells.forEach((cell, i) => {
    if (cell.rep === null) return;
    of.set(cell.rep, added(of.get(cell.rep) ?? nothing, cell, rate(mix[i]?.levels ?? [])));
  });
  return { usual, adjusted: told.flatMap((factor) => factors[factor] ?? []), of };
}

/** Finds what the deals of a plan came to by their owner. */
export async function closings(plan: Plan, store: Store, signal?: AbortSignal): Promise<Closings> {
  const whole = { ...plan, keys: [], members: undefined };
  const { known } = await riskTables(whole, store, { deadline, signal });
  const curve = aalenJohansen(lifeTable(known, plan.window ?? 0)).map(({ value }) => value);
  const usual = curve.at(-1) ?? 0;
  if (!(usual > 0)) return { usual: known.length === 0 ? null : 0, adjusted: [], of: await unwon(plan, store, signal) };
  const reached = curve.map((value) => value / usual);
  return closingsOf((await asked(dealCells(plan, reached), store, signal)).map(cellOf), usual);
}

/** What there is where nobody ever won anything: deals without anything to expect of them. */
async function unwon(plan: Plan, store: Store, signal?: AbortSignal): Promise<Map<string, Closing>> {
  const ages = Array.from({ length: (plan.window ?? 0) + 1 }, () => 1);
  const cells = (await asked(dealCells(plan, ages), store, signal)).map(cellOf);
  return new Map(closingsOf(cells, 0).of);
}
