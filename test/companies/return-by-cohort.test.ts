import * as fc from "fast-check";
import { expect, test } from "vitest";
import { company, part, rows, values, type Facts } from "../company.ts";
import { raw } from "../../src/engine/sql.ts";
import { companies, today } from "../oracle/companies.ts";

const lead = rows`
  lead_id  created_at            customer_id  channel         merged_into
  L1       2026-01-10T10:00:00Z  Acme         paid_search     -
  L2       2026-01-20T10:00:00Z  Bolt         paid_social     -
  L3       2026-02-05T10:00:00Z  Cima         organic_search  -
  L4       2026-03-09T10:00:00Z  -            paid_search     L1
  L5       2026-03-10T10:00:00Z  Etna         email           -`;
const spend = rows`
  day         category  amount  currency
  2026-01-05  media     1000    EUR
  2026-02-05  media     500     EUR
  2026-03-05  media     100     EUR`;
// L1 came on 10 January: 10 April is its day 90. What Etna paid before its lead came in is not that lead's.
const revenue = rows`
  revenue_id  customer_id  occurred_on  amount  tax  kind    lead_id  channel      currency
  R1          Acme         2026-02-01   3000    -    new     -        -            EUR
  R2          Acme         2026-04-10   1000    -    -       L4       -            EUR
  R3          Acme         2026-04-11   5000    -    -       -        -            EUR
  R4          Bolt         2026-01-25   600     100  new     -        -            EUR
  R5          Bolt         2026-03-01   -200    -    refund  -        -            EUR
  R6          Cima         2026-05-01   800     -    new     -        -            EUR
  R7          Dora         2026-02-10   700     -    new     -        paid_search  EUR
  R8          Etna         2026-03-09   50      -    new     -        email        EUR
  R9          Etna         2026-03-20   60      -    -       -        email        EUR`;
const monthly = { indicator: "marketing-roi", grain: "month", from: "2026-01-01", to: "2026-04-01" } as const;

test("by the cohort clock revenue counts in the month in which its lead came in, for 90 days", async () => {
  const { api, close } = await company({ lead, spend, revenue }, { now: "2026-11-01T12:00:00Z" });
  const ask = async (variant: string, clock: "period" | "cohort", window?: number) =>
    Object.values(
      values(await api.ask({ ...monthly, variant, clock, ...(window === undefined ? {} : { window }) })),
    ).map((each) => Number(each?.toFixed(4)));
  expect(await ask("realised", "period")).toEqual([(500 - 1000) / 1000, (3700 - 500) / 500, (-90 - 100) / 100]);
  // January: 3,000 + 1,000 of L1 and 500 − 200 of L2; February: 800 of L3; March: 60 of L5.
  expect(await ask("realised", "cohort")).toEqual([(4300 - 1000) / 1000, (800 - 500) / 500, (60 - 100) / 100]);
  expect(await ask("roas", "cohort")).toEqual([4.3, 0, 0]);
  expect(await ask("mer", "cohort")).toEqual([4.3, 1.6, 0.6]);
  expect(await ask("mer", "cohort", 91)).toEqual([9.3, 1.6, 0.6]);
  expect(await ask("mer", "cohort", 84)).toEqual([3.3, 0, 0.6]);
  const answer = await api.ask({ ...monthly, clock: "cohort" });
  expect(answer.question).toMatchObject({ clock: "cohort", window: 90 });
  expect(part(answer, "sales")).toEqual({ "2026-01-01": 4, "2026-02-01": 1, "2026-03-01": 1 });
  close();
});

test("the window is the company's own, or that of one indicator", async () => {
  const mer = async (spec: { readonly indicators?: Readonly<Record<string, string>> }) => {
    const settings = { conversion_window_days: 91 };
    const { api, close } = await company({ lead, spend, revenue }, { settings, now: "2026-11-01T12:00:00Z", ...spec });
    const answer = await api.ask({ ...monthly, variant: "mer", clock: "cohort" });
    close();
    return answer.rows[0]?.value;
  };
  expect(await mer({})).toBe(9.3);
  expect(await mer({ indicators: { "marketing-roi": "conversion_window_days: 84\n" } })).toBe(3.3);
});

