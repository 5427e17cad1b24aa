import type { Dialect } from "./dialect.ts";
import type { Plan } from "./plan.ts";
import { believed, type Relation } from "./relation.ts";
import { raw, sql, type Sql } from "./sql.ts";

/** How a stored number is read. */
export type Reading = (cell: Sql) => Sql;
/** As it is stored: an exact decimal, so that sums do not depend on their order. */
export const exactly: Reading = (cell) => cell;
/** As a double: for products of what is added up, where wide decimals would cost several times the question itself. */
export const roughly: Reading = (cell) => sql`CAST(${cell} AS DOUBLE)`;

/** The amount of a row in the wanted currency, at the rate of the event's day. */
export function converted(amount: Sql, rows: Relation, plan: Plan, read: Reading = exactly): Sql {
  const factor = sql`CASE WHEN ${rows.alias}.currency = ${plan.currency} THEN 1 WHEN ${rows.alias}.currency = ${plan.homeCurrency} THEN 1 ELSE ${read(raw("rate.rate"))} END`;
  if (plan.currency === plan.homeCurrency) return sql`${amount} * ${factor}`;
  return sql`CASE WHEN ${rows.alias}.currency = ${plan.currency} THEN ${amount} ELSE CAST(${amount} * ${factor} / ${read(raw("target_rate.rate"))} AS DECIMAL(38,12)) END`;
}

/** A part of an amount; a converted one is cut to nine digits first, so that the product still has room for large sums. */
export const shareOf = (amount: Sql, share: Sql, converted: boolean): Sql =>
  converted ? sql`CAST(${amount} AS DECIMAL(28,9)) * ${share}` : sql`${amount} * ${share}`;

/** The joins that bring the rate of a row's day, and that of the wanted currency where it is not the workspace's own. */
export function rateJoin(rows: Relation, day: Sql, plan: Plan, dialect: Dialect): Sql {
  const target =
    plan.currency === plan.homeCurrency
      ? raw("")
      : sql`
    LEFT JOIN ${raw(dialect.schema)}.rate AS target_rate ON target_rate.day = ${day} AND target_rate.currency = ${plan.currency}
      AND ${believed(raw("target_rate"), plan, dialect)}`;
  return sql`
    LEFT JOIN ${raw(dialect.schema)}.rate AS rate ON rate.day = ${day} AND rate.currency = ${rows.alias}.currency
      AND ${believed(raw("rate"), plan, dialect)}${target}`;
}

/** The first day and currency, as text, of an amount that counts and cannot be converted. */
export function missingRate(rows: Relation, day: Sql, plan: Plan, counted: Sql): Sql {
  const own = sql`${rows.alias}.currency`;
  const isoDay = sql`CAST(${day} AS VARCHAR)`;
  const needsTarget =
    plan.currency === plan.homeCurrency
      ? raw("")
      : sql` WHEN ${own} <> ${plan.currency} AND target_rate.rate IS NULL THEN ${isoDay} || ' ' || ${plan.currency}`;
  return sql`min(CASE WHEN ${own} NOT IN (${plan.homeCurrency}, ${plan.currency}) AND rate.rate IS NULL THEN ${isoDay} || ' ' || ${own}${needsTarget} END) FILTER (WHERE ${counted})`;
}
