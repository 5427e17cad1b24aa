import type { Row } from "../../contract/answer.ts";
import type { ExplainRequest } from "../../contract/api.ts";
import type { Question } from "../../contract/question.ts";
import type { Database, Limits } from "../../engine/database.ts";
import type { Plan } from "../../engine/plan.ts";
import { comparedRange, draftOf } from "../answer.ts";
import { splitByEach } from "../found-rows.ts";
import { cellPlan } from "../cell.ts";
import type { Context, Draft } from "../draft.ts";
import { honestSplits } from "../recorded.ts";
import { rowOf, type Frame } from "../rows.ts";
import type { Store } from "../store.ts";

/** A cell and what it is held against, each as the plan of one number. */
export interface Sides {
  readonly draft: Draft;
  readonly before: Frame;
  readonly after: Frame;
}

/** Rows of one dimension by their value, with the total. */
export interface SplitSide {
  readonly frame: Frame;
  readonly rows: ReadonlyMap<string | null, Row>;
  readonly total: Row;
}

/** The cell beside what its question compares it with: another period, other filters, or both; undefined without either. */
export async function sidesOf(
  { question, key = {}, period, versus }: ExplainRequest,
  draft: Draft,
  after: Frame,
  context: Context,
  database: Database,
): Promise<Sides | undefined> {
  if (question.compare === undefined && versus === undefined) return undefined;
  const others = versus?.where ?? {};
  const other = await draftOf({ ...question, where: { ...question.where, ...others } }, context, database);
  const own = Object.fromEntries(Object.entries(key).filter(([dimension]) => !Object.hasOwn(others, dimension)));
  const plan = cellPlan(other.plan, { key: own, period });
  const range = comparedRange(question, plan.range, plan.today) ?? plan.range;
  return { draft, after, before: { ...after, plan: { ...plan, range } } };
}

/** The dimensions that a cell is held to one value of, so that splitting by them says nothing. */
const held = ({ slices }: Plan): string[] =>
  slices.filter((slice) => !slice.not && slice.values.length === 1).map((slice) => slice.dimension);

/** The dimensions over which the difference of two sides can be split. */
export async function openDimensions(
  { draft, before, after }: Sides,
  context: Context,
  database: Database,
): Promise<string[]> {
  const closed = new Set([...held(before.plan), ...held(after.plan)]);
  return (await honestSplits(draft, context, database)).filter((dimension) => !closed.has(dimension));
}

/** Refuses a dimension that the question could not be split by. */
export async function checkOver(question: Question, over: string, context: Context, database: Database): Promise<void> {
  const { grain: _, rank: __, ...rest } = question;
  await draftOf({ ...rest, by: [over] }, context, database);
}

/** A dimension with both sides split by it, into rows that add up to them. */
export interface Split {
  readonly over: string;
  readonly before: SplitSide;
  readonly after: SplitSide;
}

async function splitSide(
  frame: Frame,
  dimensions: readonly string[],
  store: Store,
  limits: Limits,
): Promise<ReadonlyMap<string, SplitSide>> {
  const additive = { ...frame, additive: true };
  const found = await splitByEach(additive, dimensions, store, limits);
  return new Map(
    [...found].map(([over, { rows, total }]) => {
      const split = { ...additive, plan: { ...frame.plan, keys: [over] } };
      return [over, { frame: split, total, rows: new Map(rows.map((row) => [row.key[over] ?? null, row])) }];
    }),
  );
}

/** Both sides of a difference, split by each of some dimensions alone, in their order. */
export async function splitsBy(
  dimensions: readonly string[],
  sides: Pick<Sides, "before" | "after">,
  store: Store,
  limits: Limits,
): Promise<Split[]> {
  const [before, after] = await Promise.all([
    splitSide(sides.before, dimensions, store, limits),
    splitSide(sides.after, dimensions, store, limits),
  ]);
  return dimensions.flatMap((over) => {
    const [then, now] = [before.get(over), after.get(over)];
    return then === undefined || now === undefined ? [] : [{ over, before: then, after: now }];
  });
}

/** How many values of the dimension either side has. */
export const segmentsIn = ({ before, after }: Split): number =>
  new Set([...before.rows.keys(), ...after.rows.keys()]).size;

/** The row of a segment; one of nothing where the side has none. */
export function rowIn({ frame, rows }: SplitSide, over: string, key: string | null): Row {
  const nothing = Object.fromEntries(Object.keys(frame.variant.parts).map((part) => [part, 0]));
  return rows.get(key) ?? rowOf(frame, { [over]: key }, null, nothing, null);
}
