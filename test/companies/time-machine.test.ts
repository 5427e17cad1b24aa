import { expect, test } from "vitest";
import { company, rows, values } from "../company.ts";

test("a number asked as of a past instant answers as it did then, without saying the range too", async () => {
  const one = await company({}, { now: "2026-05-10T12:00:00Z" });
  await one.load({
    lead: rows`
    lead_id  created_at            country
    L1       2026-03-01T10:00:00Z  ES
    L2       2026-05-01T10:00:00Z  ES`,
  });
  const question = { indicator: "leads", grain: "month" } as const;
  const then = await one.api.ask(question);
  one.at("2026-08-01T12:00:00Z");
  await one.load({
    lead: rows`
    lead_id  created_at            country
    L1       2026-04-01T10:00:00Z  ES
    L3       2026-07-01T10:00:00Z  CO`,
  });
  const again = await one.api.ask({ ...question, asOf: "2026-06-01T00:00:00Z" });
  expect(values(again)).toEqual(values(then));
  expect(again.total.value).toBe(2);
  expect((await one.api.ask(question)).total.value).toBe(3);
  one.close();
});

test("as of a past instant a cohort is as young as it was, and a month as incomplete", async () => {
  const one = await company(
    {
      lead: rows`
    lead_id  created_at
    L1       2026-05-01T10:00:00Z`,
    },
    { now: "2026-05-10T12:00:00Z" },
  );
  const question = {
    indicator: "marketing-qualified-leads",
    variant: "rate",
    from: "2026-05-01",
    to: "2026-06-01",
  } as const;
  const then = (await one.api.ask(question)).total;
  one.at("2026-08-01T12:00:00Z");
  const now = (await one.api.ask(question)).total;
  const again = (await one.api.ask({ ...question, asOf: "2026-05-10T13:00:00Z" })).total;
  expect(again).toEqual(then);
  expect([then.maturity, then.incomplete, now.maturity, now.incomplete]).toEqual([1 / 3, true, 1, false]);
  one.close();
});

test("recurring revenue asked as of the middle of a month does not know its end", async () => {
  const one = await company({}, { now: "2026-05-10T12:00:00Z" });
  await one.load({
    subscription_change: rows`
    customer_id  occurred_on  kind       mrr_after  currency
    C1           2026-04-01   start      100        EUR
    C1           2026-05-20   expansion  150        EUR`,
  });
  const question = { indicator: "mrr", from: "2026-05-01", to: "2026-06-01" } as const;
  expect((await one.api.ask(question)).total.value).toBe(100);
  one.at("2026-08-01T12:00:00Z");
  expect((await one.api.ask(question)).total.value).toBe(150);
  expect((await one.api.ask({ ...question, asOf: "2026-05-10T13:00:00Z" })).total.value).toBe(100);
  one.close();
});

test("goals are held against what was known then", async () => {
  const one = await company(
    {
      lead: rows`
      lead_id  created_at
      L1       2026-05-02T10:00:00Z`,
      goal: rows`
      indicator  scope_kind  period_start  grain  target
      leads      company     2026-05-01    month  2`,
    },
    { now: "2026-06-10T12:00:00Z" },
  );
  one.at("2026-07-10T12:00:00Z");
  await one.load({
    lead: rows`
    lead_id  created_at
    L2       2026-05-20T10:00:00Z`,
  });
  const question = { indicator: "scoreboard", from: "2026-05-01", to: "2026-06-01" } as const;
  expect((await one.api.ask(question)).total).toMatchObject({ value: 1, n: 1 });
  expect((await one.api.ask({ ...question, asOf: "2026-06-11T00:00:00Z" })).total).toMatchObject({ value: 0, n: 1 });
  one.close();
});
