import { expect, test } from "vitest";
import { company, rows, times, values, type FactRow } from "../company.ts";

const may = { from: "2026-05-01", to: "2026-06-01" };
const deals = (prefix: string, count: number, rest: FactRow): FactRow[] =>
  times(count, (nth) => ({ deal_id: `${prefix}${nth}`, ...rest }));

/** Days on which nothing happened to anybody, so that the data goes on. */
const until = (day: string): FactRow[] => [{ day, category: "media", amount: 100, currency: "EUR" }];

test("3 won and 7 lost of 100 deals of which 90 are open: 3 % so far, and the curve says what comes with age (T12)", async () => {
  const [april, mayDay] = ["2026-01-01T10:00:00Z", "2026-05-02T10:00:00Z"];
  const { api, close } = await company(
    {
      deal: [
        ...deals("won", 3, { created_at: mayDay, outcome: "won", closed_at: "2026-05-20T10:00:00Z" }),
        ...deals("lost", 7, { created_at: mayDay, outcome: "lost", closed_at: "2026-05-20T10:00:00Z" }),
        ...deals("open", 90, { created_at: mayDay, outcome: "open", closed_at: null }),
        // Of 100 old ones 3 were won and 7 lost on day 18, and of the 90 left 45 were won and 45 lost on day 50.
        ...deals("old3", 3, { created_at: april, outcome: "won", closed_at: "2026-01-19T10:00:00Z" }),
        ...deals("old7", 7, { created_at: april, outcome: "lost", closed_at: "2026-01-19T10:00:00Z" }),
        ...deals("old-won", 45, { created_at: april, outcome: "won", closed_at: "2026-02-20T10:00:00Z" }),
        ...deals("old-lost", 45, { created_at: april, outcome: "lost", closed_at: "2026-02-20T10:00:00Z" }),
      ],
      spend: until("2026-05-25"),
    },
    { now: "2026-05-25T12:00:00Z" },
  );
  const ask = async (variant: string) => (await api.ask({ indicator: "win-ratio", variant, ...may })).total;
  expect(await ask("closed")).toMatchObject({ value: 0.3, n: 10 });
  expect(await ask("created")).toMatchObject({ value: 0.03, n: 100, observed: null });
  const byAge = await ask("by-age");
  expect(byAge).toMatchObject({
    observed: 0.03,
    n: 100,
    parts: { won: 3, created: 100 },
    flags: ["immature", "estimated"],
  });
  expect(byAge.value).toBeCloseTo((3 + 90 / 2) / 100, 12);
  const opened = await api.explain({ question: { indicator: "win-ratio", ...may } });
  expect(opened.math).toBe("3 ÷ 100 = 0.03 so far; 0.48 expected by day 90");
  const { method, window, points = [] } = opened.curve ?? {};
  expect([method, window, points.length]).toEqual(["aalen-johansen", 90, 91]);
  expect(points[18]).toMatchObject({ age: 18, atRisk: 100, reached: 3, rival: 7 });
  expect([17, 18, 49, 50, 90].map((age) => points[age]?.value.toFixed(4))).toEqual([
    "0.0000",
    "0.0300",
    "0.0300",
    "0.4800",
    "0.4800",
  ]);
  expect(points[24]?.atRisk).toBe(0);
  close();
});

test("a won deal is won by its age: day 90 is in the window, day 91 is not", async () => {
  const { api, close } = await company({
    deal: rows`
      deal_id  created_at            outcome  closed_at
      D1       2026-05-01T23:00:00Z  won      2026-07-30T01:00:00Z
      D2       2026-05-01T01:00:00Z  won      2026-07-31T01:00:00Z`,
    spend: until("2026-09-01"),
  });
  const answer = await api.ask({ indicator: "win-ratio" });
  expect(answer.question).toMatchObject({ variant: "by-age", clock: "cohort", window: 90 });
  expect(answer.total).toMatchObject({ value: 0.5, observed: null, maturity: 1, parts: { won: 1, created: 2 } });
  close();
});

