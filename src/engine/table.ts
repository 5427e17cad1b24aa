import { join, name, raw, sql, typed, type Sql } from "./sql.ts";

/** What a column holds. `money` is an exact decimal, `instant` a UTC timestamp, `day` a date of the workspace's zone. */
export type Kind = "text" | "integer" | "money" | "number" | "day" | "instant" | "flag";

export interface Predicate {
  readonly column: string;
  /** The condition over a row of the table under the given alias. */
  readonly over: (alias: Sql) => Sql;
  /** The condition in words, for explanations. */
  readonly words: string;
}

export interface Column<K extends Kind = Kind> {
  readonly table: string;
  readonly name: string;
  readonly kind: K;
  readonly required: boolean;
  readonly oneOf: readonly string[] | undefined;
  readonly is: (value: string | number | boolean) => Predicate;
  readonly isIn: (values: readonly string[]) => Predicate;
  readonly isNotIn: (values: readonly string[]) => Predicate;
  readonly isNull: () => Predicate;
  readonly isNotNull: () => Predicate;
  readonly isPositive: () => Predicate;
}

export interface ColumnSpec<K extends Kind = Kind> {
  readonly kind: K;
  readonly required: boolean;
  readonly oneOf?: readonly string[];
}

const optional = <K extends Kind>(kind: K) => ({ kind, required: false }) as const;

export const text = optional("text");
export const integer = optional("integer");
export const money = optional("money");
export const number = optional("number");
export const day = optional("day");
export const instant = optional("instant");
export const flag = optional("flag");
export const required = <K extends Kind>(spec: ColumnSpec<K>): ColumnSpec<K> => ({ ...spec, required: true });
/** Text that must be one of a closed list. */
export const oneOf = (...values: readonly string[]): ColumnSpec<"text"> => ({ kind: "text", required: false, oneOf: values });

/** Where a dimension of a table is found when it is not a column of its own. */
export interface Lookup {
  readonly table: Table;
  /** Pairs of (column here, column there); a missing match leaves the dimension null. */
  readonly on: readonly (readonly [string, string])[];
  readonly where?: readonly Predicate[];
  /** Columns there that must equal a parameter of the question, by the parameter's name. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly column: string;
}

export type Dimensions = Readonly<Record<string, Lookup | string>>;

export interface Table<C extends string = string> {
  readonly name: string;
  /** The natural key. Rows that agree on it are versions of one thing. */
  readonly key: readonly C[];
  readonly columns: { readonly [N in C]: Column };
  /** Names of the dimensions that rows of the table can be split by. */
  readonly dimensions: Dimensions;
  /** What must hold for each row beside types, required columns and closed lists. */
  readonly rules: readonly Rule[];
  /** Columns that add up where several rows of one load share a key; without any, such rows are refused. */
  readonly additive: readonly C[];
  /** Loading a source again replaces all of its rows that agree with a loaded row on these columns. */
  readonly replacedBy: readonly C[];
}

/** A condition (SQL over the columns' names) that a row breaks when it is false, and the reason given then. */
export interface Rule {
  readonly holds: string;
  readonly reason: string;
}

const quoted = (values: readonly string[]) => values.join(" | ");

function column(table: string, columnName: string, spec: ColumnSpec): Column {
  const predicate = (over: (cell: Sql) => Sql, words: string): Predicate => ({
    column: columnName,
    over: (alias) => over(sql`${alias}.${name(columnName)}`),
    words: `${columnName} ${words}`,
  });
  const list = (values: readonly string[]) => join(values.map((value) => typed(value, "VARCHAR")), ", ");
  return {
    table,
    name: columnName,
    kind: spec.kind,
    required: spec.required,
    oneOf: spec.oneOf,
    is: (value) => predicate((cell) => sql`${cell} = ${value}`, `= ${value}`),
    isIn: (values) => predicate((cell) => (values.length === 0 ? raw("false") : sql`${cell} IN (${list(values)})`), `= ${quoted(values)}`),
    isNotIn: (values) =>
      predicate((cell) => (values.length === 0 ? raw("true") : sql`coalesce(${cell} NOT IN (${list(values)}), true)`), `≠ ${quoted(values)}`),
    isNull: () => predicate((cell) => sql`${cell} IS NULL`, "is empty"),
    isNotNull: () => predicate((cell) => sql`${cell} IS NOT NULL`, "is present"),
    isPositive: () => predicate((cell) => sql`${cell} > 0`, "> 0"),
  };
}

/** The day, in the workspace's zone, on which an instant falls: `created_at` → `created_on`. */
export const dayOf = (instantColumn: string): string => instantColumn.replace(/_at$/, "_on");

/** Every instant `x_at` brings its day `x_on`, which dates the row. */
function withDays(specs: Readonly<Record<string, ColumnSpec>>): Record<string, ColumnSpec> {
  return Object.fromEntries(
    Object.entries(specs).flatMap(([columnName, spec]) =>
      spec.kind === "instant" ? [[columnName, spec], [dayOf(columnName), day]] : [[columnName, spec]],
    ),
  );
}

type WithDays<S extends Record<string, ColumnSpec>> =
  | keyof S
  | { [N in keyof S]: N extends `${infer Stem}_at` ? (S[N]["kind"] extends "instant" ? `${Stem}_on` : never) : never }[keyof S];

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
  },
): Table<WithDays<S> & string> {
  const specs = withDays(spec.columns);
  const columns = Object.fromEntries(Object.entries(specs).map(([n, s]) => [n, column(tableName, n, s)]));
  const own = Object.entries(specs).filter(([, s]) => s.kind === "text" || s.kind === "flag");
  return {
    name: tableName,
    key: spec.key as readonly (WithDays<S> & string)[],
    columns: columns as Table<WithDays<S> & string>["columns"],
    dimensions: { ...Object.fromEntries(own.map(([n]) => [n, n])), ...spec.dimensions },
    rules: spec.rules ?? [],
    additive: (spec.additive ?? []) as readonly (WithDays<S> & string)[],
    replacedBy: (spec.replacedBy ?? []) as readonly (WithDays<S> & string)[],
  };
}
