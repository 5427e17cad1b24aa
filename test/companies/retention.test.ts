import { expect, test } from "vitest";
import { company, rows, values } from "../company.ts";

const may = { from: "2026-05-01", to: "2026-06-01" };

const base = rows`
  customer_id  occurred_on  kind         mrr_after  currency  product
  leaves       2026-01-01   start        10         EUR       CRM
  leaves       2026-05-01   churn        0          EUR       CRM
  shrinks      2026-01-01   start        30         EUR       CRM
  shrinks      2026-05-10   contraction  20         EUR       CRM
  grows        2026-01-01   start        60         EUR       CRM
  grows        2026-05-31   expansion    70         EUR       CRM
  new          2026-05-05   start        25         EUR       CRM`;

test("100 at the start, churn 10, contraction 10, expansion 10, 25 of new customers: GRR 80 %, NRR 90 % (T18)", async () => {
  const { api, close } = await company({ subscription_change: base });
  const ask = async (variant: string) => (await api.ask({ indicator: "customer-retention", variant, ...may })).total;
  expect(await ask("gross-revenue")).toMatchObject({ value: 0.8, parts: { kept: 80, revenue_at_start: 100 } });
  expect(await ask("net-revenue")).toMatchObject({
    value: 0.9,
    parts: { retained_revenue: 90, revenue_at_start: 100 },
  });
  expect((await ask("logo")).value).toBeCloseTo(2 / 3, 12);
  expect((await ask("churn")).value).toBeCloseTo(1 / 3, 12);
  expect((await ask("logo")).parts).toEqual({ retained: 2, at_start: 3 });
  expect((await api.ask({ indicator: "mrr", ...may })).total).toMatchObject({ value: 115, n: 3 });
  close();
});

test("a retention opens into the customers of its start, and those of them that stayed", async () => {
  const { api, close } = await company({ subscription_change: base });
  const { parts, math } = await api.explain({ question: { indicator: "customer-retention", ...may } });
  const customers = (id: string) => parts.find((each) => each.id === id)?.rows.map((row) => row["customer_id"]);
  expect(customers("at_start")?.toSorted()).toEqual(["grows", "leaves", "shrinks"]);
  expect(customers("retained")?.toSorted()).toEqual(["grows", "shrinks"]);
  expect(parts.map((each) => [each.id, each.value, each.rowCount])).toEqual([
    ["retained", 2, 2],
    ["at_start", 3, 3],
  ]);
  expect(math).toBe("2 ÷ 3 = 0.6667");
  close();
});

test("who leaves and returns within the period is retained; who returns later was lost, and is not new", async () => {
  const { api, close } = await company({
    subscription_change: rows`
      customer_id  occurred_on  kind          mrr_after  currency
      A            2026-01-01   start         10         EUR
      A            2026-05-03   churn         0          EUR
      A            2026-05-20   reactivation  10         EUR
      B            2026-01-01   start         10         EUR
      B            2026-05-03   churn         0          EUR
      B            2026-06-20   reactivation  10         EUR`,
  });
  const ask = (indicator: string, variant?: string) =>
    api.ask({
      indicator,
      ...(variant === undefined ? {} : { variant }),
      grain: "month",
      from: "2026-04-01",
      to: "2026-08-01",
    });
  expect(values(await ask("customer-retention"))).toEqual({
    "2026-04-01": 1,
    "2026-05-01": 0.5,
    "2026-06-01": 1,
    "2026-07-01": 1,
  });
  expect(values(await ask("customers", "active"))).toEqual({
    "2026-04-01": 2,
    "2026-05-01": 1,
    "2026-06-01": 2,
    "2026-07-01": 2,
  });
  expect(values(await ask("mrr"))).toEqual({ "2026-04-01": 20, "2026-05-01": 10, "2026-06-01": 20, "2026-07-01": 20 });
  close();
});

test("a customer of two products that leaves one is lost to it and kept by the company", async () => {
  const { api, close } = await company({
    subscription_change: rows`
      customer_id  occurred_on  kind   mrr_after  currency  product
      A            2026-01-01   start  10         EUR       CRM
      A            2026-01-01   start  5          EUR       Mail
      A            2026-05-03   churn  0          EUR       Mail`,
  });
  const answer = await api.ask({ indicator: "customer-retention", by: ["product"], ...may });
  expect(values(answer)).toEqual({ CRM: 1, Mail: 0 });
  expect(answer.total).toMatchObject({ value: 1, parts: { retained: 1, at_start: 1 } });
  const gross = await api.ask({ indicator: "customer-retention", variant: "gross-revenue", by: ["product"], ...may });
  expect(values(gross)).toEqual({ CRM: 1, Mail: 0 });
  expect(gross.total.value).toBeCloseTo(10 / 15, 12);
  close();
});

test("nobody at the start is no value, and a month to come has none either", async () => {
  const { api, close } = await company({ subscription_change: base });
  const before = await api.ask({ indicator: "customer-retention", from: "2025-12-01", to: "2026-01-01" });
  expect(before.total).toMatchObject({ value: null, flags: ["no-denominator"] });
  const months = await api.ask({ indicator: "mrr", grain: "month", from: "2026-11-01", to: "2027-01-01" });
  expect(months.rows.map((row) => [row.value, row.incomplete])).toEqual([
    [115, true],
    [null, true],
  ]);
  close();
});

test("the last change of a day decides, and a pause is not a customer", async () => {
  const { api, close } = await company({
    subscription_change: rows`
      customer_id  occurred_on  kind         mrr_after  currency
      A            2026-01-01   start        10         EUR
      A            2026-05-10   expansion    30         EUR
      A            2026-05-10   contraction  20         EUR
      B            2026-01-01   start        7          EUR
      B            2026-05-10   pause        0          EUR
      B            2026-06-10   resume       7          EUR`,
  });
  const answer = await api.ask({ indicator: "mrr", grain: "month", from: "2026-04-01", to: "2026-07-01" });
  expect(values(answer)).toEqual({ "2026-04-01": 17, "2026-05-01": 20, "2026-06-01": 27 });
  close();
});