test("bookings go by the day on which the deal's lead came in, at the rate of the close; so does the pipeline", async () => {
  const { api, close } = await company(
    {
      lead,
      spend,
      deal: rows`
        deal_id  created_at            outcome  closed_at             lead_id  amount  currency
        D1       2026-02-01T10:00:00Z  won      2026-03-01T10:00:00Z  L1       2000    USD
        D2       2026-02-01T10:00:00Z  lost     2026-03-01T10:00:00Z  L2       1000    EUR
        D3       2026-03-01T10:00:00Z  open     -                     L4       400     EUR
        D4       2026-03-01T10:00:00Z  won      2026-03-02T10:00:00Z  -        900     EUR`,
      rate: rows`
        day         currency  rate
        2026-02-01  USD       0.8
        2026-03-01  USD       0.5`,
    },
    { settings: { revenue: "bookings" }, now: "2026-11-01T12:00:00Z" },
  );
  const january = async (variant: string) =>
    (await api.ask({ ...monthly, variant, clock: "cohort" })).rows.map((row) => row.value)[0];
  expect(await january("mer")).toBe(1);
  expect(await january("realised")).toBe(0);
  expect(await january("pipeline")).toBe((1600 + 1000 + 400) / 1000);
  const created = await api.ask({ ...monthly, variant: "pipeline" });
  expect(values(created)).toEqual({ "2026-01-01": 0, "2026-02-01": 2600 / 500, "2026-03-01": 400 / 100 });
  close();
});

test("a young cohort is flagged, and is not silently compared with an older one", async () => {
  const { api, close } = await company({ lead, spend, revenue }, { now: "2026-05-01T12:00:00Z" });
  const february = { indicator: "marketing-roi", clock: "cohort", from: "2026-02-01", to: "2026-03-01" } as const;
  const answer = await api.ask({ ...february, compare: "previous" });
  // On 1 May the days of February have lived 89 to 62 days and today, of 91; those before it 90 or more.
  const lived = Array.from({ length: 28 }, (_, day) => 90 - day).reduce((sum, each) => sum + each, 0);
  expect(answer.total.maturity).toBeCloseTo(lived / (28 * 91), 12);
  expect(answer.total.flags).toContain("immature");
  expect(answer.comparison).toMatchObject({ from: "2026-01-01", certain: null, total: { maturity: 1 } });
  expect(answer.warnings.map((each) => each.code)).toEqual(
    expect.arrayContaining(["immature-cohort", "unequal-maturity"]),
  );
  close();
});

test("without any lead there is no cohort, rather than a return of −100 %", async () => {
  const { api, close } = await company({ spend, revenue });
  const { total } = await api.ask({ ...monthly, clock: "cohort" });
  expect(total).toMatchObject({ value: null, flags: ["not-recorded"] });
  expect((await api.ask(monthly)).total.value).not.toBeNull();
  close();
});

test(
  "every unit of revenue with a lead is in one cohort, and in the same one however it is split",
  { timeout: 60_000 },
  async () => {
    const property = fc.asyncProperty(companies, async (facts) => {
      if (facts.revenue.length === 0) return;
      const { api, database, close } = await company(facts as unknown as Facts, { now: `${today}T12:00:00Z` });
      const whole = {
        indicator: "marketing-roi",
        variant: "mer",
        clock: "cohort",
        from: "2025-01-01",
        to: "2027-01-01",
      } as const;
      const all = { ...whole, window: 3660 };
      const [total, monthly, byChannel] = await Promise.all([
        api.ask(all),
        api.ask({ ...all, grain: "month" }),
        api.ask({ ...all, by: ["channel"] }),
      ]);
      const expected = await database.use((connection) =>
        connection.rows(
          raw("SELECT count(*) AS n FROM revenue SEMI JOIN origin ON outcome_id = revenue_id AND outcome = 'revenue'"),
        ),
      );
      expect(total.total.parts["sales"]).toBe(Number(expected[0]?.["n"]));
      for (const { rows: split } of [monthly, byChannel])
        for (const each of ["revenue", "sales"])
          expect(split.reduce((sum, row) => sum + (row.parts[each] ?? 0), 0)).toBeCloseTo(
            total.total.parts[each] ?? 0,
            6,
          );
      close();
    });
    await fc.assert(property, { numRuns: 10, seed: 7 });
  },
);
