import { converted, missingRate, rateJoin, roughly, shareOf } from "./currency.ts";
import type { Dialect } from "./dialect.ts";
import type { Balance } from "./measure.ts";
import type { Plan } from "./plan.ts";
import { productName, productsAmong, sumOfProducts } from "./products.ts";
import { relation, type Relation } from "./relation.ts";
import { join, name, raw, sql, type Sql } from "./sql.ts";
import { addDays, minDay, periodsOf } from "./time.ts";

type NamedBalance = readonly [string, Balance];

/** Balances of one table with equal conditions, taken over the same intervals. */
export interface Held {
  readonly name: string;
  readonly measures: readonly NamedBalance[];
}

export function heldOf(plan: Plan): Held[] {
  const all = Object.entries(plan.parts).filter((entry): entry is [string, Balance] => entry[1].kind === "balance");
  const keys = [
    ...new Set(all.map(([, measure]) => JSON.stringify([measure.table.name, measure.from, measure.where]))),
  ];
  return keys.map((key, i) => {
    const measures = all.filter(
      ([, measure]) => JSON.stringify([measure.table.name, measure.from, measure.where]) === key,
    );
    const tableName = (measures[0] as NamedBalance)[1].table.name;
    return { name: i === 0 ? tableName : `${tableName}_${i + 1}`, measures };
  });
}

/** The periods of the question with their edges; what is to come has no balance yet, so the last edge is tomorrow. */
export function periodCte(plan: Plan, dialect: Dialect): Sql {
  const tomorrow = addDays(plan.today, 1);
  const periods =
    plan.grain === undefined ? [{ start: plan.range.from, range: plan.range }] : periodsOf(plan.grain, plan.range);
  const rows = periods.map(
    ({ start, range }) =>
      sql`(${dialect.day(start)}, ${dialect.day(range.from)}, ${dialect.day(minDay(range.to, range.from > tomorrow ? range.to : tomorrow))})`,
  );
  return sql`period_edges AS (
    SELECT * FROM (VALUES ${join(rows, ", ")}) AS period_edges(period, opens, closes))`;
}

/** Intervals that hold at an edge: begun before it and not ended before it. */
const holdsAt = (rows: Relation, { from, to }: Balance, edge: Sql): Sql =>
  sql`${rows.alias}.${name(from)} < ${edge} AND (${rows.alias}.${name(to)} IS NULL OR ${rows.alias}.${name(to)} >= ${edge})`;

/** What one entity adds to a balance: whether it counts, and its amount, which `retained` takes of those held at the start. */
const added: Readonly<
  Record<Balance["of"], { readonly counts: string; readonly amount: string; readonly of?: string }>
> = {
  opening: { counts: "opens", amount: "opening" },
  closing: { counts: "closes", amount: "closing" },
  retained: { counts: "opens AND closes", amount: "closing", of: "opens" },
  kept: { counts: "opens AND closing >= opening", amount: "least(opening, closing)" },
};

/** The sum over entities of what the measures add, multiplied where there are two. */
function taken(measures: readonly Balance[], shared: boolean): Sql {
  const sums = measures.filter((each) => each.function === "sum").map((each) => raw(added[each.of].amount));
  const shares = shared ? measures.filter((each) => each.function === "count").map(() => raw("share")) : [];
  const conditions = measures
    .map((each) => (each.function === "count" ? added[each.of].counts : added[each.of].of))
    .filter((each) => each !== undefined);
  const when = conditions.length === 0 ? "" : ` FILTER (WHERE ${[...new Set(conditions)].join(" AND ")})`;
  return sql`${sumOfProducts(sums.length > 1 ? sums.map(roughly) : sums, shares)}${raw(when)}`;
}

/** Where an entity is divided, what it is divided by within a key: one value of it at a time. */
const apart = (rows: Relation, plan: Plan): Sql[] =>
  rows.share === undefined
    ? []
    : plan.slices.map(({ dimension }, i) => sql`${rows.dimension(dimension)} AS ${name(`apart_${i}`)}`);

