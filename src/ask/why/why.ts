import type { Row } from "../../contract/answer.ts";
import type { ExplainRequest } from "../../contract/api.ts";
import type { Why } from "../../contract/why.ts";
import type { Limits } from "../../engine/database.ts";
import { sumOfEffects } from "../../methods/explanation/effects.ts";
import { contributionsOf } from "./contributions.ts";
import { additive } from "../certainty/noise.ts";
import type { Context, Note } from "../draft.ts";
import { checkOver, openDimensions, splitSide, type Sides, type SplitSide } from "./sides.ts";
import type { Store } from "../store.ts";

/** Why a value changed, or what keeps it from being told. */
export interface Told {
  readonly why: Why | null;
  readonly notes: readonly Note[];
}

const untold = (code: string, message: string): Told => ({ why: null, notes: [{ code, message }] });

function noValue({ frame }: SplitSide): Told {
  const { from, to } = frame.plan.range;
  return untold("why-no-value", `from ${from} to ${to} (exclusive) there is no value, so the change cannot be split`);
}

/** A dimension with both sides split by it. */
interface Split {
  readonly over: string;
  readonly before: SplitSide;
  readonly after: SplitSide;
}

async function splitBy(over: string, sides: Sides, store: Store, limits: Limits): Promise<Split> {
  const [before, after] = await Promise.all([
    splitSide(sides.before, over, store, limits),
    splitSide(sides.after, over, store, limits),
  ]);
  return { over, before, after };
}

/** By the dimension that was asked for, or by the first of which the rows have more than one value. */
async function splitOf(
  request: ExplainRequest,
  sides: Sides,
  context: Context,
  store: Store,
  limits: Limits,
): Promise<Split | undefined> {
  const { over, question } = request;
  if (over !== undefined) {
    await checkOver(question, over, context, store.database);
    return splitBy(over, sides, store, limits);
  }
  let first: Split | undefined;
  for (const dimension of await openDimensions(sides, context, store.database)) {
    const split = await splitBy(dimension, sides, store, limits);
    if (new Set([...split.before.rows.keys(), ...split.after.rows.keys()]).size > 1) return split;
    first ??= split;
  }
  return first;
}

/** What is left of a difference; the dust of binary fractions is nothing. */
function remainderOf(difference: number, explained: number, ...values: number[]): number {
  const left = difference - explained;
  return Math.abs(left) <= 1e-9 * Math.max(...values.map(Math.abs), Math.abs(explained)) ? 0 : left;
}

/** Splits the difference between a cell and what it is held against into volume, rate and mix over one dimension. */
export async function whyOf(
  request: ExplainRequest,
  sides: Sides,
  cell: Row,
  context: Context,
  store: Store,
  limits: Limits,
): Promise<Told> {
  const quotient = additive(sides.after);
  if (quotient === undefined)
    return untold("why-not-additive", "this value does not add up over segments, so its change cannot be split");
  const split = await splitOf(request, sides, context, store, limits);
  if (split === undefined) return untold("why-no-dimension", "there is no dimension left to split the change by");
  const { over, before, after } = split;
  if (before.total.value === null || cell.value === null) return noValue(before.total.value === null ? before : after);
  const contributions = contributionsOf(over, quotient, before, after).map((each) => each.contribution);
  const difference = cell.value - before.total.value;
  const sum = sumOfEffects(contributions);
  const remainder = remainderOf(difference, sum.total, cell.value, before.total.value);
  const then = { ...before.total, key: {}, period: null };
  return { why: { by: over, before: then, after: cell, difference, ...sum, remainder, contributions }, notes: [] };
}
