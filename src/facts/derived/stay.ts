import { sql, type Sql } from "../../engine/sql.ts";
import { day, required, table, text } from "../../engine/table.ts";
import { dimensionsOfRep } from "../rep.ts";
import { creditedAs } from "./credit.ts";

/**
 * Each customer from its first day on until the first day on which it was none any more (`left_on`; null while it is one), by
 * `tenure`. Who was a customer before anything was recorded is left out: it is not known for how long. The product and the
 * currency are those that it began with.
 */
export const stay = table("stay", {
  key: ["customer_id"],
  columns: {
    customer_id: required(text),
    began_on: required(day),
    left_on: day,
    product: text,
    currency: text,
    segment: text,
    country: text,
    rep: text,
  },
  dimensions: { ...creditedAs("customer", "customer_id"), ...dimensionsOfRep },
});

/** One row per customer, as the facts stand now. */
export const stayRows = (): Sql => sql`WITH held AS (
    SELECT * FROM tenure WHERE known_to IS NULL AND began_on IS NOT NULL),
  edge AS (
    SELECT customer_id, valid_from AS on_day, 1 AS opened FROM held
    UNION ALL SELECT customer_id, valid_to, -1 FROM held WHERE valid_to IS NOT NULL),
  step AS (SELECT customer_id, on_day, sum(opened) AS opened FROM edge GROUP BY customer_id, on_day),
  level AS (SELECT customer_id, on_day, sum(opened) OVER (PARTITION BY customer_id ORDER BY on_day) AS open FROM step),
  life AS (
    SELECT customer_id, min(on_day) AS began_on, min(on_day) FILTER (open = 0) AS left_on FROM level GROUP BY customer_id)
  SELECT life.*, first_held.product, first_held.currency, first_held.segment, first_held.country, first_held.rep
  FROM life JOIN (
    SELECT * FROM held QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY valid_from, product, revenue_id) = 1) AS first_held
    ON first_held.customer_id = life.customer_id`;