/** Each entity's balance at the start and at the end of each period, by the question's keys. */
export function entityBalances(each: Held, plan: Plan, dialect: Dialect, extra: readonly Sql[] = []): Sql {
  const [, first] = each.measures[0] as NamedBalance;
  const rows = relation(first.table, first.table.dimensions, plan, first.where, dialect);
  const foreign = plan.foreign.includes(first.table.name);
  const begins = sql`${rows.alias}.${name(first.from)}`;
  const stated = sql`${rows.alias}.${name(first.amount)}`;
  const whole = foreign ? converted(stated, rows, plan) : stated;
  const amount = rows.share === undefined ? whole : shareOf(whole, rows.share, foreign);
  const share = rows.share === undefined ? [] : [sql`max(${rows.share}) AS share`];
  const edge = (which: "opens" | "closes") => sql`period_edges.${raw(which)}`;
  const at = (which: "opens" | "closes") =>
    sql`coalesce(sum(${amount}) FILTER (WHERE ${holdsAt(rows, first, edge(which))}), 0)`;
  const held = (which: "opens" | "closes") =>
    sql`coalesce(bool_or(${holdsAt(rows, first, edge(which))}), false) AS ${raw(which)}`;
  const keys = [raw("period_edges.period AS period"), sql`${rows.alias}.${name(first.entity)} AS entity`];
  const dimensions = plan.keys.map((key) => sql`${rows.dimension(key)} AS ${name(key)}`);
  const rate = foreign ? rateJoin(rows, begins, plan, dialect) : raw("");
  const missing = foreign ? [sql`${missingRate(rows, begins, plan, sql`${stated} IS NOT NULL`)} AS missing_rate`] : [];
  const grouped = [...keys, ...dimensions, ...apart(rows, plan)];
  const conditions = [rows.believed, ...rows.slices, ...first.where.map(rows.condition)];
  return sql`SELECT ${join([...grouped, sql`${at("opens")} AS opening`, sql`${at("closes")} AS closing`, held("opens"), held("closes"), ...share, ...missing, ...extra], ", ")}
      FROM ${rows.from}${rate}
      JOIN period_edges ON ${begins} < ${edge("closes")} AND (${rows.alias}.${name(first.to)} IS NULL OR ${rows.alias}.${name(first.to)} >= ${edge("opens")})
      WHERE ${join(conditions, " AND ")}
      GROUP BY ${raw(grouped.map((_, i) => i + 1).join(", "))}`;
}

/** Whether an entity's balance is divided between values of a dimension: then it has a `share`. */
export const isDivided = (balance: Balance, plan: Plan, dialect: Dialect): boolean =>
  relation(balance.table, balance.table.dimensions, plan, balance.where, dialect).share !== undefined;

/** The common table expression of balances: entities first, then the question's keys. */
export function balanceCte(held: Held, plan: Plan, dialect: Dialect): Sql {
  const [, first] = held.measures[0] as NamedBalance;
  const shared = isDivided(first, plan, dialect);
  const keys = [...(plan.grain === undefined ? [] : [raw("period")]), ...plan.keys.map(name)];
  const named = new Map(held.measures);
  const sums = held.measures.map(([partName, measure]) => sql`${taken([measure], shared)} AS ${name(partName)}`);
  const products = productsAmong([...named.keys()], plan).map((pair) => {
    const measures = pair.map((each) => named.get(each)).filter((each) => each !== undefined);
    return sql`${taken(measures, shared)} AS ${name(productName(pair, plan.parts))}`;
  });
  const missing = plan.foreign.includes(first.table.name) ? [raw("min(missing_rate) AS missing_rate")] : [];
  const groupBy = keys.length === 0 ? raw("") : sql`\n    GROUP BY ${raw(keys.map((_, i) => i + 1).join(", "))}`;
  return sql`${name(held.name)} AS (
    SELECT ${join([...keys, ...sums, ...products, ...missing], ", ")}
    FROM (
      ${entityBalances(held, plan, dialect)}) AS entity_balance${groupBy})`;
}
