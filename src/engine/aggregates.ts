import { converted, exactly, missingRate, rateJoin, roughly, shareOf } from "./currency.ts";
import type { Dialect } from "./dialect.ts";
import { groupedBy } from "./keys.ts";
import { isMoney, type Aggregate } from "./measure.ts";
import type { Plan, Product } from "./plan.ts";
import { isMedian, once, productName, productsAmong, sumOfProducts } from "./products.ts";
import { dimensionsOf, relation, type Relation } from "./relation.ts";
import { join, name, raw, sql, type Sql } from "./sql.ts";
import { addDays } from "./time.ts";

/** Measures that one pass over a table can take: same table, same dating day, same dimensions. */
export interface Group {
  readonly name: string;
  readonly measures: readonly (readonly [string, Aggregate])[];
}

/** The day that puts a row of the measure into a period. */
export const dating = (measure: Aggregate, clock: Plan["clock"]): string =>
  clock === "period" && measure.reached !== undefined ? measure.reached : measure.at;

/** Measures in groups; a group is named after its table, and after its day too where the table is read twice. */
export function groupsOf(plan: Plan): Group[] {
  const groups = new Map<string, { measures: [string, Aggregate][] }>();
  for (const [partName, measure] of Object.entries(plan.parts)) {
    if (measure.kind !== "aggregate") continue;
    const credited =
      dimensionsOf(measure, plan.clock) === measure.table.dimensions
        ? []
        : Object.entries(measure.dimensionsWhenReached);
    const key = JSON.stringify([measure.table.name, dating(measure, plan.clock), credited]);
    const group = groups.get(key) ?? { measures: [] };
    group.measures.push([partName, measure]);
    groups.set(key, group);
  }
  const all = [...groups.values()];
  const tableOf = (group: { measures: [string, Aggregate][] }) =>
    (group.measures[0] as [string, Aggregate])[1].table.name;
  return all.map((group) => {
    const first = (group.measures[0] as [string, Aggregate])[1];
    const alone = all.filter((each) => tableOf(each) === first.table.name).length === 1;
    return {
      name: alone ? first.table.name : `${first.table.name}_by_${dating(first, plan.clock)}`,
      measures: group.measures,
    };
  });
}

/** The conditions on which a row counts for a measure, beside its day and the question's slices. */
export function counts(measure: Aggregate, rows: Relation, plan: Plan, dialect: Dialect): Sql[] {
  const conditions = measure.where.map(rows.condition);
  if (plan.clock === "period" || measure.reached === undefined) return conditions;
  const reached = sql`${rows.alias}.${name(measure.reached)}`;
  const entered = sql`${rows.alias}.${name(measure.at)}`;
  const there =
    plan.window === undefined
      ? sql`${reached} IS NOT NULL`
      : sql`${dialect.daysBetween(entered, reached)} <= ${plan.window}`;
  return [...conditions, there];
}

/** The day whose rate converts an amount: the one that dates the row, unless its table knows better. */
const valuedOn = (measure: Aggregate, plan: Plan): string => measure.table.valuedOn ?? dating(measure, plan.clock);

/** The first amount that a measure of the group takes and that no rate converts. */
function lackedRate(group: Group, rows: Relation, plan: Plan, dialect: Dialect): Sql {
  const [, first] = group.measures[0] as readonly [string, Aggregate];
  const taken = group.measures
    .filter(([, measure]) => isMoney(measure))
    .map(([, measure]) => {
      const present = sql`${rows.alias}.${name(measure.of ?? "")} IS NOT NULL`;
      return join([present, ...(group.measures.length === 1 ? [] : counts(measure, rows, plan, dialect))], " AND ");
    });
  return missingRate(rows, sql`${rows.alias}.${name(valuedOn(first, plan))}`, plan, join(taken, " OR "));
}

/** What a row counts for: its share, where a dimension divides it. */
export const countOf = (rows: Relation): Sql => rows.share ?? raw("1");

/** How many rows there are, each for its share. */
export const sumOfRows = (rows: Relation): Sql =>
  rows.share === undefined ? raw("count(*)") : sql`sum(${rows.share})`;

