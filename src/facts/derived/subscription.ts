import { sql, type Sql } from "../../engine/sql.ts";
import { day, money, required, table, text } from "../../engine/table.ts";
import { dimensionsOfRep } from "../rep.ts";
import { creditedAs } from "./credit.ts";

/** What a customer pays each month for a product, from a day on until (exclusive) another, open where it still holds. */
export const subscription = table("subscription", {
  key: ["customer_id", "product", "valid_from"],
  columns: {
    customer_id: required(text),
    product: text,
    valid_from: required(day),
    valid_to: day,
    mrr: required(money),
    currency: required(text),
    segment: text,
    country: text,
    rep: text,
  },
  dimensions: { ...creditedAs("customer", "customer_id"), ...dimensionsOfRep },
});

/** The last change of a day decides; a state lasts until the next change. */
export function subscriptionRows(): Sql {
  return sql`WITH decided AS (
    SELECT customer_id, product, occurred_on, arg_max(mrr_after, nth) AS mrr, arg_max(currency, nth) AS currency
    FROM (SELECT *, list_position(['start', 'reactivation', 'resume', 'expansion', 'contraction', 'pause', 'churn'], kind) AS nth
      FROM subscription_change WHERE known_to IS NULL) AS ranked
    GROUP BY customer_id, product, occurred_on),
  lasting AS (
    SELECT *, lead(occurred_on) OVER (PARTITION BY customer_id, product ORDER BY occurred_on) AS valid_to FROM decided)
  SELECT lasting.customer_id, lasting.product, occurred_on AS valid_from, valid_to, mrr, lasting.currency,
    coalesce(customer.segment, acquisition.segment) AS segment, coalesce(customer.country, acquisition.country) AS country,
    coalesce(acquisition.rep, customer.rep) AS rep
  FROM lasting
  LEFT JOIN customer ON customer.customer_id = lasting.customer_id AND customer.known_to IS NULL
  LEFT JOIN acquisition ON acquisition.customer_id = lasting.customer_id AND acquisition.known_to IS NULL
  WHERE mrr > 0`;
}
