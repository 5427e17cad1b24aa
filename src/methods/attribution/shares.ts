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

/** How the parts of an amount are found in the machine's own integers, as in a division by hand: so many digits at a time. */
function divided(amount: Sql, total: Sql, digits: number): Sql {
  const base = raw(String(10 ** digits));
  const steps = 12 / digits;
  let [quotient, rest] = [raw("0"), amount];
  for (let step = 0; step < steps; step++) {
    quotient =
      step === 0 ? sql`(${rest} * ${base} // ${total})` : sql`(${quotient} * ${base} + ${rest} * ${base} // ${total})`;
    rest = sql`(${rest} * ${base} % ${total})`;
  }
  return quotient;
}

/** The greatest total of which an amount times a power of ten is still an integer of 64 bits. */
const below = (digits: number): Sql => raw(String(9 * 10 ** (18 - digits)));

/** An amount of a total in parts of `whole`, rounded down; wider integers take many times longer and are for wide totals only. */
function partsOf(amount: Sql, total: Sql): Sql {
  const narrow = (digits: number) => divided(sql`CAST(${amount} AS BIGINT)`, sql`CAST(${total} AS BIGINT)`, digits);
  return sql`CASE WHEN ${total} < ${below(12)} THEN ${narrow(12)} WHEN ${total} < ${below(4)} THEN ${narrow(4)}
    ELSE CAST((${amount}) * ${raw(String(whole))} // ${total} AS BIGINT) END`;
}

/** The same over a column of weights, as a decimal between 0 and 1; columns name the outcome and put its steps in order. */
export function shareOf(weight: Sql, outcome: string, order: string): Sql {
  const running = sql`sum(${weight}) OVER (PARTITION BY ${raw(outcome)} ORDER BY ${raw(order)})`;
  const total = sql`sum(${weight}) OVER (PARTITION BY ${raw(outcome)})`;
  return inWhole(sql`${partsOf(running, total)} - ${partsOf(sql`(${running} - ${weight})`, total)}`);
}

/** Parts of `whole` as an exact decimal. */
const inWhole = (parts: Sql): Sql =>
  sql`CAST(CAST(${parts} AS DECIMAL(13,0)) * CAST(0.000000000001 AS DECIMAL(13,12)) AS DECIMAL(18,12))`;
