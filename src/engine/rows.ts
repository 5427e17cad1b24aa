import { amountOf, dating, rowsOf } from "./aggregates.ts";
import { entityBalances, heldOf, periodCte, type Held } from "./balances.ts";
import { duckdb, type Dialect } from "./dialect.ts";
import type { Aggregate, Balance, Measure } from "./measure.ts";
import type { Plan } from "./plan.ts";
import { listOf } from "./relation.ts";
import { join, name, raw, sql, type Sql } from "./sql.ts";
import { identityOf, type Predicate } from "./table.ts";

/** Which rows of a list, counted from zero. */
export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** The statements that list and count the rows behind one part of a plan without keys. */
export interface RowQueries {
  readonly list: (page: Page) => Sql;
  readonly count: Sql;
}

function aggregateRows(partName: string, measure: Aggregate, plan: Plan, dialect: Dialect): RowQueries {
  const group = { name: measure.table.name, measures: [[partName, measure]] as const };
  const { rows, from, where, foreign } = rowsOf(group, plan, dialect);
  const columns = Object.keys(measure.table.columns).map((column) => sql`${rows.alias}.${name(column)}`);
  const credited = plan.slices.map((slice) => slice.dimension).filter((each) => !(each in measure.table.columns));
  const added = credited.map((each) => sql`${rows.dimension(each)} AS ${name(each)}`);
  const counted =
    measure.function === "sum"
      ? [sql`${amountOf(measure, rows, plan, foreign)} AS ${name(`counted_${partName}`)}`]
      : [];
  const share = rows.share === undefined ? [] : [sql`${rows.share} AS share`];
  const provenance = ["source_name", "source_key", "load_id"].map((column) => sql`${rows.alias}.${name(column)}`);
  const order = [
    ...[measure.reached ?? measure.at, ...identityOf(measure.table)].map(
      (column) => sql`${rows.alias}.${name(column)}`,
    ),
    ...(rows.share === undefined ? [] : credited.map(rows.dimension)),
  ];
  return {
    list: ({ limit, offset }) => sql`SELECT ${join([...counted, ...share, ...columns, ...added, ...provenance], ", ")}
FROM ${from}
WHERE ${where}
ORDER BY ${join(order, ", ")}
LIMIT ${limit} OFFSET ${offset}`,
    count: sql`SELECT count(*) AS n FROM ${from} WHERE ${where}`,
  };
}

const counted: Readonly<Record<Balance["of"], string>> = {
  opening: "opens",
  closing: "closes",
  retained: "opens AND closes",
  kept: "opens",
};

function balanceRows(partName: string, measure: Balance, plan: Plan, dialect: Dialect): RowQueries {
  const [held] = heldOf({ ...plan, parts: { [partName]: measure } }) as [Held];
  const from = sql`(${entityBalances(held, plan, dialect)}) AS entity_balance WHERE ${raw(counted[measure.of])}`;
  const periods = periodCte(plan, dialect);
  return {
    list: ({ limit, offset }) => sql`WITH ${periods}
SELECT entity AS ${name(measure.entity)}, opening, closing FROM ${from}
ORDER BY closing DESC, entity LIMIT ${limit} OFFSET ${offset}`,
    count: sql`WITH ${periods} SELECT count(*) AS n FROM ${from}`,
  };
}

/** The rows that one part counted, as a plan without keys and grain sees them. */
export function rowQueries(partName: string, measure: Measure, plan: Plan, dialect: Dialect = duckdb): RowQueries {
  return measure.kind === "aggregate"
    ? aggregateRows(partName, measure, plan, dialect)
    : balanceRows(partName, measure, plan, dialect);
}

function predicateInWords({ name: column, test }: Predicate, lists: Plan["lists"]): string {
  switch (test.kind) {
    case "null":
      return `${column} is empty`;
    case "present":
      return `${column} is present`;
    case "positive":
      return `${column} > 0`;
    case "in":
    case "not-in": {
      const values = "setting" in test.values ? (lists[test.values.setting] ?? []) : test.values;
      return `${column} ${test.kind === "in" ? "=" : "≠"} ${values.join(" or ")}`;
    }
  }
}

/** What a measure takes, as plain values that any language can make a sentence of. */
export interface Stated {
  readonly takes: "count" | "sum" | "median" | Balance["of"];
  readonly of: string[];
  readonly where: { name: string; test: Predicate["test"]["kind"]; values: string[] }[];
  readonly dated: string | null;
  readonly reached: string | null;
  readonly window: number | null;
}

const valuesOf = ({ test }: Predicate, lists: Plan["lists"]): string[] =>
  test.kind === "in" || test.kind === "not-in" ? [...listOf(test.values, lists)] : [];

export function stated(measure: Measure, plan: Plan): Stated {
  const where = measure.where.map((predicate) => ({
    name: predicate.name,
    test: predicate.test.kind,
    values: valuesOf(predicate, plan.lists),
  }));
  if (measure.kind === "balance")
    return {
      takes: measure.of,
      of: measure.function === "sum" ? [measure.amount] : [],
      where,
      dated: null,
      reached: null,
      window: null,
    };
  const { from, to } = measure.span ?? {};
  const cohort = plan.clock === "cohort" && measure.reached !== undefined;
  return {
    takes: measure.function,
    of: [measure.of, ...measure.less, from, to].filter((each) => each !== undefined),
    where,
    dated: dating(measure, plan.clock),
    reached: cohort ? (measure.reached ?? null) : null,
    window: cohort ? (plan.window ?? null) : null,
  };
}

/** What a measure takes, in words: which rows, of what, dated by which day. */
export function inWords(measure: Measure, plan: Plan): string {
  const where = measure.where.map((predicate) => predicateInWords(predicate, plan.lists));
  const conditions = where.length === 0 ? "" : ` where ${where.join(" and ")}`;
  if (measure.kind === "balance")
    return `${measure.function} of ${measure.amount} per ${measure.entity} (${measure.of}) over [${measure.from}, ${measure.to})${conditions}`;
  const reached = measure.reached === undefined ? [] : [measure.reached];
  const day = plan.clock === "period" ? (reached[0] ?? measure.at) : measure.at;
  const window =
    plan.clock === "cohort" && reached.length > 0
      ? `, that reached ${reached[0]}${plan.window === undefined ? "" : ` within ${plan.window} days`}`
      : "";
  const of =
    measure.span === undefined ? (measure.of ?? "rows") : `days from ${measure.span.from} to ${measure.span.to}`;
  const less = measure.less.length === 0 ? "" : ` − ${measure.less.join(" − ")}`;
  return `${measure.negated ? "−" : ""}${measure.function} of ${of}${less}${conditions}, dated by ${day}${window}`;
}