/** The amount that a row adds, in the wanted currency: its share of it, where a dimension divides the row. */
export function amountOf(measure: Aggregate, rows: Relation, plan: Plan, foreign: boolean, read = exactly): Sql {
  const amount = wholeAmount(measure, rows, plan, foreign, read);
  return rows.share === undefined ? amount : shareOf(amount, read(rows.share), foreign && read === exactly);
}

function wholeAmount(measure: Aggregate, rows: Relation, plan: Plan, foreign: boolean, read: typeof exactly): Sql {
  const cell = (column: string) => read(sql`${rows.alias}.${name(column)}`);
  const stated = cell(measure.of ?? "");
  const net =
    measure.less.length === 0
      ? stated
      : sql`(${stated}${join(
          measure.less.map((each) => sql` - coalesce(${cell(each)}, 0)`),
          "",
        )})`;
  const signed = measure.negated ? sql`-${net}` : net;
  return foreign && isMoney(measure) ? converted(signed, rows, plan, read) : signed;
}

function expression(measure: Aggregate, rows: Relation, plan: Plan, foreign: boolean, dialect: Dialect): Sql {
  if (measure.function === "count") return sumOfRows(rows);
  if (measure.function === "sum") return sql`sum(${amountOf(measure, rows, plan, foreign)})`;
  return dialect.median(spanOf(measure, rows, dialect));
}

/** The days that a row adds to a median: whole ones between days, fractions of them between instants. */
export function spanOf(measure: Aggregate, rows: Pick<Relation, "alias">, dialect: Dialect): Sql {
  const { from = "", to = "" } = measure.span ?? {};
  const between = measure.table.columns[from]?.kind === "instant" ? dialect.elapsed : dialect.daysBetween;
  return between(sql`${rows.alias}.${name(from)}`, sql`${rows.alias}.${name(to)}`);
}

/** What two measures of a group have in common: the sum, over the rows that count for both, of what each adds. */
function product(pair: Product, group: Group, rows: Relation, plan: Plan, foreign: boolean, dialect: Dialect): Sql {
  const named = new Map(group.measures);
  const measures = pair.map((each) => named.get(each)).filter((each) => each !== undefined);
  const sums = measures.filter((each) => each.function === "sum");
  const conditions = group.measures.length === 1 ? [] : measures.flatMap((each) => counts(each, rows, plan, dialect));
  const read = sums.length > 1 ? roughly : exactly;
  const among = filter(once(conditions));
  const [first] = measures;
  const factors = sums.map((each) => amountOf(each, rows, plan, foreign, read));
  const taken =
    first !== undefined && isMedian(first)
      ? dialect.frequencies(spanOf(first, rows, dialect), among)
      : sql`${sumOfProducts(factors, rows.share === undefined ? [] : counted(2 - sums.length, rows.share))}${among}`;
  return sql`${taken} AS ${name(productName(pair, plan.parts))}`;
}

/** The share of a row once for each of the two measures that count it rather than adding up an amount. */
const counted = (times: number, share: Sql): Sql[] => Array.from({ length: times }, () => share);

const filter = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? raw("") : sql` FILTER (WHERE ${join(conditions, " AND ")})`;

/** The rows that a group of measures reads: its relation, where they come from, and what they must satisfy. */
export function rowsOf(
  group: Group,
  plan: Plan,
  dialect: Dialect,
): { rows: Relation; from: Sql; where: Sql; foreign: boolean } {
  const first = (group.measures[0] as readonly [string, Aggregate])[1];
  const predicates = group.measures.flatMap(([, measure]) => measure.where);
  const rows = relation(first.table, dimensionsOf(first, plan.clock), plan, predicates, dialect);
  const foreign = plan.foreign.includes(first.table.name) && group.measures.some(([, measure]) => isMoney(measure));
  const day = sql`${rows.alias}.${name(dating(first, plan.clock))}`;
  const only = group.measures.length === 1 ? counts(first, rows, plan, dialect) : [];
  const conditions = [
    rows.believed,
    sql`${day} >= ${dialect.day(plan.range.from)}`,
    sql`${day} < ${dialect.day(plan.range.to)}`,
    ...rows.slices,
    ...only,
  ];
  const rate = foreign ? rateJoin(rows, sql`${rows.alias}.${name(valuedOn(first, plan))}`, plan, dialect) : raw("");
  return { rows, from: sql`${rows.from}${rate}`, where: join(conditions, "\n      AND "), foreign };
}

