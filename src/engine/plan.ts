import type { Formula } from "./formula.ts";
import type { Aggregate, Measure } from "./measure.ts";
import type { Asked, Table } from "./table.ts";
import type { Day, Grain, Range } from "./time.ts";

/** The rows of one dimension that a question wants: those with one of the values, or all others. Null is *(none)*. */
export interface Slice {
  readonly dimension: string;
  readonly values: readonly (string | null)[];
  readonly not: boolean;
  /** Whether it picks one cell of an answer, rather than narrowing what was asked. */
  readonly ofCell?: boolean;
}

/** Two parts, or twice the same one. */
export type Product = readonly [left: string, right: string];

/** A question as the compiler takes it: plain data that can be hashed, with nothing left to decide. */
export interface Plan {
  readonly parts: Readonly<Record<string, Measure>>;
  readonly formula: Formula;
  /** Pairs of parts whose products, row by row, are added up too: what is needed to say how uncertain the value is. */
  readonly products: readonly Product[];
  readonly keys: readonly string[];
  /** Whether the rows are split by each key alone, all in one pass, rather than by all of them together. */
  readonly apart?: boolean;
  readonly grain: Grain | undefined;
  readonly range: Range;
  readonly slices: readonly Slice[];
  /** Dimensions that narrow only the parts whose table has them. */
  readonly narrowing: readonly string[];
  readonly clock: "period" | "cohort";
  /** Days within which a row must have `reached`, by the cohort clock. */
  readonly window: number | undefined;
  /** Days after which a row of a cohort has had its time: the window, or the usual delay where there is none. */
  readonly horizon: number | undefined;
  /** What may end a row of a cohort before it has `reached`. */
  readonly rival: Aggregate | undefined;
  /** The instant whose beliefs answer, ISO 8601; the present when undefined. */
  readonly asOf: string | undefined;
  readonly today: Day;
  /** The last day that was observed: what had not happened by then is open. */
  readonly observedTo: Day;
  readonly homeCurrency: string;
  readonly currency: string;
  /** Tables that hold amounts in other currencies than the wanted one. */
  readonly foreign: readonly string[];
  /** Values that lookups refer to by name, e.g. the model. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Small tables that lookups are worked out from, by name. */
  readonly given: Asked["given"];
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly numbers: Readonly<Record<string, number>>;
  /** A table whose members appear even when nothing happened to them, and the key that each of its columns gives. */
  readonly members: { readonly table: Table; readonly columns: Readonly<Record<string, string>> } | undefined;
}
