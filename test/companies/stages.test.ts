import { expect, test } from "vitest";
import { company, rows, values } from "../company.ts";

const may = { from: "2026-05-01", to: "2026-06-01" };

const funnel = {
  lead: rows`
    lead_id    created_at
    walks      2026-05-01T10:00:00Z
    skips      2026-05-01T10:00:00Z
    returns    2026-05-01T10:00:00Z
    late       2026-05-01T10:00:00Z
    stays      2026-05-01T10:00:00Z`,
  stage_entry: rows`
    subject  subject_id  stage  entered_at
    lead     walks       mql    2026-05-02T10:00:00Z
    lead     walks       sql    2026-05-04T10:00:00Z
    lead     returns     mql    2026-05-02T10:00:00Z
    lead     returns     sql    2026-05-03T10:00:00Z
    lead     returns     mql    2026-05-20T10:00:00Z
    lead     returns     sql    2026-06-21T10:00:00Z
    lead     late        sql    2026-05-25T10:00:00Z`,
  deal: rows`
    deal_id  created_at            outcome  closed_at             lead_id  amount  currency
    D1       2026-05-06T10:00:00Z  won      2026-05-09T10:00:00Z  walks    100     EUR
    D2       2026-05-06T10:00:00Z  lost     2026-05-10T10:00:00Z  walks    100     EUR
    D3       2026-05-07T10:00:00Z  won      2026-05-11T10:00:00Z  walks    100     EUR
    D4       2026-05-08T10:00:00Z  open     -                     skips    100     EUR
    D5       2026-05-20T10:00:00Z  open     -                     late     100     EUR`,
  spend: rows`
    day         category  amount  currency
    2026-08-01  media     10      EUR`,
};

test("a skipped stage counts as passed, a stage entered again counts once, on its first day (T24)", async () => {
  const { api, close } = await company(funnel);
  const count = async (indicator: string) => (await api.ask({ indicator, ...may })).total.value;
  expect(await count("marketing-qualified-leads")).toBe(4);
  expect(await count("sales-qualified-leads")).toBe(4);
  expect(values(await api.ask({ indicator: "sales-qualified-leads", grain: "day", ...may }))).toMatchObject({
    "2026-05-03": 1,
    "2026-05-04": 1,
    "2026-05-08": 1,
    "2026-05-20": 1,
    "2026-05-25": 0,
  });
  const { parts } = await api.explain({ question: { indicator: "sales-qualified-leads", ...may } });
  const inferred = parts[0]?.rows.map((row) => [row["lead_id"], row["sql_inferred"]]);
  expect(inferred).toEqual([
    ["returns", false],
    ["walks", false],
    ["skips", true],
    ["late", true],
  ]);
  close();
});

test("one lead with three deals is one SQL, one opportunity of SQLs, one customer and three deals (T25)", async () => {
  const { api, close } = await company(funnel);
  const rate = await api.ask({ indicator: "sales-qualified-leads", variant: "opportunity-rate", ...may });
  expect(rate.total).toMatchObject({ value: 0.75, parts: { opportunities: 3, sqls: 4 } });
  expect((await api.ask({ indicator: "opportunities-created", ...may })).total.value).toBe(5);
  expect((await api.ask({ indicator: "customers", variant: "new", ...may })).total.value).toBe(1);
  expect((await api.ask({ indicator: "lead-to-customer-rate", ...may })).total).toMatchObject({ value: 0.2, n: 5 });
  close();
});

test("by the cohort clock a lead counts within its window, and a young cohort says that it is immature", async () => {
  const { api, close } = await company(
    {
      lead: rows`
        lead_id  created_at
        L1       2026-05-01T23:30:00Z
        L2       2026-05-01T00:00:00Z
        L3       2026-05-10T10:00:00Z`,
      stage_entry: rows`
        subject  subject_id  stage  entered_at
        lead     L1          mql    2026-05-31T01:00:00Z
        lead     L2          mql    2026-06-01T00:00:00Z`,
      spend: rows`
        day         category  amount  currency
        2026-05-24  media     10      EUR`,
    },
    { now: "2026-05-24T12:00:00Z" },
  );
  const rate = (window?: number) =>
    api.ask({
      indicator: "marketing-qualified-leads",
      variant: "rate",
      by: ["country"],
      ...may,
      ...(window === undefined ? {} : { window }),
    });
  expect((await rate()).total).toMatchObject({ parts: { mqls: 1, leads: 3 } });
  expect((await rate(31)).total).toMatchObject({ parts: { mqls: 2, leads: 3 } });
  expect((await rate()).total.maturity).toBeCloseTo((24 / 31 + 24 / 31 + 15 / 31) / 3, 12);
  expect((await rate(14)).total.maturity).toBe(1);
  expect((await rate()).total.flags).toContain("immature");
  close();
});

test("sales decide once per lead: the last word counts", async () => {
  const { api, close } = await company({
    lead: rows`
      lead_id  created_at
      L1       2026-05-01T10:00:00Z
      L2       2026-05-01T10:00:00Z
      L3       2026-05-01T10:00:00Z`,
    stage_entry: rows`
      subject  subject_id  stage    entered_at            outcome   reason
      lead     L1          review   2026-05-02T10:00:00Z  rejected  no budget
      lead     L1          review2  2026-05-09T10:00:00Z  accepted  -
      lead     L2          review   2026-05-02T10:00:00Z  rejected  student`,
  });
  const answer = await api.ask({ indicator: "marketing-qualified-leads", variant: "acceptance", ...may });
  expect(answer.total).toMatchObject({ value: 0.5, parts: { accepted: 1, decided: 2 } });
  close();
});
