import type { Row } from "../../contract/answer.ts";
import { causes as allCauses, type Change } from "../../contract/changes.ts";
import type { Question } from "../../contract/question.ts";
import { evaluate, type Parts } from "../../engine/formula.ts";
import { shapley } from "../../methods/explanation/shapley.ts";
import type { Cause, PartSplit } from "./part-changes.ts";
import type { Frame } from "../rows.ts";
import { settleUp } from "./settle-up.ts";

/** The cell as one context knows it. */
export interface Side {
  readonly frame: Frame;
  /** The variant and the days that it is of. */
  readonly alike: Pick<Question, "variant" | "from" | "to">;
  /** The version of the indicator's definition. */
  readonly version: number;
  readonly row: Row;
}

/** A cell at two states of knowledge; `middle` is the earlier definition on the later facts, and `after` where they agree. */
export interface Split {
  readonly before: Side;
  readonly middle: Side;
  readonly after: Side;
  readonly found: ReadonlyMap<string, PartSplit>;
  /** The difference of each part, by cause. */
  readonly byPart: ReadonlyMap<string, ReadonlyMap<Cause, number>>;
}

const numbersOf =
  ({ frame }: Side) =>
  (setting: string): number =>
    frame.plan.numbers[setting] ?? Number.NaN;

/** The value that the parts make, before any estimate of what is still to come. */
const baseOf = (side: Side, parts: Parts): number | null => evaluate(side.frame.variant.value, parts, numbersOf(side));

const subsetOf = (causes: readonly Cause[], mask: number): Set<Cause> =>
  new Set(causes.filter((_, i) => (mask >> i) & 1));

/** What each cause adds to a number that depends on which of them have happened; where it is none, it counts as halfway. */
function shares(
  causes: readonly Cause[],
  ends: readonly [number, number],
  at: (happened: ReadonlySet<Cause>) => number | null,
): Map<Cause, number> {
  const [first, last] = ends;
  const all = 2 ** causes.length - 1;
  const worth = (mask: number): number => {
    if (mask === 0 || mask === all) return mask === 0 ? first : last;
    return at(subsetOf(causes, mask)) ?? (first + last) / 2;
  };
  const values = shapley(causes.length, worth);
  return settleUp(new Map(causes.map((cause, i) => [cause, values[i] ?? 0])), last - first);
}

/** The difference of a part, by cause. */
export function partShares(
  part: string,
  { causes, added, at }: PartSplit,
  before: Side,
  after: Side,
): Map<Cause, number> {
  const ends = [before.row.parts[part] ?? 0, after.row.parts[part] ?? 0] as const;
  return added === undefined ? shares([...causes.keys()], ends, at) : settleUp(added, ends[1] - ends[0]);
}

/** The difference of the value by the same definition, by cause; undefined where it has none before or after. */
function valueShares(
  causes: readonly Cause[],
  { found, byPart, before, middle }: Split,
): ReadonlyMap<Cause, number> | undefined {
  const ends = [baseOf(before, before.row.parts), baseOf(before, middle.row.parts)] as const;
  if (ends[0] === null || ends[1] === null) return undefined;
  const { value } = before.frame.variant;
  if (value.kind === "part") return byPart.get(value.part);
  return shares(causes, [ends[0], ends[1]], (happened) =>
    baseOf(before, Object.fromEntries([...found].map(([part, split]) => [part, split.at(happened)]))),
  );
}

const rowsOf = (cause: Cause, found: ReadonlyMap<string, PartSplit>, before: Side): number => {
  const byTable = Map.groupBy(found, ([part]) => before.frame.plan.parts[part]?.table.name ?? "");
  return [...byTable.values()].reduce(
    (sum, parts) => sum + Math.max(...parts.map(([, split]) => split.causes.get(cause)?.rows ?? 0)),
    0,
  );
};

const examplesOf = (cause: Cause, found: ReadonlyMap<string, PartSplit>): string[] =>
  [...new Set([...found.values()].flatMap((split) => split.causes.get(cause)?.examples ?? []))].slice(0, 5);

/** What the definition adds to a part, of the same facts. */
const redefined = ({ middle, after }: Split, part: string): number =>
  middle === after ? 0 : (after.row.parts[part] ?? 0) - (middle.row.parts[part] ?? 0);

/** What each cause adds to the value: rows first, then the definition, then what an estimate adds to what was observed. */
function differences(split: Split, causes: readonly Cause[]): Map<Cause, number> | undefined {
  const { before, middle, after } = split;
  const [from, to] = [before.row.value, after.row.value];
  if (from === null || to === null) return undefined;
  const own = valueShares(causes, split);
  const bases = [baseOf(before, before.row.parts), baseOf(after, after.row.parts)] as const;
  const total = to - from;
  if (bases[0] === null || bases[1] === null) return new Map([["maturing", total]]);
  const observed = bases[1] - bases[0];
  const kept = baseOf(before, middle.row.parts);
  const definition = own === undefined || kept === null ? observed : bases[1] - kept;
  const added = new Map(own);
  if (middle !== after) added.set("definition", (added.get("definition") ?? 0) + definition);
  added.set("maturing", total - observed);
  return settleUp(added, total);
}

/** The difference of a cell, cause by cause, in the order of the contract. */
export function changesOf(split: Split): Change[] {
  const { before, after, found, byPart } = split;
  const causes = allCauses.filter((cause) => [...found.values()].some((each) => each.causes.has(cause)));
  const value = differences(split, causes);
  const names = new Set([...Object.keys(before.row.parts), ...Object.keys(after.row.parts)]);
  const partsOf = (cause: Cause): Record<string, number> =>
    Object.fromEntries(
      [...names].map((part) => [
        part,
        (byPart.get(part)?.get(cause) ?? 0) + (cause === "definition" ? redefined(split, part) : 0),
      ]),
    );
  return allCauses
    .map((cause): Change => ({
      cause,
      difference: value === undefined ? null : (value.get(cause) ?? 0),
      parts: partsOf(cause),
      rows: rowsOf(cause, found, before),
      examples: examplesOf(cause, found),
    }))
    .filter((each) => each.rows > 0 || each.difference || Object.values(each.parts).some((part) => part !== 0));
}
