import { raw, type Sql } from "../engine/sql.ts";
import type { Table } from "../engine/table.ts";
import { creditedAs } from "./derived/credit.ts";
import { acquisition } from "./derived/acquisition.ts";
import { origin } from "./derived/origin.ts";
import { dealSizeView } from "./derived/deal-size.ts";
import { ownerViews } from "./derived/owners.ts";
import { outlook } from "./derived/outlook.ts";
import { prospect } from "./derived/prospect.ts";
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

const { lead_created_on } = origin.columns;

/** Revenue that goes back to a lead, with the day on which that lead came in (`lead_created_on`). */
export const revenueOfLeads = {
  ...revenue,
  name: "revenue_of_leads",
  columns: { ...revenue.columns, lead_created_on },
  valuedOn: "occurred_on",
} satisfies Table;

/** Deals that go back to a lead, with the day on which that lead came in (`lead_created_on`). */
export const dealsOfLeads = {
  ...deal,
  name: "deals_of_leads",
  columns: { ...deal.columns, lead_created_on },
  valuedOn: "closed_on",
} satisfies Table;

const { basis, currency, probability, worth, observed_on, valued_on } = outlook.columns;

/** Leads that are still open with what each may be expected to bring, on the last day on which anything is recorded. */
const expected = <N extends string>(view: N) =>
  ({
    ...prospect,
    name: view,
    key: ["lead_id", "currency"],
    columns: { ...prospect.columns, basis, currency, probability, worth, observed_on, valued_on },
    valuedOn: "valued_on",
  }) satisfies Table;
export const expectedRevenue = expected("expected_revenue");
export const expectedBookings = expected("expected_bookings");

const counted = ["impressions", "clicks", "platform_leads", "platform_conversions", "platform_value"];
const onlyInFirstMonth = counted.map((column) => `CASE WHEN month = 0 THEN ${column} END AS ${column}`).join(", ");

interface Dated {
  readonly fact: string;
  readonly by: string;
  readonly on: string;
  readonly day: string;
}

/** A view of the rows of a fact with a day that a derived table knows, each pair for as long as both were believed. */
const dated = (view: string, { fact, by, on, day }: Dated): Sql =>
  raw(`CREATE OR REPLACE VIEW ${view} AS
  SELECT ${fact}.* REPLACE (
    greatest(${fact}.known_from, ${by}.known_from) AS known_from,
    least(${fact}.known_to, ${by}.known_to) AS known_to), ${by}.${day}
  FROM ${fact} JOIN ${by} ON ${on}
    AND ${by}.known_from < coalesce(${fact}.known_to, TIMESTAMP 'infinity')
    AND ${fact}.known_from < coalesce(${by}.known_to, TIMESTAMP 'infinity')`);

/** Open leads beside the outlook of their stage and age, each pair for as long as both were believed. */
const expectedOf = (of: "revenue" | "bookings"): Sql =>
  raw(`CREATE OR REPLACE VIEW expected_${of} AS
  SELECT prospect.* REPLACE (
    greatest(prospect.known_from, outlook.known_from) AS known_from,
    least(prospect.known_to, outlook.known_to) AS known_to), basis, currency, probability, worth, observed_on, valued_on
  FROM prospect JOIN outlook ON outlook.basis = '${of}' AND outlook.stage = prospect.stage
    AND date_diff('day', prospect.entered_on, outlook.observed_on) >= outlook.age_from
    AND date_diff('day', prospect.entered_on, outlook.observed_on) < coalesce(outlook.age_to, 1000000)
    AND outlook.known_from < coalesce(prospect.known_to, TIMESTAMP 'infinity')
    AND prospect.known_from < coalesce(outlook.known_to, TIMESTAMP 'infinity')`);

const ofOutcome = (fact: "revenue" | "deal"): string =>
  `origin.outcome = '${fact}' AND origin.outcome_id = ${fact}.${fact}_id`;

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
  dated("cohort_revenue", {
    fact: "revenue",
    by: "acquisition",
    on: "acquisition.customer_id = revenue.customer_id",
    day: "acquired_on",
  }),
  dated("revenue_of_leads", { fact: "revenue", by: "origin", on: ofOutcome("revenue"), day: "lead_created_on" }),
  dated("deals_of_leads", { fact: "deal", by: "origin", on: ofOutcome("deal"), day: "lead_created_on" }),
  expectedOf("revenue"),
  expectedOf("bookings"),
  ...ownerViews,
  dealSizeView,
];
