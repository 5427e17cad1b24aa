import type { Question } from "../../contract/question.ts";
import type { BridgeSide } from "../../engine/bridge.ts";
import type { Database, Limits } from "../../engine/database.ts";
import { partsOf } from "../../engine/formula.ts";
import { addsUp, isMoney, type Aggregate } from "../../engine/measure.ts";
import type { Plan } from "../../engine/plan.ts";
import { Problem } from "../../engine/problem.ts";
import { links, things } from "../../facts/links.ts";
import { scoreboard } from "../../indicators/scoreboard.ts";
import { draftOf, frameOf } from "../answer.ts";
import { rowsAndTotal } from "../found-rows.ts";
import { cellPlan, type CellAddress } from "../cell.ts";
import { factName } from "../dimensions.ts";
import type { Context, Draft } from "../draft.ts";

/** One of the two numbers: its question, and the part of it whose rows are compared. */
export interface Side {
  readonly draft: Draft;
  readonly ledger: Context["ledger"];
  readonly part: string;
  readonly measure: Aggregate;
  readonly value: number;
  /** Every part of its formula. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** What the two sides' rows stand for. */
export interface Shared {
  readonly entity: string;
  readonly columns: readonly [BridgeSide["stands"], BridgeSide["stands"]];
}

/** Two numbers that cannot be held against each other. */
export const noBridge = (message: string, remedy: string): Problem => new Problem("no-bridge", message, remedy);

/** The other question as it is meant: what it leaves out it has from the first. */
export function againstOf(own: Question, { range }: Plan, against: Question): Question {
  const { asOf, model, currency } = own;
  const given = Object.entries({ ...range, asOf, model, currency }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...against };
}

/** A part that is a count or a sum of rows. */
function counted({ variant }: Draft, part: string): Aggregate | undefined {
  const measure = variant.parts[part];
  return measure !== undefined && measure.kind === "aggregate" && addsUp(measure) ? measure : undefined;
}

/** The part that was named, or the first of the formula that is a count or a sum of rows. */
function partOf(draft: Draft, wanted: string | undefined): [string, Aggregate] {
  const { indicator, variant } = draft;
  const all = Object.keys(variant.parts).filter((part) => counted(draft, part) !== undefined);
  const part = wanted ?? partsOf(variant.value).find((each) => all.includes(each));
  const measure = part === undefined ? undefined : counted(draft, part);
  if (part !== undefined && measure !== undefined) return [part, measure];
  throw noBridge(
    `${indicator.id} (${variant.id}) has no ${wanted ?? "part"} that is a count or a sum of rows`,
    all.length === 0 ? "hold another number against it" : `name one of ${all.join(", ")}`,
  );
}

/** A question as one side of a bridge. */
export async function sideOf(
  question: Question,
  cell: CellAddress,
  wanted: string | undefined,
  context: Context,
  database: Database,
  limits: Limits,
): Promise<Side> {
  if (question.indicator === scoreboard.id)
    throw noBridge("a scoreboard counts indicators, not rows", "hold one of its indicators against the other number");
  const draft = await draftOf(question, context, database);
  const [part, measure] = partOf(draft, wanted);
  const plan = cellPlan(draft.plan, cell);
  const frame = { ...(await frameOf(draft, context, database)), plan };
  const { total } = await rowsAndTotal(frame, { database, ledger: context.ledger }, limits);
  const value = total.parts[part] ?? null;
  if (value === null)
    throw noBridge(`nothing is recorded for the ${part} of ${question.indicator}`, "load what it is made of first");
  return { draft: { ...draft, plan }, ledger: context.ledger, part, measure, value, values: total.parts };
}

/** A side by another part of its formula, or nothing where that is no count or sum of rows. */
function byPart(side: Side, part: string): Side | undefined {
  const [measure, value] = [counted(side.draft, part), side.values[part] ?? null];
  return measure === undefined || value === null ? undefined : { ...side, part, measure, value };
}

const asked = ({ draft: { indicator, plan } }: Side): string =>
  JSON.stringify([indicator.id, plan.range, plan.slices, plan.asOf]);

/**
 * The sides by what they count differently: two readings of one indicator that have the first part in common, such as
 * costs per lead of the same spend, differ in the next.
 */
export function whereTheyDiffer(left: Side, right: Side): readonly [Side, Side] {
  if (asked(left) !== asked(right) || left.value !== right.value) return [left, right];
  const others = partsOf(right.draft.variant.value);
  const pairs = partsOf(left.draft.variant.value).map((part, i) => [
    byPart(left, part),
    byPart(right, others[i] ?? ""),
  ]);
  for (const [one, other] of pairs)
    if (one && other && one.value !== other.value && isMoney(one.measure) === isMoney(other.measure))
      return [one, other];
  return [left, right];
}

const has = (table: string, thing: string): number => Object.keys(links[table] ?? {}).indexOf(thing);

/** The nearest thing that the rows of both tables stand for; rows of one table are compared as they are. */
export function shared(left: Aggregate, right: Aggregate): Shared | undefined {
  const [one, other] = [left.table.name, right.table.name];
  if (one === other)
    return { entity: Object.keys(links[one] ?? {})[0] ?? factName(one), columns: [undefined, undefined] };
  const [nearest] = things
    .filter((thing) => has(one, thing) >= 0 && has(other, thing) >= 0)
    .toSorted((a, b) => has(one, a) + has(other, a) - has(one, b) - has(other, b));
  if (nearest === undefined) return undefined;
  return { entity: nearest, columns: [links[one]?.[nearest], links[other]?.[nearest]] };
}

/** Refuses to hold amounts of money against numbers of things. */
export function refuseUnlike({ measure: left }: Side, { measure: right }: Side): void {
  if (isMoney(left) === isMoney(right)) return;
  throw noBridge("money cannot be held against a number of rows", "name parts of one unit on both sides");
}
