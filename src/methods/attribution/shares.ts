import { raw, sql, type Sql } from "../../engine/sql.ts";

/** All of an outcome's credit, in the whole numbers that shares are counted in. */
export const whole = 1_000_000_000_000n;

/**
 * The share of each weight in parts of `whole`: the difference of two rounded running totals, so that the shares of one outcome
 * add up to exactly one, whatever their number.
 */
export function sharesOf(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  let running = 0n;
  return weights.map((weight) => {
    const before = (running * whole) / total;
    running += BigInt(weight);
    return Number((running * whole) / total - before);
  });
}

/** The same over a column of weights, as a decimal between 0 and 1. */
export function shareOf(weight: Sql, outcome: string): Sql {
  const running = sql`sum(${weight}) OVER (PARTITION BY ${raw(outcome)} ORDER BY nth)`;
  const total = sql`sum(${weight}) OVER (PARTITION BY ${raw(outcome)})`;
  const rounded = (amount: Sql) => sql`((${amount}) * ${raw(String(whole))} // ${total})`;
  return inWhole(sql`${rounded(running)} - ${rounded(sql`${running} - ${weight}`)}`);
}

/** Parts of `whole` as an exact decimal. */
const inWhole = (parts: Sql): Sql =>
  sql`CAST(CAST(${parts} AS DECIMAL(13,0)) * CAST(0.000000000001 AS DECIMAL(13,12)) AS DECIMAL(18,12))`;