/** How many days a row that entered on a day has lived, at most its horizon and the day itself. */
function lived(day: Sql, { horizon = 0, observedTo }: Plan, dialect: Dialect): Sql {
  const last = dialect.day(observedTo);
  return sql`CASE WHEN ${day} <= ${dialect.day(addDays(observedTo, -horizon))} THEN ${horizon + 1}
      WHEN ${day} > ${last} THEN 0 ELSE ${dialect.daysBetween(day, last)} + 1 END`;
}

const times = (share: Sql | undefined): Sql => (share === undefined ? raw("") : sql` * ${share}`);

/** A group's table, aggregated to the question's keys in one step; of a cohort, with how many entered and the days they have lived. */
function atOnce(group: Group, plan: Plan, all: Aggregate | undefined, dialect: Dialect): Sql {
  const { rows, from, where, foreign } = rowsOf(group, plan, dialect);
  const first = (group.measures[0] as readonly [string, Aggregate])[1];
  const day = sql`${rows.alias}.${name(dating(first, plan.clock))}`;
  const { columns, groups } = groupedBy(plan, rows, day, dialect);
  const values = group.measures.map(([partName, measure]) => {
    const conditions = group.measures.length === 1 ? [] : counts(measure, rows, plan, dialect);
    return sql`${expression(measure, rows, plan, foreign, dialect)}${filter(conditions)} AS ${name(partName)}`;
  });
  const parts = group.measures.map(([partName]) => partName);
  const products = productsAmong(parts, plan).map((pair) => product(pair, group, rows, plan, foreign, dialect));
  const cohort = all === undefined ? raw("") : filter(all.where.map(rows.condition));
  const extras = [
    ...(all === undefined ? [] : [sql`${sumOfRows(rows)}${cohort} AS entered`]),
    ...(all === undefined ? [] : [sql`sum(${lived(day, plan, dialect)}${times(rows.share)})${cohort} AS lived`]),
    ...(foreign ? [sql`${lackedRate(group, rows, plan, dialect)} AS missing_rate`] : []),
  ];
  return sql`SELECT ${join([...columns, ...values, ...products, ...extras], ", ")}
    FROM ${from}
    WHERE ${where}${groups}`;
}

/** Whether the rows of a group can be put into periods day by day: counts alone, without what two of them have in common. */
const addsUpByDay = ({ measures }: Group, plan: Plan): boolean =>
  plan.grain !== undefined &&
  plan.grain !== "day" &&
  plan.apart !== true &&
  measures.every(([, measure]) => measure.function === "count") &&
  productsAmong(
    measures.map(([part]) => part),
    plan,
  ).length === 0;

/** The same by way of days: rows are grouped faster by a day that is stored than by a period that is worked out for each. */
function dayByDay(group: Group, plan: Plan, all: Aggregate, dialect: Dialect): Sql {
  const daily = atOnce(group, { ...plan, grain: "day" }, all, dialect);
  const keys = [sql`${dialect.startOf(plan.grain ?? "day", raw("period"))} AS period`, ...plan.keys.map(name)];
  const summed = [...group.measures.map(([part]) => part), "entered", "lived"];
  return sql`SELECT ${join([...keys, ...summed.map((part) => sql`sum(${name(part)}) AS ${name(part)}`)], ", ")}
    FROM (${daily})
    GROUP BY ${raw(keys.map((_, i) => i + 1).join(", "))}`;
}

/** The common table expression of a group: its table, aggregated to the question's keys; `all` is the cohort that it follows. */
export function aggregateCte(group: Group, plan: Plan, all: Aggregate | undefined, dialect: Dialect): Sql {
  const select =
    all !== undefined && addsUpByDay(group, plan)
      ? dayByDay(group, plan, all, dialect)
      : atOnce(group, plan, all, dialect);
  return sql`${name(group.name)} AS (
    ${select})`;
}
