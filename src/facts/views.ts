import { raw, type Sql } from "../engine/sql.ts";
import type { Table } from "../engine/table.ts";
import { creditedAs } from "./derived/credit.ts";
import { acquisition } from "./derived/acquisition.ts";
import { deal } from "./deal.ts";
import { revenue } from "./revenue.ts";
import { spend } from "./spend.ts";

/**
 * Costs on the day that bears them: an amortised cost is spread over its months, to the cent. What the ad platform counted
 * stays with the first of them, and the rate is that of the day of the bill (`spent_on`).
 */
export const accruedSpend = {
  ...spend,
  name: "accrued_spend",
  columns: { ...spend.columns, spent_on: { ...spend.columns.day, name: "spent_on" } },
  key: [...spend.key, "spent_on"],
  replacedBy: spend.replacedBy.map((column) => (column === "day" ? "spent_on" : column)),
  valuedOn: "spent_on",
  decided: true,
} satisfies Table;

/** Deals as intervals in which they were open; a close date of a deal that is still open is only expected. */
export const pipeline = { ...deal, name: "pipeline" };

/** Revenue with the day on which its customer became one (`acquired_on`). */
export const cohortRevenue = {
  ...revenue,
  name: "cohort_revenue",
  columns: { ...revenue.columns, acquired_on: acquisition.columns.acquired_on },
  dimensions: { ...revenue.dimensions, ...creditedAs("customer", "customer_id") },
  valuedOn: "occurred_on",
} satisfies Table;

const counted = ["impressions", "clicks", "platform_leads", "platform_conversions", "platform_value"];
const onlyInFirstMonth = counted.map((column) => `CASE WHEN month = 0 THEN ${column} END AS ${column}`).join(", ");

export const views: readonly Sql[] = [
  raw(`CREATE OR REPLACE VIEW accrued_spend AS
  SELECT *, day AS spent_on FROM spend WHERE coalesce(amortise_months, 1) = 1
  UNION ALL
  SELECT spend.* REPLACE (
    ${onlyInFirstMonth},
    CAST(spend.day + to_months(CAST(month AS INTEGER)) AS DATE) AS day,
    CAST(round(amount * (month + 1) / amortise_months, 2) - round(amount * month / amortise_months, 2)
      + CASE WHEN month = amortise_months - 1 THEN amount - round(amount, 2) ELSE 0 END AS DECIMAL(18,6)) AS amount),
    spend.day AS spent_on
  FROM spend, generate_series(0, spend.amortise_months - 1) AS months(month)
  WHERE spend.amortise_months > 1`),
  raw(`CREATE OR REPLACE VIEW pipeline AS
  SELECT * REPLACE (CASE WHEN outcome = 'open' THEN NULL ELSE closed_on END AS closed_on) FROM deal`),
  raw(`CREATE OR REPLACE VIEW cohort_revenue AS
  SELECT revenue.* REPLACE (
    greatest(revenue.known_from, acquisition.known_from) AS known_from,
    least(revenue.known_to, acquisition.known_to) AS known_to), acquisition.acquired_on
  FROM revenue JOIN acquisition ON acquisition.customer_id = revenue.customer_id
    AND acquisition.known_from < coalesce(revenue.known_to, TIMESTAMP 'infinity')
    AND revenue.known_from < coalesce(acquisition.known_to, TIMESTAMP 'infinity')`),
];
