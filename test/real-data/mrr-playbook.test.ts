import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Retention } from "../../src/contract/retention.ts";
import { answersOf, present, skipped, workspaceOf, type RealWorkspace } from "./workspace.ts";

/** Each period begins with a change of what is paid, and ends with one unless the next period begins on that day. */
const changes = `
  WITH period AS (
    SELECT customer_id, start_date, end_date, monthly_amount,
      lag(end_date) OVER each AS last_end, lag(monthly_amount) OVER each AS last_amount, lead(start_date) OVER each AS next_start
    FROM 'subscription_periods.csv' WINDOW each AS (PARTITION BY customer_id ORDER BY start_date))
  SELECT customer_id, start_date AS occurred_on, monthly_amount AS mrr_after, 'USD' AS currency,
    CASE WHEN last_end IS NULL THEN 'start' WHEN last_end < start_date THEN 'reactivation'
      WHEN monthly_amount < last_amount THEN 'contraction' ELSE 'expansion' END AS kind
  FROM period
  UNION ALL
  SELECT customer_id, end_date, 0, 'USD', 'churn' FROM period WHERE next_start IS NULL OR next_start > end_date`;

const settings = {
  name: "Playbook",
  currency: "USD",
  time_zone: "UTC",
  sources: { billing: { kind: "files", facts: { subscription_change: changes } } },
};

const known = answersOf<"movements" | "retention_monthly" | "cohort_logo">("dbt_mrr_playbook");

describe.skipIf(!present)(`the MRR playbook: 55 customers over 30 months${skipped}`, () => {
  let one: RealWorkspace;
  let found: Retention;
  beforeAll(async () => {
    one = await workspaceOf(settings, { "subscription_periods.csv": "dbt_mrr_playbook/subscription_periods.csv" });
    await one.sync("billing");
    found = await one.api.retention({ from: "2017-09-01", to: "2020-03-01", by: "product" });
  });
  afterAll(() => one.close());

  test("every month's MRR moves as known, to the cent", () => {
    const moved = new Map(found.months.map((each) => [each.month, each]));
    for (const row of known.movements.rows) {
      const month = moved.get(String(row["m"]));
      expect({
        m: month?.month,
        opening: month?.opening.amount,
        new: month?.new.amount,
        reactivation: month?.reactivation.amount,
        upgrade: month?.expansion.amount,
        downgrade: 0 - (month?.contraction.amount ?? 0),
        churn: 0 - (month?.churn.amount ?? 0),
        closing: month?.closing.amount,
        customers_open: month?.opening.customers,
        customers_close: month?.closing.customers,
        logos_churned: month?.churn.customers,
        logos_new: month?.new.customers,
      }).toEqual(row);
    }
    expect(known.movements.rows.length).toBeGreaterThan(25);
  });

  test("every cohort has as many customers, and as much, after each month that is over", () => {
    const cohorts = new Map(found.cohorts.map((each) => [each.month, each]));
    let cells = 0;
    for (const { cohort, k, active, mrr } of known.cohort_logo.rows) {
      const own = cohorts.get(String(cohort));
      // Only the newest two dozen cohorts are told.
      if (own === undefined) continue;
      expect({ cohort, k, cell: own.cells[Number(k)] }).toEqual({
        cohort,
        k,
        cell: { customers: active, amount: mrr },
      });
      cells += 1;
    }
    expect(cells).toBeGreaterThan(150);
  });

  test("retention by month is as known: customers, gross and net", async () => {
    const variants = { logo: "logo_retention", "gross-revenue": "grr", "net-revenue": "nrr" };
    for (const [variant, name] of Object.entries(variants)) {
      const question = { indicator: "customer-retention", variant, grain: "month" as const };
      const { rows } = await one.api.ask({ ...question, from: "2017-09-01", to: "2020-03-01" });
      for (const row of known.retention_monthly.rows)
        expect(rows.find(({ period }) => period === row["m"])?.value).toBeCloseTo(Number(row[name]), 9);
    }
  });
});
