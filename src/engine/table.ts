import type { Sql } from "./sql.ts";

/** What a column holds. `money` is an exact decimal, `share` one between 0 and 1 of twelve digits, `instant` a UTC timestamp, `day` a date of the workspace's zone. */
export type Kind = "text" | "integer" | "money" | "number" | "share" | "day" | "instant" | "flag";

/** A list written down, or the name of a setting of the workspace that holds it. */
export type Listed = readonly string[] | { readonly setting: string };

/** A condition on a column or a dimension of a table, as plain data. */
export interface Predicate {
  readonly on: "column" | "dimension";
  readonly name: string;
  readonly test:
    { readonly kind: "in" | "not-in"; readonly values: Listed } | { readonly kind: "null" | "present" | "positive" };
}

export interface Column<K extends Kind = Kind> {
  readonly table: string;
  readonly name: string;
  readonly kind: K;
  readonly required: boolean;
  /** Whether it follows from the other columns by rule, so that no source states it. */
  readonly derived: boolean;
  readonly oneOf: readonly string[] | undefined;
  readonly is: (value: string) => Predicate;
  readonly isIn: (values: Listed) => Predicate;
  readonly isNotIn: (values: Listed) => Predicate;
  readonly isNull: () => Predicate;
  readonly isPresent: () => Predicate;
  readonly isPositive: () => Predicate;
}

export interface ColumnSpec<K extends Kind = Kind> {
  readonly kind: K;
  readonly required: boolean;
  readonly derived?: boolean;
  readonly oneOf?: readonly string[];
}

const optional = <K extends Kind>(kind: K) => ({ kind, required: false }) as const;

export const text = optional("text");
export const integer = optional("integer");
export const money = optional("money");
export const number = optional("number");
export const share = optional("share");
export const day = optional("day");
export const instant = optional("instant");
export const flag = optional("flag");
export const required = <K extends Kind>(spec: ColumnSpec<K>): ColumnSpec<K> => ({ ...spec, required: true });
/** What follows from the other columns by rule. */
export const derived = <K extends Kind>(spec: ColumnSpec<K>): ColumnSpec<K> => ({ ...spec, derived: true });
/** Text that must be one of a closed list. */
export const oneOf = (...values: readonly string[]): ColumnSpec<"text"> => ({
  kind: "text",
  required: false,
  oneOf: values,
});

/** Where a dimension of a table is found when it is not a column of its own. */
export interface Lookup {
  readonly table: Table;
  /** Pairs of (column here, column there); a missing match leaves the dimension null. */
  readonly on: readonly (readonly [string, string])[];
  readonly where?: readonly Predicate[];
  /** Where several rows there share a row here between them. */
  readonly shares?: Shares;
  readonly column: string;
}

/** How rows of a lookup divide a row: a parameter of the question names the column with their shares, which add up to one. */
export interface Shares {
  readonly parameter: string;
  /** Columns under which one row has all of it. */
  readonly single: readonly string[];
  /** Rows like those of the table, where a question wants others than the table holds. */
  readonly asked?: (asked: Asked, believed: (alias: Sql) => Sql) => Sql | undefined;
}

/** What a question says about rows that are worked out for it. */
export interface Asked {
  readonly parameters: Readonly<Record<string, string>>;
  readonly numbers: Readonly<Record<string, number>>;
  /** Small tables, by name. */
  readonly given: Readonly<Record<string, readonly (readonly (string | number)[])[]>>;
}

export type Dimensions = Readonly<Record<string, Lookup | string>>;

/** Where it is said that what rows name turned out to be one thing, though the rows stay apart. */
export interface Joins {
  readonly table: Table;
  /** The columns there: what is named, and what it is part of; of those rows that have a value in a column. */
  readonly named: string;
  readonly into: string;
  readonly among: { readonly column: string; readonly value: string };
  /** The table whose column names it, found by a column that both have. */
  readonly by: { readonly table: Table; readonly on: string; readonly column: string };
}

/** Where it is said that a row, found by its key, became part of another one. */
export interface Merges {
  readonly table: Table;
  /** The column there that holds the key of the row. */
  readonly row: string;
  /** The column there that holds the key of what it became part of. */
  readonly into: string;
}

