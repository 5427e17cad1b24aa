import { raw, sql, type Sql } from "../../engine/sql.ts";
import { day, money, required, table, text } from "../../engine/table.ts";
import { lastKnown, lastSaleUntil } from "../happened.ts";
import { dimensionsOfRep } from "../rep.ts";
import { creditedAs } from "./credit.ts";
import type { DerivationRules } from "./rules.ts";

/**
 * When customers are customers, from a day on until (exclusive) another, open where it still holds: by what they pay each month
 * under a contract, or, in a company without contracts, for so many days after each sale (`revenue_id`) that it is stated a
 * customer may stay away. Several intervals of a customer may hold at once: then their amounts add up. A refund takes away from
 * the sale that it names, or from the last one before it, from its own day on until that sale runs out.
 *
 * What would run out after the last day on which revenue is recorded is still open: the end of the data ends nobody.
 * `began_on` is the customer's first day of all; null where its first change or sale says that it was won before that.
 */
export const tenure = table("tenure", {
  key: ["customer_id", "product", "valid_from", "revenue_id"],
  columns: {
    customer_id: required(text),
    product: text,
    revenue_id: text,
    valid_from: required(day),
    valid_to: day,
    amount: required(money),
    currency: required(text),
    began_on: day,
    segment: text,
    country: text,
    rep: text,
  },
  dimensions: { ...creditedAs("customer", "customer_id"), ...dimensionsOfRep },
});

const isSale = raw("amount > 0 AND coalesce(kind NOT IN ('refund', 'credit_note'), true)");

/** The first day of each customer, where it was not one already before anything of it was recorded. */
const beginnings = sql`contracted AS (
    SELECT customer_id, CASE WHEN min(started_on) <= min(valid_from) THEN min(valid_from) END AS began_on
    FROM subscription LEFT JOIN (
      SELECT customer_id, min(occurred_on) AS started_on FROM subscription_change
      WHERE known_to IS NULL AND kind = 'start' GROUP BY customer_id) AS started USING (customer_id)
    WHERE known_to IS NULL GROUP BY customer_id),
  bought AS (
    SELECT customer_id, CASE WHEN bool_or(coalesce(kind NOT IN ('renewal', 'expansion'), true)) THEN any_value(occurred_on) END AS began_on
    FROM (SELECT * FROM revenue WHERE known_to IS NULL AND ${isSale}
      QUALIFY rank() OVER (PARTITION BY customer_id ORDER BY occurred_on) = 1) AS first_sale
    GROUP BY customer_id)`;

/** Each sale with the day on which it runs out. */
const sales = (inactivityDays: number): Sql => sql`sale AS (
    SELECT revenue_id, customer_id, product, occurred_on, CAST(occurred_on + CAST(${inactivityDays} AS INTEGER) AS DATE) AS runs_out,
      CAST(amount - coalesce(tax, 0) AS DECIMAL(18, 6)) AS amount, currency
    FROM revenue WHERE known_to IS NULL AND ${isSale}),
  last_of_day AS (
    SELECT customer_id, occurred_on, max(revenue_id) AS revenue_id FROM sale GROUP BY customer_id, occurred_on),
  returned AS (
    SELECT refund.*, coalesce(named.revenue_id, last_of_day.revenue_id) AS sale_id
    FROM (SELECT * FROM revenue WHERE known_to IS NULL AND amount < 0) AS refund
    LEFT JOIN sale AS named ON named.revenue_id = refund.refund_of AND named.customer_id = refund.customer_id
    ASOF LEFT JOIN last_of_day ON last_of_day.customer_id = refund.customer_id AND last_of_day.occurred_on <= refund.occurred_on)`;

/** The rows, as the facts stand now. */
export function tenureRows({ retention }: DerivationRules, day: (instant: Sql) => Sql): Sql {
  const any = sql`EXISTS (SELECT 1 FROM subscription_change WHERE known_to IS NULL)`;
  const byContract = retention.by === null ? any : raw(String(retention.by === "contracts"));
  const known = sql`(SELECT ${day(sql`known_at`)} FROM (${lastKnown}))`;
  return sql`WITH ${beginnings}, ${sales(retention.inactivityDays)},
  seen AS (SELECT day AS until FROM (${lastSaleUntil(known, (alias) => sql`${alias}.known_to IS NULL`)})),
  held AS (
    SELECT customer_id, product, CAST(NULL AS VARCHAR) AS revenue_id, valid_from, valid_to, mrr AS amount, currency
    FROM subscription WHERE known_to IS NULL AND ${byContract}
    UNION ALL
    SELECT customer_id, product, revenue_id, occurred_on, CASE WHEN runs_out <= until THEN runs_out END, amount, currency
    FROM sale CROSS JOIN seen WHERE NOT ${byContract}
    UNION ALL
    SELECT sale.customer_id, sale.product, returned.revenue_id, greatest(returned.occurred_on, sale.occurred_on),
      CASE WHEN runs_out <= until THEN runs_out END, CAST(returned.amount - coalesce(returned.tax, 0) AS DECIMAL(18, 6)), returned.currency
    FROM returned JOIN sale ON sale.revenue_id = sale_id CROSS JOIN seen
    WHERE NOT ${byContract} AND returned.occurred_on < runs_out)
  SELECT held.*, CASE WHEN ${byContract} THEN contracted.began_on ELSE bought.began_on END AS began_on,
    coalesce(customer.segment, acquisition.segment) AS segment, coalesce(customer.country, acquisition.country) AS country,
    coalesce(acquisition.rep, customer.rep) AS rep
  FROM held
  LEFT JOIN contracted ON contracted.customer_id = held.customer_id
  LEFT JOIN bought ON bought.customer_id = held.customer_id
  LEFT JOIN customer ON customer.customer_id = held.customer_id AND customer.known_to IS NULL
  LEFT JOIN acquisition ON acquisition.customer_id = held.customer_id AND acquisition.known_to IS NULL`;
}
