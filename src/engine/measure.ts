import type { Column, Dimensions, Predicate, Table } from "./table.ts";

/** An aggregate over one table: what is counted or added, of which rows, dated by which day. */
export interface Aggregate {
  readonly kind: "aggregate";
  readonly table: Table;
  readonly function: "count" | "sum" | "median";
  /** The column that is added up. */
  readonly of: string | undefined;
  /** The days, or the instants, whose distance in days is taken the median of. */
  readonly span: { readonly from: string; readonly to: string } | undefined;
  /** Columns that `of` is reduced by, e.g. tax. */
  readonly less: readonly string[];
  readonly where: readonly Predicate[];
  /** The day that dates a row, and by which it enters a cohort. */
  readonly at: string;
  /** The later day on which a row counts. By the period clock it dates the row; by the cohort clock the row stays with `at`. */
  readonly reached: string | undefined;
  /** Dimensions as they were when `reached`, for the period clock. */
  readonly dimensionsWhenReached: Dimensions;
  /** Whether the sign is turned, e.g. for refunds. */
  readonly negated: boolean;
}

/** What is held at the edges of a period, per entity, from a table of intervals. */
export interface Balance {
  readonly kind: "balance";
  readonly table: Table;
  readonly entity: string;
  /** Summed per entity; an entity is counted where one of its intervals holds, whatever the amount. */
  readonly amount: string;
  readonly from: string;
  readonly to: string;
  readonly where: readonly Predicate[];
  /** Of entities: all held at the start, at the end, held at the start and still at the end; `kept` is what is left of the start. */
  readonly of: "opening" | "closing" | "retained" | "kept";
  readonly function: "count" | "sum";
}

export type Measure = Aggregate | Balance;

interface AggregateSpec {
  readonly at: Column;
  readonly reached?: Column;
  readonly where?: readonly Predicate[];
  readonly dimensionsWhenReached?: Dimensions;
}

const aggregate = (
  table: Table,
  spec: AggregateSpec,
  rest: Pick<Aggregate, "function"> & Partial<Pick<Aggregate, "of" | "span" | "less" | "negated">>,
): Aggregate => ({
  kind: "aggregate",
  table,
  where: spec.where ?? [],
  at: spec.at.name,
  reached: spec.reached?.name,
  dimensionsWhenReached: spec.dimensionsWhenReached ?? {},
  of: undefined,
  span: undefined,
  less: [],
  negated: false,
  ...rest,
});

/** How many rows. */
export const count = (table: Table, spec: AggregateSpec): Aggregate => aggregate(table, spec, { function: "count" });

/** The sum of a column, less others. */
export const sum = (column: Column, table: Table, spec: AggregateSpec & { less?: readonly Column[] }): Aggregate =>
  aggregate(table, spec, { function: "sum", of: column.name, less: (spec.less ?? []).map((each) => each.name) });

/** The sum of a column with its sign turned. */
export const negativeSum = (column: Column, table: Table, spec: AggregateSpec): Aggregate =>
  aggregate(table, spec, { function: "sum", of: column.name, negated: true });

/** The median number of days between two columns. It does not add up over rows, so totals are asked apart. */
export const medianDays = (from: Column, to: Column, table: Table, spec: AggregateSpec): Aggregate =>
  aggregate(table, spec, { function: "median", span: { from: from.name, to: to.name } });

type BalanceSpec = Pick<Balance, "of" | "function"> & { readonly where?: readonly Predicate[] };

/** A measure of what entities hold at the edges of a period, from intervals `[from, to)`. */
export const balance =
  (table: Table, columns: { entity: Column; amount: Column; from: Column; to: Column }) =>
  (spec: BalanceSpec): Balance => ({
    kind: "balance",
    table,
    entity: columns.entity.name,
    amount: columns.amount.name,
    from: columns.from.name,
    to: columns.to.name,
    where: spec.where ?? [],
    of: spec.of,
    function: spec.function,
  });

/** Whether the parts of a split add up to the whole, so that a total is the sum of its rows. */
export const addsUp = (measure: Measure): boolean =>
  measure.kind === "aggregate" && (measure.function === "count" || measure.function === "sum");

/** Whether the measure is an amount of money. */
export const isMoney = (measure: Measure): boolean => {
  if (measure.kind === "balance") return measure.function === "sum";
  return measure.of !== undefined && measure.function === "sum" && measure.table.columns[measure.of]?.kind === "money";
};