test("without a window a cohort says what was seen so far, and is young until 95 % of the known arrivals had their time", async () => {
  const { api, close } = await company(
    {
      deal: [
        ...times(20, (nth) => ({
          deal_id: `won${nth}`,
          created_at: "2026-01-01T10:00:00Z",
          outcome: "won",
          closed_at: nth <= 19 ? "2026-01-11T10:00:00Z" : "2026-04-11T10:00:00Z",
        })),
        { deal_id: "young", created_at: "2026-05-05T10:00:00Z", outcome: "open", closed_at: null },
      ],
      spend: until("2026-05-09"),
    },
    { now: "2026-05-09T12:00:00Z" },
  );
  const answer = await api.ask({ indicator: "win-ratio", variant: "created", grain: "month" });
  expect(answer.rows.map((row) => [row.period, row.value, row.maturity])).toEqual([
    ["2026-01-01", 1, 1],
    ["2026-02-01", null, null],
    ["2026-03-01", null, null],
    ["2026-04-01", null, null],
    ["2026-05-01", 0, 5 / 11],
  ]);
  expect(answer.rows.at(-1)?.flags).toEqual(["small-n", "immature"]);
  const warning = answer.warnings.find((each) => each.code === "immature-cohort");
  expect(warning?.message).toContain("younger than the 10 days within which 95 % got there");
  close();
});

const company3 = {
  lead: rows`
    lead_id  created_at            customer_id
    L1       2026-05-01T10:00:00Z  Acme
    L2       2026-05-02T10:00:00Z  Bolt
    L3       2026-05-03T10:00:00Z  -
    L4       2026-06-03T10:00:00Z  -`,
  stage_entry: rows`
    subject  subject_id  stage   entered_at            outcome
    lead     L1          mql     2026-05-10T10:00:00Z  -
    lead     L2          mql     2026-06-10T10:00:00Z  -
    lead     L1          review  2026-05-11T10:00:00Z  accepted
    lead     L2          review  2026-06-11T10:00:00Z  rejected
    lead     L4          review  2026-06-12T10:00:00Z  accepted
    lead     L1          sql     2026-06-15T10:00:00Z  -`,
  revenue: rows`
    revenue_id  customer_id  occurred_on  amount  currency
    R1          Acme         2026-06-20   500     EUR
    R2          Bolt         2026-07-20   500     EUR
    R3          Cima         2026-05-20   500     EUR`,
  spend: rows`
    day         category  amount  currency
    2026-05-01  media     90      EUR
    2026-06-01  media     60      EUR
    2027-06-01  media     1       EUR`,
};

test.each([
  ["cost-per-lead", "per-mql", "period", { spend: 90, mqls: 1 }, 90],
  ["cost-per-lead", "per-mql", "cohort", { spend: 90, mqls: 2 }, 45],
  ["cost-per-lead", "blended", "period", { spend: 90, leads: 3 }, 30],
  ["cost-per-lead", "blended", "cohort", { spend: 90, leads: 3 }, 30],
  ["customer-acquisition-cost", "loaded", "period", { costs: 90, customers: 1 }, 90],
  ["customer-acquisition-cost", "loaded", "cohort", { costs: 90, customers: 2 }, 45],
  ["customer-acquisition-cost", "cohort", "cohort", { costs: 90, customers: 2 }, 45],
  ["marketing-qualified-leads", "acceptance", "period", { accepted: 1, decided: 1 }, 1],
  ["marketing-qualified-leads", "acceptance", "cohort", { accepted: 1, decided: 2 }, 0.5],
  ["sales-qualified-leads", "rate", "period", { sqls: 0, mqls: 1 }, 0],
  ["sales-qualified-leads", "rate", "cohort", { sqls: 0, mqls: 1 }, 0],
] as const)("%s %s of May by the %s clock", async (indicator, variant, clock, parts, value) => {
  const { api, close } = await company(company3, { now: "2027-07-01T12:00:00Z" });
  const { total } = await api.ask({ indicator, variant, clock, ...may });
  expect(total).toMatchObject({ parts, value, maturity: 1, observed: null });
  close();
});

test("the SQLs of June were MQLs of May: the period clock sees them in June, the cohort clock in May", async () => {
  const { api, close } = await company(company3, { now: "2027-07-01T12:00:00Z" });
  const rate = async (clock: "period" | "cohort") =>
    values(
      await api.ask({
        indicator: "sales-qualified-leads",
        variant: "rate",
        clock,
        ...(clock === "cohort" ? { window: 40 } : {}),
        grain: "month",
        from: "2026-05-01",
        to: "2026-07-01",
      }),
    );
  expect(await rate("period")).toEqual({ "2026-05-01": 0, "2026-06-01": 1 });
  expect(await rate("cohort")).toEqual({ "2026-05-01": 1, "2026-06-01": 0 });
  close();
});

