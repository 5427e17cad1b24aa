import { expect, test } from "vitest";
import { company, rows, values } from "../company.ts";

const year = { from: "2026-01-01", to: "2027-01-01" };

const sold = {
  revenue: rows`
    revenue_id  customer_id  occurred_on  amount  currency
    R1          C1           2026-01-10   100     USD
    R2          C1           2026-02-10   100     USD
    R3          C2           2026-02-11   7       EUR
    R4          C3           2026-02-12   4000    COP`,
  rate: rows`
    day         currency  rate
    2026-01-10  USD       0.9
    2026-02-10  USD       0.8
    2026-02-11  USD       0.75
    2026-02-12  USD       0.5
    2026-02-12  COP       0.00025`,
};

test("money is converted at the rate of its own day, whatever the rate is today (T20)", async () => {
  const { api, close } = await company(sold);
  const answer = await api.ask({ indicator: "sales-revenue", grain: "month", from: "2026-01-01", to: "2026-03-01" });
  expect(values(answer)).toEqual({ "2026-01-01": 90, "2026-02-01": 88 });
  expect(answer.total.value).toBe(178);
  expect(answer.indicator.currency).toBe("EUR");
  expect(values(await api.ask({ indicator: "sales-revenue", by: ["currency"], ...year }))).toEqual({
    USD: 170,
    EUR: 7,
    COP: 1,
  });
  close();
});

test("an answer in another currency converts each amount at both rates of its day", async () => {
  const { api, close } = await company(sold);
  const answer = await api.ask({ indicator: "sales-revenue", by: ["currency"], currency: "USD", ...year });
  expect(values(answer)["USD"]).toBe(200);
  expect(values(answer)["EUR"]).toBeCloseTo(7 / 0.75, 10);
  expect(values(answer)["COP"]).toBeCloseTo(1 / 0.5, 10);
  close();
});

test("a missing rate is an error with its day and currency, never a sum of mixed money (T3)", async () => {
  const { api, load, close } = await company({ ...sold, rate: sold.rate.slice(0, 1) });
  await expect(api.ask({ indicator: "sales-revenue", ...year })).rejects.toMatchObject({
    code: "missing-rate",
    detail: { day: "2026-02-10", currency: "USD" },
  });
  expect((await api.ask({ indicator: "sales-revenue", from: "2026-01-01", to: "2026-02-01" })).total.value).toBe(90);
  expect((await api.ask({ indicator: "sales-revenue", where: { currency: ["EUR"] }, ...year })).total.value).toBe(7);
  await load({ rate: sold.rate });
  expect((await api.ask({ indicator: "sales-revenue", ...year })).total.value).toBe(178);
  close();
});

test("a rate is not missed for money that the number does not take", async () => {
  const { api, close } = await company({
    deal: rows`
      deal_id  created_at            outcome  closed_at             amount  currency
      D1       2026-05-02T10:00:00Z  won      2026-05-09T10:00:00Z  100     EUR
      D2       2026-05-02T10:00:00Z  lost     2026-05-10T10:00:00Z  100     USD
      D3       2026-05-02T10:00:00Z  won      2026-05-11T10:00:00Z  -       USD`,
  });
  const answer = await api.ask({ indicator: "average-deal-value", ...year });
  expect(answer.total).toMatchObject({ value: 50, parts: { won_value: 100, won: 2 } });
  await expect(api.ask({ indicator: "win-ratio", variant: "closed-value", ...year })).rejects.toMatchObject({
    code: "missing-rate",
  });
  close();
});

test("the value won of the value created has one rate per deal: that of its creation", async () => {
  const { api, close } = await company({
    deal: rows`
      deal_id  created_at            outcome  closed_at             amount  currency
      D1       2026-05-02T10:00:00Z  won      2026-05-09T10:00:00Z  100     USD
      D2       2026-05-02T10:00:00Z  open     -                     100     USD`,
    rate: rows`
      day         currency  rate
      2026-05-02  USD       0.5
      2026-05-09  USD       2`,
  });
  const answer = await api.ask({ indicator: "win-ratio", variant: "created-value", ...year });
  expect(answer.total).toMatchObject({ value: 0.5, parts: { won_value: 50, created_value: 100, created: 2 } });
  expect((await api.ask({ indicator: "average-deal-value", ...year })).total.value).toBe(200);
  close();
});

test("what customers have paid so far is converted payment by payment", async () => {
  const { api, close } = await company({
    revenue: rows`
      revenue_id  customer_id  occurred_on  amount  currency
      R1          C1           2026-01-10   100     USD
      R2          C1           2026-02-10   100     USD`,
    rate: rows`
      day         currency  rate
      2026-01-10  USD       0.5
      2026-02-10  USD       2`,
  });
  expect((await api.ask({ indicator: "lifetime-value", ...year })).total.value).toBe(250);
  close();
});

test("an amount without a currency is refused, and so is a currency that is no code", async () => {
  const one = await company({});
  const { facts } = await one.load({
    revenue: rows`
      revenue_id  customer_id  occurred_on  amount  currency
      R1          C1           2026-01-10   100     -
      R2          C1           2026-01-10   100     euros
      R3          C1           2026-01-10   100     eur`,
  });
  expect(facts[0]).toMatchObject({ loaded: 1, rejected: 2 });
  expect((await one.api.ask({ indicator: "sales-revenue" })).total.value).toBe(100);
  one.close();
});
