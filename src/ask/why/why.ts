import type { Row } from "../../contract/answer.ts";
import type { ExplainRequest } from "../../contract/api.ts";
import type { Why } from "../../contract/why.ts";
import type { Limits } from "../../engine/database.ts";
import { sumOfEffects } from "../../methods/explanation/effects.ts";
import { contributionsOf } from "./contributions.ts";
import { additive } from "../certainty/noise.ts";
import { hasChanged } from "../compared.ts";
import type { Context, Note } from "../draft.ts";
import { checkOver, openDimensions, segmentsIn, splitsBy, type Sides, type Split, type SplitSide } from "./sides.ts";
import type { Store } from "../store.ts";

/** Why a value changed, or what keeps it from being told. */
export interface Told {
  readonly why: Why | null;
  readonly notes: readonly Note[];
}

const untold = (code: string, message: string): Told => ({ why: null, notes: [{ code, message }] });

function noValue({ frame }: SplitSide): Told {
  const { from, to } = frame.plan.range;
  const message = `from ${from} to ${to} (exclusive) there is no value, so the change cannot be split: name a shorter range, which has days with data before it`;
  return untold("why-no-value", message);
}

/** By the dimension that was asked for, or by the first of which the rows have more than one value. */
async function splitOf(
  request: ExplainRequest,
  sides: Sides,
  known: readonly Split[],
  context: Context,
  store: Store,
  limits: Limits,
): Promise<Split | undefined> {
  const { over, question } = request;
  const splitBy = async (dimension: string): Promise<Split | undefined> =>
    known.find((each) => each.over === dimension) ?? (await splitsBy([dimension], sides, store, limits))[0];
  if (over !== undefined) {
    await checkOver(question, over, context, store.database);
    return splitBy(over);
  }
  let first: Split | undefined;
  for (const dimension of await openDimensions(sides, context, store.database)) {
    const split = await splitBy(dimension);
    if (split !== undefined && segmentsIn(split) > 1) return split;
    first ??= split;
  }
  return first;
}

/** What is left of a difference; the dust of binary fractions is nothing. */
function remainderOf(difference: number, explained: number, ...values: number[]): number {
  const left = difference - explained;
  return Math.abs(left) <= 1e-9 * Math.max(...values.map(Math.abs), Math.abs(explained)) ? 0 : left;
}

/**
 * Splits the difference between a cell and what it is held against into volume, rate and mix over one dimension; `known` are
 * splits that were made already.
 */
export async function whyOf(
  request: ExplainRequest,
  sides: Sides,
  known: readonly Split[],
  cell: Row,
  context: Context,
  store: Store,
  limits: Limits,
): Promise<Told> {
  const quotient = additive(sides.after);
  if (quotient === undefined)
    return untold("why-not-additive", "this value does not add up over segments, so its change cannot be split");
  const split = await splitOf(request, sides, known, context, store, limits);
  if (split === undefined) return untold("why-no-dimension", "there is no dimension left to split the change by");
  const { over, before, after } = split;
  if (before.total.value === null || cell.value === null) return noValue(before.total.value === null ? before : after);
  const contributions = contributionsOf(over, quotient, before, after).map((each) => each.contribution);
  const difference = cell.value - before.total.value;
  const sum = sumOfEffects(contributions);
  const remainder = remainderOf(difference, sum.total, cell.value, before.total.value);
  const then = { ...before.total, key: {}, period: null };
  const certain = hasChanged(sides.after, before.total, cell);
  return {
    why: { by: over, before: then, after: cell, difference, ...sum, certain, remainder, contributions },
    notes: [],
  };
}
