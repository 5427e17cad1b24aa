import { aggregateCte, groupsOf } from "./aggregates.ts";
import { balanceCte, heldOf, periodCte } from "./balances.ts";
import { duckdb, type Dialect } from "./dialect.ts";
import { followed } from "./cohort.ts";
import { formulaSql } from "./formula.ts";
import { addsUp, isMoney, type Measure } from "./measure.ts";
import type { Plan } from "./plan.ts";
import { keyColumns } from "./keys.ts";
import { isMedian, productName, productsAmong } from "./products.ts";
import { believed, qualified, sliceCondition } from "./relation.ts";
import { join, name, raw, sql, type Sql } from "./sql.ts";

interface Source {
  readonly name: string;
  readonly parts: readonly string[];
  readonly cte: Sql;
  readonly foreign: boolean;
  readonly cohort: boolean;
}

function sourcesOf(plan: Plan, dialect: Dialect): Source[] {
  const entered = plan.clock === "cohort" && plan.horizon !== undefined ? followed(plan)?.all : undefined;
  const aggregated = groupsOf(plan).map((group) => {
    const parts = group.measures.map(([partName]) => partName);
    const cohort = entered !== undefined && parts.includes(entered[0]);
    const money = group.measures.some(([, measure]) => isMoney(measure));
    const table = group.measures[0]?.[1].table.name ?? "";
    return {
      name: group.name,
      parts,
      cohort,
      foreign: money && plan.foreign.includes(table),
      cte: aggregateCte(group, plan, cohort ? entered[1] : undefined, dialect),
    };
  });
  const held = heldOf(plan).map((each) => ({
    name: each.name,
    parts: each.measures.map(([partName]) => partName),
    cohort: false,
    foreign: plan.foreign.includes(each.measures[0]?.[1].table.name ?? ""),
    cte: balanceCte(each, plan, dialect),
  }));
  return [...aggregated, ...held];
}

/** A count or a sum of nothing is zero; a median of nothing is no value. */
const orNothing = (measure: Measure | undefined, cell: Sql): Sql =>
  isMedian(measure) ? cell : sql`coalesce(${cell}, 0)`;

function memberKeys(plan: Plan, dialect: Dialect): Sql[] {
  if (plan.members === undefined) return [];
  const { table, columns } = plan.members;
  const alias = name(table.name);
  const slices = plan.slices
    .filter((slice) => columns[slice.dimension] !== undefined)
    .map((slice) => sliceCondition(sql`${alias}.${name(columns[slice.dimension] ?? "")}`, slice));
  const keys = plan.keys.map((key) => sql`${alias}.${name(columns[key] ?? key)}`);
  return [
    sql`SELECT ${join(keys, ", ")} FROM ${qualified(table, dialect)} AS ${alias} WHERE ${join([believed(alias, plan, dialect), ...slices], " AND ")}`,
  ];
}

const columnsOf = (plan: Plan): string[] => [...(plan.grain === undefined ? [] : ["period"]), ...keyColumns(plan)];

/** Every combination of keys that any source has; an explicit list where there is time but no split. */
function keysCte(plan: Plan, sources: readonly Source[], dialect: Dialect): Sql {
  if (plan.keys.length === 0) return raw("keys AS (\n    SELECT period FROM period_edges)");
  const columns = columnsOf(plan);
  const each = sources.map((source) => sql`SELECT ${join(columns.map(name), ", ")} FROM ${name(source.name)}`);
  return sql`keys AS (
    ${join([...each, ...memberKeys(plan, dialect)], "\n    UNION ")})`;
}

/**
 * One statement for a plan: each table is aggregated to the question's keys in an expression named after it, and these are
 * joined afterwards, so that no row is counted twice and none is lost. Columns: `period` with a grain, one per key (`split` and
 * `segment` of keys apart), one per part and per product, `value`, and `entered`, `lived` and `missing_rate` where they apply.
 */
export function compile(plan: Plan, dialect: Dialect = duckdb): Sql {
  const sources = sourcesOf(plan, dialect);
  const columns = columnsOf(plan);
  const keyed = columns.length > 0;
  const parts = sources.flatMap((source) =>
    source.parts.map(
      (partName) =>
        sql`${orNothing(plan.parts[partName], sql`${name(source.name)}.${name(partName)}`)} AS ${name(partName)}`,
    ),
  );
  const cohorts = sources.filter((source) => source.cohort).map((source) => name(source.name));
  const products = sources.flatMap((source) =>
    productsAmong(source.parts, plan).map((pair) => {
      const column = name(productName(pair, plan.parts));
      return sql`${orNothing(plan.parts[pair[0]], sql`${name(source.name)}.${column}`)} AS ${column}`;
    }),
  );
  const missing = sources.filter((source) => source.foreign).map((source) => sql`${name(source.name)}.missing_rate`);
  const joins = sources.map((source, i) => {
    const there = name(source.name);
    if (!keyed) return i === 0 ? there : sql`\n    CROSS JOIN ${there}`;
    const same = columns.map((column) => sql`${there}.${name(column)} IS NOT DISTINCT FROM keys.${name(column)}`);
    return sql`\n    LEFT JOIN ${there} ON ${join(same, " AND ")}`;
  });
  const selected = [
    ...columns.map((column) => sql`keys.${name(column)}`),
    ...parts,
    ...products,
    ...cohorts.map((cohort) => sql`${cohort}.entered AS entered, ${cohort}.lived AS lived`),
    ...(missing.length > 0 ? [sql`coalesce(${join([...missing, raw("NULL")], ", ")}) AS missing_rate`] : []),
  ];
  const needsPeriods = heldOf(plan).length > 0 || (plan.grain !== undefined && plan.keys.length === 0);
  const expressions = [
    ...(needsPeriods ? [periodCte(plan, dialect)] : []),
    ...sources.map((source) => source.cte),
    ...(keyed ? [keysCte(plan, sources, dialect)] : []),
    sql`answer AS (
    SELECT ${join(selected, ", ")}
    FROM ${keyed ? raw("keys") : raw("")}${join(joins, "")})`,
  ];
  const value = formulaSql(plan.formula, (setting) => plan.numbers[setting] ?? Number.NaN);
  const first = Object.keys(plan.parts)[0];
  const order = [
    ...(plan.grain === undefined ? [] : [raw("period")]),
    ...(first === undefined ? [] : [sql`${name(first)} DESC`]),
    ...keyColumns(plan).map(name),
  ];
  return sql`WITH
  ${join(expressions, ",\n  ")}
SELECT *, ${value} AS value
FROM answer${order.length === 0 || !keyed ? raw("") : sql`\nORDER BY ${join(order, ", ")}`}`;
}

/**
 * Whether the sum of the rows is the total for every part; otherwise the total is a question of its own. Converted amounts have
 * more decimals than a binary fraction holds, so that their rows would add up to another last digit than the total asked alone.
 */
export const totalsAddUp = (plan: Plan): boolean =>
  plan.foreign.length === 0 && Object.values(plan.parts).every(addsUp);