export interface Table<C extends string = string> {
  readonly name: string;
  /** The natural key. Rows that agree on it are versions of one thing. */
  readonly key: readonly C[];
  readonly columns: { readonly [N in C]: Column };
  /** Names of the dimensions that rows of the table can be split by. */
  readonly dimensions: Dimensions;
  /** The day whose rate converts the table's amounts, where that is not the day that dates a measure. */
  readonly valuedOn?: C;
  /** Whether its amounts are decided by people, so that chance has no part in them. */
  readonly decided?: boolean;
  /** What marks a row that takes another one back. */
  readonly reversal?: readonly Predicate[];
  readonly merges?: Merges;
  readonly joins?: Joins;
  /** The table of the things whose states its rows are: a row that came or went while its thing was known is another state of it. */
  readonly statesOf?: Table;
  /** What must hold for each row beside types, required columns and closed lists. */
  readonly rules: readonly Rule[];
  /** Columns that add up where several rows of one load share a key; without any, such rows are refused. */
  readonly additive: readonly C[];
  /** Loading a source again replaces all of its rows that agree with a loaded row on these columns. */
  readonly replacedBy: readonly C[];
  /** Whether that holds where a source is read in part too. */
  readonly replacedInPart: boolean;
}

/** The columns that tell believed rows apart: where sources replace their own rows, each source has a row of a key. */
export const identityOf = ({ key, replacedBy }: Table): readonly string[] =>
  replacedBy.length === 0 ? key : [...key, "source_name"];

/** A condition (SQL over the columns' names) that a row breaks when it is false, and the reason given then. */
export interface Rule {
  readonly holds: string;
  readonly reason: string;
}

function column(table: string, columnName: string, spec: ColumnSpec): Column {
  const predicate = (test: Predicate["test"]): Predicate => ({ on: "column", name: columnName, test });
  return {
    table,
    name: columnName,
    kind: spec.kind,
    required: spec.required,
    derived: spec.derived ?? false,
    oneOf: spec.oneOf,
    is: (value) => predicate({ kind: "in", values: [value] }),
    isIn: (values) => predicate({ kind: "in", values }),
    isNotIn: (values) => predicate({ kind: "not-in", values }),
    isNull: () => predicate({ kind: "null" }),
    isPresent: () => predicate({ kind: "present" }),
    isPositive: () => predicate({ kind: "positive" }),
  };
}

/** A condition on a dimension, which may live in another table: `dimension("country").isIn(…)`. */
export const dimension = (dimensionName: string): Pick<Column, "isIn" | "isNull" | "isPresent"> => ({
  isIn: (values) => ({ on: "dimension", name: dimensionName, test: { kind: "in", values } }),
  isNull: () => ({ on: "dimension", name: dimensionName, test: { kind: "null" } }),
  isPresent: () => ({ on: "dimension", name: dimensionName, test: { kind: "present" } }),
});

/** The day, in the workspace's zone, on which an instant falls: `created_at` → `created_on`. */
export const dayOf = (instantColumn: string): string => instantColumn.replace(/_at$/, "_on");

/** Every instant `x_at` brings its day `x_on`, which dates the row. */
function withDays(specs: Readonly<Record<string, ColumnSpec>>): Record<string, ColumnSpec> {
  return Object.fromEntries(
    Object.entries(specs).flatMap(([columnName, spec]) =>
      spec.kind === "instant"
        ? [
            [columnName, spec],
            [dayOf(columnName), day],
          ]
        : [[columnName, spec]],
    ),
  );
}

type WithDays<S extends Record<string, ColumnSpec>> =
  | keyof S
  | {
      [N in keyof S]: N extends `${infer Stem}_at` ? (S[N]["kind"] extends "instant" ? `${Stem}_on` : never) : never;
    }[keyof S];

/** A table as a plain value: its columns, its natural key and the dimensions it knows besides its own text columns. */
export function table<const S extends Record<string, ColumnSpec>>(
  tableName: string,
  spec: {
    key: readonly (keyof S & string)[];
    columns: S;
    dimensions?: Dimensions;
    rules?: readonly Rule[];
    additive?: readonly (keyof S & string)[];
    replacedBy?: readonly (keyof S & string)[];
    replacedInPart?: boolean;
    reversal?: readonly Predicate[];
    merges?: Merges;
    joins?: Joins;
    statesOf?: Table;
  },
): Table<WithDays<S> & string> {
  const specs = withDays(spec.columns);
  const columns = Object.fromEntries(Object.entries(specs).map(([n, s]) => [n, column(tableName, n, s)]));
  const own = Object.entries(specs).filter(([, s]) => s.kind === "text" || s.kind === "flag");
  return {
    name: tableName,
    key: spec.key,
    columns: columns as Table<WithDays<S> & string>["columns"],
    dimensions: { ...Object.fromEntries(own.map(([n]) => [n, n])), ...spec.dimensions },
    rules: spec.rules ?? [],
    additive: spec.additive ?? [],
    replacedBy: spec.replacedBy ?? [],
    replacedInPart: spec.replacedInPart ?? false,
    ...(spec.reversal === undefined ? {} : { reversal: spec.reversal }),
    ...(spec.merges === undefined ? {} : { merges: spec.merges }),
    ...(spec.joins === undefined ? {} : { joins: spec.joins }),
    ...(spec.statesOf === undefined ? {} : { statesOf: spec.statesOf }),
  };
}
