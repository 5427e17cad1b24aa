import { isDeepStrictEqual } from "node:util";
import { constant, part, partsOf, type Formula } from "../../engine/formula.ts";
import type { Measure } from "../../engine/measure.ts";
import { accruedSpend } from "../../facts/views.ts";
import { unitOfMeasure, variant, type Clock, type Unit, type Variant, type Window } from "../definition.ts";
import { predicateOf, unknown } from "./filters.ts";
import { namedMeasures, namedNumbers } from "./named-measures.ts";
import { isShare, leftOut } from "./share.ts";
import { Mistake, type Expression } from "./syntax.ts";
import { joinedUnit, refusedUnits } from "./units.ts";

/** What of a variant is said beside its expression. */
export interface Heading {
  readonly id: string;
  readonly title: string;
  readonly clock: Clock;
  readonly window: Window | undefined;
}

interface Meaning {
  readonly formula: Formula;
  readonly unit: Unit;
}

type Named = Extract<Expression, { kind: "named" }>;

/** The measure that a name with its conditions stands for. */
function measureOf({ name, where, at }: Named): Measure {
  const measure = Object.hasOwn(namedMeasures, name) ? namedMeasures[name] : undefined;
  if (measure === undefined) {
    const names = [...Object.keys(namedMeasures), ...namedNumbers];
    throw unknown("there is no measure", { text: name, at }, names);
  }
  const conditions = where.map((each) => predicateOf(name, measure, each));
  return conditions.length === 0 ? measure : { ...measure, where: [...measure.where, ...conditions] };
}

/** The part of that name, or of that name with a number where other rows are counted under it already. */
function partNamed(name: string, measure: Measure, parts: Map<string, Measure>): string {
  for (let nth = 1; ; nth++) {
    const wanted = nth === 1 ? name : `${name}_${nth}`;
    const there = parts.get(wanted);
    if (there !== undefined && !isDeepStrictEqual(there, measure)) continue;
    parts.set(wanted, measure);
    return wanted;
  }
}

function meaningOf(expression: Expression, parts: Map<string, Measure>): Meaning {
  if (expression.kind === "number") return { formula: constant(expression.number), unit: "ratio" };
  if (expression.kind === "named") {
    const { name, where } = expression;
    const isNumber = (namedNumbers as readonly string[]).includes(name) && where.length === 0;
    if (isNumber) return { formula: constant({ setting: name }), unit: "ratio" };
    const measure = measureOf(expression);
    return { formula: part(partNamed(name, measure, parts)), unit: unitOfMeasure(measure) };
  }
  const { kind, at } = expression;
  const left = meaningOf(expression.left, parts);
  const right = meaningOf(expression.right, parts);
  const unit = joinedUnit(kind, left.unit, right.unit);
  if (unit === undefined) throw new Mistake(at, refusedUnits(kind, left.unit, right.unit));
  return { formula: { kind, left: left.formula, right: right.formula }, unit };
}

/** The rows that a measure takes, counted. */
const rowsOf = (measure: Measure): Measure =>
  measure.kind === "balance"
    ? { ...measure, function: "count" }
    : { ...measure, function: "count", of: undefined, span: undefined, less: [], negated: false };

const countsAmong = (names: readonly string[], parts: ReadonlyMap<string, Measure>): string[] =>
  names.filter((each) => {
    const measure = parts.get(each);
    return measure !== undefined && unitOfMeasure(measure) === "count";
  });

/** The part that says how many rows the value rests on: a count below the line, any other count, or one added for it. */
function restsOn({ formula }: Meaning, parts: Map<string, Measure>): string {
  const below = formula.kind === "/" ? partsOf(formula.right) : [];
  const [counted] = countsAmong([...below, ...parts.keys()], parts);
  if (counted !== undefined) return counted;
  const [[name, measure] = []] = parts;
  if (name === undefined || measure === undefined) throw new Mistake(0, "name a measure such as leads or spend");
  return partNamed(`${name}_rows`, rowsOf(measure), parts);
}

/** Which rows a share leaves out; undefined where the value is no share. */
function shareOf({ formula }: Meaning, parts: ReadonlyMap<string, Measure>, clock: Clock): Measure[] | undefined {
  if (formula.kind !== "/" || formula.left.kind !== "part" || formula.right.kind !== "part") return undefined;
  const [numerator, denominator] = [parts.get(formula.left.part), parts.get(formula.right.part)];
  if (numerator === undefined || denominator === undefined || !isShare(numerator, denominator, clock)) return undefined;
  return leftOut(numerator, denominator);
}

/** Costs have dimensions of their own, and a team that spends where the others have one that sells. */
const costs = { narrowing: ["category", "account"], except: ["team"] } as const;

function besideOthers(parts: ReadonlyMap<string, Measure>): Partial<typeof costs> {
  const tables = new Set([...parts.values()].map(({ table }) => table.name));
  return tables.size > 1 && tables.has(accruedSpend.name) ? costs : {};
}

function refuseCohortOfBalances(parts: ReadonlyMap<string, Measure>, clock: Clock): void {
  const [held] = [...parts].filter(([, measure]) => measure.kind === "balance");
  if (held !== undefined && clock === "cohort")
    throw new Mistake(0, `${held[0]} is what is held at the end of a period; it has no cohort clock`);
}

/** A variant from a written expression: its parts, its formula and its unit; what is wrong is a Mistake with its place. */
export function variantOf(expression: Expression, { id, title, clock, window }: Heading): Variant {
  const parts = new Map<string, Measure>();
  const meaning = meaningOf(expression, parts);
  refuseCohortOfBalances(parts, clock);
  const n = restsOn(meaning, parts);
  const others = shareOf(meaning, parts, clock);
  return variant({
    id,
    title,
    unit: meaning.unit,
    parts: Object.fromEntries(parts),
    value: meaning.formula,
    n,
    clocks: [clock],
    ...(window === undefined ? {} : { window }),
    share: others !== undefined,
    others: others ?? [],
    ...besideOthers(parts),
  });
}
