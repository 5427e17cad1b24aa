import type { Measure } from "./measure.ts";
import type { Plan, Product } from "./plan.ts";
import { join, runnable, sql, type Sql } from "./sql.ts";

/**
 * The column that holds the products of two parts: `income_squared`, `income_times_costs`; of a median the values that it
 * is taken of, with how often each occurs.
 */
export function productName([left, right]: Product, parts: Plan["parts"]): string {
  if (left !== right) return `${left}_times_${right}`;
  return isMedian(parts[left]) ? `${left}_frequencies` : `${left}_squared`;
}

export const isMedian = (measure: Measure | undefined): boolean =>
  measure?.kind === "aggregate" && measure.function === "median";

/** The products that can be taken in one pass: those whose two parts are both among the given ones. */
export const productsAmong = (parts: readonly string[], plan: Plan): Product[] =>
  plan.products.filter(([left, right]) => parts.includes(left) && parts.includes(right));

/** An amount to the cent: the square of one below 1e16 is still exact, and so is the sum of a hundred of these. */
const cents = (amount: Sql): Sql => sql`CAST(${amount} AS DECIMAL(18,2))`;

/**
 * The sum over rows of the product of factors, which may come as doubles, and of shares; of none it is the number of rows.
 * Products are of cents and added up as decimals, so that no order of rows shows.
 */
export function sumOfProducts(factors: readonly Sql[], shares: readonly Sql[] = []): Sql {
  const [left, right] = factors;
  const parts = shares.map((share) => sql`CAST(${share} AS DECIMAL(10,9))`);
  if (right !== undefined) return sql`sum(${cents(left ?? right)} * ${cents(right)})`;
  if (parts.length === 0) return left === undefined ? sql`count(*)` : sql`sum(${left})`;
  return sql`sum(${join([...(left === undefined ? [] : [cents(left)]), ...parts], " * ")})`;
}

/** Conditions without those that are said twice. */
export const once = (conditions: readonly Sql[]): Sql[] => [
  ...new Map(conditions.map((each) => [runnable(each), each])).values(),
];
