import { expect, test } from "vitest";
import { company, part, rows, times, values } from "../company.ts";

const may = { from: "2026-05-01", to: "2026-06-01" };

test("90,000 of costs, 45 new customers, 18 of them paid: 2,000.00, 1,666.67 and 666.67 of media alone", async () => {
  const { api, close } = await company({
    spend: rows`
      day         category  amount  currency  channel
      2026-05-01  media     30000   EUR       paid_search
      2026-05-01  salaries  50000   EUR       -
      2026-05-01  tools     5000    EUR       -
      2026-05-01  research  5000    EUR       -
      2026-05-01  product   7777    EUR       -`,
    revenue: times(45, (nth) => ({
      revenue_id: `R${nth}`,
      customer_id: `C${nth}`,
      occurred_on: "2026-05-20",
      amount: 100,
      currency: "EUR",
      channel: nth <= 18 ? "paid_search" : "referral",
    })),
  });
  const ask = (variant: string, where = {}) =>
    api.ask({ indicator: "customer-acquisition-cost", variant, where, ...may });
  expect((await ask("loaded")).total).toMatchObject({ value: 2000, n: 45, parts: { costs: 90_000, customers: 45 } });
  expect((await ask("paid")).total.value).toBeCloseTo(1666.67, 2);
  expect((await ask("loaded", { category: ["media"] })).total.value).toBeCloseTo(666.67, 2);
  expect((await ask("blended")).total).toMatchObject({ parts: { costs: 40_000, customers: 45 } });
  close();
});

test("product cost counts when the workspace says so", async () => {
  const { api, close } = await company(
    {
      spend: rows`
        day         category  amount  currency
        2026-05-01  media     30      EUR
        2026-05-01  product   10      EUR`,
      revenue: rows`
        revenue_id  customer_id  occurred_on  amount  currency
        R1          C1           2026-05-20   100     EUR`,
    },
    { settings: { include_product_cost: true } },
  );
  expect((await api.ask({ indicator: "customer-acquisition-cost", ...may })).total.value).toBe(40);
  close();
});

test("an annual tool is borne by its twelve months, to the cent (T19)", async () => {
  const { api, close } = await company({
    spend: rows`
      day         category  amount  currency  amortise_months
      2026-01-31  tools     1000    EUR       12
      2026-01-31  tools     50      EUR       -`,
  });
  const year = { from: "2026-01-01", to: "2027-01-01" };
  const byMonth = values(await api.ask({ indicator: "spend", grain: "month", ...year }));
  expect(byMonth["2026-01-01"]).toBeCloseTo(133.33, 10);
  expect(byMonth["2026-02-01"]).toBeCloseTo(83.34, 10);
  expect(byMonth["2026-12-01"]).toBeCloseTo(83.33, 10);
  expect(Object.keys(byMonth)).toHaveLength(12);
  expect((await api.ask({ indicator: "spend", ...year })).total.value).toBe(1050);
  close();
});

test("months of an amortised bill that lie ahead are no cost so far, unless they are asked for", async () => {
  const spend = rows`
    day         category  amount  currency  amortise_months
    2026-01-31  tools     1000    EUR       12`;
  const { api, close } = await company({ spend }, { now: "2026-03-31T12:00:00Z" });
  const sofar = await api.ask({ indicator: "spend" });
  expect(sofar.question).toMatchObject({ from: "2026-01-31", to: "2026-04-01" });
  expect(sofar.total.value).toBe(250);
  expect((await api.ask({ indicator: "spend", to: "2027-01-01" })).total.value).toBe(1000);
  close();
});

test("an amortised bill in another currency costs what it cost on its own day, in months to come too (T19, T20)", async () => {
  const { api, close } = await company({
    spend: rows`
      day         category  amount  currency  amortise_months
      2026-11-20  tools     1200    USD       12`,
    rate: rows`
      day         currency  rate
      2026-11-20  USD       0.5`,
  });
  const { total, rows: months } = await api.ask({
    indicator: "spend",
    grain: "month",
    from: "2026-11-01",
    to: "2027-11-01",
  });
  expect(total.value).toBe(600);
  expect(months.map((row) => row.value)).toEqual(Array.from({ length: 12 }, () => 50));
  close();
});

test("what a platform counted on an amortised row is counted once", async () => {
  const { api, close } = await company({
    spend: rows`
      day         category  amount  currency  amortise_months  platform_leads
      2026-01-15  media     600     EUR       6                30`,
  });
  const answer = await api.ask({
    indicator: "cost-per-lead",
    variant: "platform",
    from: "2026-01-01",
    to: "2026-07-01",
  });
  expect(answer.total).toMatchObject({ value: 20, parts: { spend: 600, leads: 30 } });
  close();
});

test("who comes back, renews, upgrades or is refunded is not new (T16, T17)", async () => {
  const { api, close } = await company({
    revenue: rows`
      revenue_id  customer_id  occurred_on  amount  currency  kind
      R1          back         2025-01-10   100     EUR       new
      R2          back         2026-05-10   100     EUR       new
      R3          renews       2026-05-11   100     EUR       renewal
      R4          upgrades     2026-05-12   100     EUR       expansion
      R5          refunded     2026-05-13   100     EUR       new
      R6          refunded     2026-05-14   -100    EUR       refund
      R7          plain        2026-05-15   100     EUR       -
      R8          only-credit  2026-05-16   -100    EUR       credit_note`,
  });
  const answer = await api.ask({
    indicator: "customers",
    variant: "new",
    grain: "month",
    from: "2025-01-01",
    to: "2026-06-01",
  });
  expect(part(answer, "customers")).toMatchObject({ "2025-01-01": 1, "2026-05-01": 2 });
  expect(answer.total.value).toBe(3);
  close();
});

test("cost of a month over the customers ever won from its leads", async () => {
  const { api, close } = await company({
    spend: rows`
      day         category  amount  currency
      2026-05-01  media     300     EUR`,
    lead: rows`
      lead_id  created_at            customer_id
      L1       2026-05-03T10:00:00Z  C1
      L2       2026-05-04T10:00:00Z  -
      L3       2026-06-04T10:00:00Z  C3`,
    revenue: rows`
      revenue_id  customer_id  occurred_on  amount  currency
      R1          C1           2026-08-20   100     EUR
      R3          C3           2026-06-20   100     EUR`,
  });
  const ask = (variant: string) => api.ask({ indicator: "customer-acquisition-cost", variant, ...may });
  expect((await ask("cohort")).total).toMatchObject({ value: 300, parts: { customers: 1 } });
  expect((await ask("loaded")).total).toMatchObject({ value: null, flags: ["no-denominator"] });
  close();
});
