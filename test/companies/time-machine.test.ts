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
      spend: rows`
    day         category  amount  currency
    2026-05-10  media     10      EUR
    2026-07-31  media     10      EUR`,
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
  expect([then.maturity, then.incomplete, now.maturity, now.incomplete]).toEqual([10 / 31, true, 1, false]);
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

test("a question answered while a load is under way is answered alike later, and as of its end the load counts", async () => {
  const one = await company({}, { now: "2026-06-01T12:00:00Z" });
  const lead = (id: string) => ({ lead_id: id, created_at: "2026-05-01T10:00:00Z" });
  await one.load({ lead: [lead("L1")] });
  const question = { indicator: "leads", from: "2026-05-01", to: "2026-06-01" } as const;
  const seen: (number | null)[] = [];
  one.at("2026-06-02T12:00:00Z");
  await one.load(
    { lead: [lead("L1"), lead("L2")] },
    {
      during: async () => {
        one.at("2026-06-02T12:05:00Z");
        seen.push((await one.api.ask(question)).total.value);
        one.at("2026-06-02T12:10:00Z");
      },
    },
  );
  one.at("2026-06-03T12:00:00Z");
  const asOf = async (instant: string) => (await one.api.ask({ ...question, asOf: instant })).total.value;
  expect(seen).toEqual([1]);
  expect(await asOf("2026-06-02T12:05:00Z")).toBe(1);
  expect(await asOf("2026-06-02T12:09:59Z")).toBe(1);
  expect(await asOf("2026-06-02T12:10:00Z")).toBe(2);
  expect((await one.api.ask(question)).freshness).toEqual([
    { source: "test", loadedAt: "2026-06-02T12:10:00Z", rows: 2 },
  ]);
  one.close();
});

test("as of an instant before the first load a question is refused, and told when that was", async () => {
  const one = await company({}, { now: "2026-06-01T12:00:00Z" });
  const asOf = "2026-01-01T00:00:00Z";
  expect((await one.api.ask({ indicator: "leads", asOf })).freshness).toEqual([]);
  await one.load({ lead: [{ lead_id: "L1", created_at: "2025-05-01T10:00:00Z" }] });
  const problem = {
    code: "nothing-loaded-yet",
    message:
      "at 2026-01-01T00:00:00.000Z nothing had been loaded yet; the first load was over at 2026-06-01T12:00:00.000Z",
    remedy: "ask for 2026-06-01 or a later day",
  };
  const question = { indicator: "leads" };
  await expect(one.api.ask({ ...question, asOf })).rejects.toMatchObject(problem);
  await expect(one.api.explain({ question, since: asOf })).rejects.toMatchObject(problem);
  await expect(one.api.explain({ question, against: { ...question, asOf } })).rejects.toMatchObject(problem);
  await expect(one.api.scoreboard({ asOf })).rejects.toMatchObject(problem);
  expect((await one.api.ask({ ...question, asOf: "2026-06-01T12:00:00Z" })).total.value).toBe(1);
  expect((await one.api.catalogue()).workspace.firstLoadedOn).toBe("2026-06-01");
  one.close();
});

test("a day of knowledge means its end on the company's clocks", async () => {
  const one = await company({}, { now: "2026-06-01T12:00:00Z", settings: { time_zone: "Europe/Madrid" } });
  const lead = (id: string) => ({ lead_id: id, created_at: "2026-05-01T10:00:00Z" });
  await one.load({ lead: [lead("L1")] });
  one.at("2026-06-02T21:59:59Z");
  await one.load({ lead: [lead("L2")] });
  one.at("2026-06-02T22:00:01Z");
  await one.load({ lead: [lead("L3")] });
  const question = { indicator: "leads" };
  const asOf = async (day: string) => (await one.api.ask({ ...question, asOf: day })).total.value;
  expect([await asOf("2026-06-01"), await asOf("2026-06-02"), await asOf("2026-06-03")]).toEqual([1, 2, 3]);
  expect((await one.api.ask({ ...question, asOf: "2026-06-02" })).question.asOf).toBe("2026-06-02T21:59:59.999Z");
  const { changes } = await one.api.explain({ question, since: "2026-06-02" });
  expect([changes?.since, changes?.difference]).toEqual(["2026-06-02T21:59:59.999Z", 1]);
  expect((await one.api.receipt({ ...question, asOf: "2026-06-02" })).question.asOf).toBe("2026-06-02T21:59:59.999Z");
  await expect(one.api.ask({ ...question, asOf: "2026-02-30" })).rejects.toMatchObject({ code: "invalid-question" });
  one.close();
});

test("an answer says as of an instant what its sources, warnings and revenue were then", async () => {
  const one = await company({}, { now: "2026-06-01T12:00:00Z" });
  await one.load(
    {
      deal: rows`
        deal_id  created_at            outcome  closed_at             amount  currency
        D1       2026-05-02T10:00:00Z  won      2026-05-09T10:00:00Z  100     EUR`,
      spend: [{ day: "2026-05-01", category: "media", amount: 10, currency: "EUR" }],
    },
    { source: "crm" },
  );
  const questions = [
    { indicator: "sales-revenue" },
    { indicator: "marketing-roi" },
    { indicator: "cost-per-lead", by: ["channel"] },
  ];
  const ask = (asOf?: string) =>
    Promise.all(questions.map((each) => one.api.ask({ ...each, ...(asOf === undefined ? {} : { asOf }) })));
  const said = (answers: Awaited<ReturnType<typeof ask>>) =>
    answers.map(({ rows: own, total, warnings, freshness }) => ({ own, total, warnings, freshness }));
  const then = said(await ask());
  one.at("2026-06-08T12:00:00Z");
  await one.load(
    {
      revenue: [{ revenue_id: "R1", customer_id: "C1", occurred_on: "2026-05-09", amount: 7, currency: "USD" }],
      rate: [{ day: "2026-05-09", currency: "USD", rate: 2 }],
      spend: [{ day: "2026-05-01", category: "media", amount: 9, currency: "EUR", zone: "Asia/Kolkata" }],
      lead: [{ lead_id: "L1", created_at: "yesterday" }],
    },
    { source: "books" },
  );
  expect(said(await ask("2026-06-01T13:00:00Z"))).toEqual(then);
  expect(said(await ask())).not.toEqual(then);
  one.close();
});
