import type { Dims } from "./credit.ts";
import type { World } from "./world.ts";
import { daysFrom, plusDays } from "./days.ts";

/** A filter of a question; one that only narrows leaves rows alone that do not know the dimension. */
export interface Slice {
  readonly dimension: string;
  readonly values: readonly (string | null)[];
  readonly not: boolean;
  readonly narrows: boolean;
}

/** One number asked for: some days, some values of dimensions, a clock. */
export interface Cell {
  readonly from: string;
  readonly to: string;
  readonly key: Dims;
  readonly slices: readonly Slice[];
  readonly clock: "period" | "cohort";
  readonly window: number | undefined;
  readonly today: string;
}

/** The parts of a number by name, and the number; null where there is none. */
export interface Counted {
  readonly parts: Readonly<Record<string, number | null>>;
  readonly value: number | null;
}

export type Variant = (cell: Cell, world: World) => Counted;
export type Variants = Readonly<Record<string, Variant>>;

const passes = ({ dimension, values, not, narrows }: Slice, dims: Dims): boolean =>
  (narrows && !(dimension in dims)) || values.includes(dims[dimension] ?? null) !== not;

const matches = (cell: Cell, dims: Dims): boolean =>
  Object.entries(cell.key).every(([name, value]) => (dims[name] ?? null) === value) &&
  cell.slices.every((slice) => passes(slice, dims));

/** Whether a row of that day and those dimensions is of the cell. */
export const has = (cell: Cell, day: string | null, dims: Dims): boolean =>
  day !== null && day >= cell.from && day < cell.to && matches(cell, dims);

/** Whether something that entered on a day and got there on another did so within the window of the cohort. */
export const inTime = (cell: Cell, entered: string | null, reached: string | null): boolean =>
  entered !== null && reached !== null && (cell.window === undefined || daysFrom(entered, reached) <= cell.window);

export const over = (numerator: number | null, denominator: number | null): number | null =>
  numerator === null || denominator === null || denominator === 0 ? null : numerator / denominator;

export const ratio = (parts: Readonly<Record<string, number | null>>): Counted => {
  const [numerator = null, denominator = null] = Object.values(parts);
  return { parts, value: over(numerator, denominator) };
};

export const first = (parts: Readonly<Record<string, number | null>>): Counted => ({
  parts,
  value: Object.values(parts)[0] ?? null,
});

/** The middle one of some numbers, or the mean of the two middle ones. */
export function middle(all: readonly number[]): number | null {
  const sorted = all.toSorted((a, b) => a - b);
  const [below, above] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return below === undefined || above === undefined ? null : (below + above) / 2;
}

interface State {
  readonly from: string;
  readonly to: string | null;
  readonly dims: Dims;
}

/** The states that hold on the eve of a day. */
export const heldBefore = <S extends State>(states: readonly S[], cell: Cell, day: string): S[] =>
  states.filter((state) => state.from < day && (state.to === null || state.to >= day) && matches(cell, state.dims));

/** The edges between which a balance is taken, or nothing for what is still to come. */
export function edges(cell: Cell): { opens: string; closes: string } | undefined {
  const tomorrow = plusDays(cell.today, 1);
  if (cell.from > cell.today) return undefined;
  return { opens: cell.from, closes: cell.to < tomorrow ? cell.to : tomorrow };
}