test("a young cohort's cost per customer is flagged: its days have not had the time that customers take", async () => {
  const { api, close } = await company(
    { ...company3, spend: company3.spend.slice(0, 2) },
    { now: "2026-07-20T12:00:00Z" },
  );
  const { rows: months } = await api.ask({
    indicator: "customer-acquisition-cost",
    variant: "cohort",
    grain: "month",
    from: "2026-05-01",
    to: "2026-07-01",
  });
  // Customers took 50 and 79 days; on 20 July the days of May have lived 81 to 51 of 80 days, at most 80 each.
  const mayDays = Array.from({ length: 31 }, (_, day) => Math.min(80, 81 - day)).reduce((sum, each) => sum + each, 0);
  expect(months[0]?.maturity).toBeCloseTo(mayDays / (31 * 80), 12);
  expect(months[0]?.flags).toEqual(["small-n", "immature"]);
  close();
});

const cycle = {
  deal: rows`
    deal_id  created_at            outcome  closed_at             amount  currency
    D1       2026-05-01T10:00:00Z  won      2026-05-11T10:00:00Z  100     EUR
    D2       2026-05-02T10:00:00Z  won      2026-06-11T10:00:00Z  300     EUR
    D3       2026-04-01T10:00:00Z  won      2026-05-21T10:00:00Z  500     EUR
    D4       2026-05-03T10:00:00Z  lost     2026-05-05T10:00:00Z  700     EUR`,
  spend: until("2027-01-01"),
};

test.each([
  ["average-deal-value", "period", undefined, { won_value: 600, won: 2 }, 300],
  ["average-deal-value", "cohort", undefined, { won_value: 400, won: 2 }, 200],
  ["average-deal-value", "cohort", 30, { won_value: 100, won: 1 }, 100],
  ["sales-cycle-days", "period", undefined, { days: 30, won: 2 }, 30],
  ["sales-cycle-days", "cohort", undefined, { days: 25, won: 2, created: 3 }, 25],
  ["sales-cycle-days", "cohort", 30, { days: 10, won: 1, created: 3 }, 10],
] as const)("%s of May by the %s clock, window %s", async (indicator, clock, window, parts, value) => {
  const { api, close } = await company(cycle, { now: "2027-07-01T12:00:00Z" });
  const { total } = await api.ask({ indicator, clock, ...(window === undefined ? {} : { window }), ...may });
  expect(total).toMatchObject({ parts, value, observed: null });
  close();
});

test("days to MQL by the period clock are of those who became one in the period", async () => {
  const { api, close } = await company(company3, { now: "2027-07-01T12:00:00Z" });
  const days = async (clock: "period" | "cohort") =>
    values(
      await api.ask({
        indicator: "marketing-qualified-leads",
        variant: "days-to",
        clock,
        ...(clock === "cohort" ? { window: 60 } : {}),
        grain: "month",
        from: "2026-05-01",
        to: "2026-07-01",
      }),
    );
  expect(await days("period")).toEqual({ "2026-05-01": 9, "2026-06-01": 39 });
  expect(await days("cohort")).toEqual({ "2026-05-01": 24, "2026-06-01": null });
  close();
});

test.each([
  ["lifetime-value", "to-date", "period", "use the cohort clock, or leave the clock out"],
  [
    "customer-retention",
    "logo",
    "cohort",
    "use the period clock, or leave the clock out; by the cohort clock ask survival",
  ],
  [
    "cost-per-lead",
    "platform",
    "cohort",
    "use the period clock, or leave the clock out; by the cohort clock ask paid, blended, loaded, viable, per-mql, per-sql, per-opportunity",
  ],
  [
    "customer-acquisition-cost",
    "cohort",
    "period",
    "use the cohort clock, or leave the clock out; by the period clock ask loaded, blended, paid",
  ],
] as const)("%s (%s) refuses the %s clock and says what to ask instead", async (indicator, variant, clock, remedy) => {
  const { api, close } = await company(cycle);
  await expect(api.ask({ indicator, variant, clock })).rejects.toMatchObject({ code: "wrong-clock", remedy });
  close();
});
