import { expect, test } from "vitest";
import { company, rows, times, type Facts } from "../company.ts";

const november = { from: "2026-11-01", to: "2026-12-01" } as const;
const now = "2026-11-15T12:00:00Z";

const goal = (indicator: string, target: number, more = {}) => ({
  indicator,
  scope_kind: "company",
  period_start: "2026-11-01",
  grain: "month",
  target,
  ...more,
});

const leads = (count: number, more = {}, prefix = "L") =>
  times(count, (nth) => ({ lead_id: `${prefix}${nth}`, created_at: "2026-11-02T10:00:00Z", ...more }));

async function held(facts: Facts, settings = {}, request: object = november) {
  const { api, close } = await company(facts, { now, settings });
  const found = await api.attainment(request);
  close();
  return found;
}

test("with a holiday on the 9th, 9 of 20 working days have passed: 9 are due, 11 days must bring the rest", async () => {
  const settings = { holidays: ["2026-11-09"] };
  expect(await held({ lead: leads(9), goal: [goal("leads", 20)] }, settings)).toMatchObject([
    { value: 9, due: 9, passed: 9, days: 20, attainment: 0.45, required: 1, met: true, verdict: "on-pace" },
  ]);
  expect(await held({ lead: leads(8), goal: [goal("leads", 20)] }, settings)).toMatchObject([
    { value: 8, due: 9, required: 12 / 11, met: false, verdict: "behind" },
  ]);
});

test("who works on Saturdays has 12 of 25 days behind them", async () => {
  const working_days = ["mon", "tue", "wed", "thu", "fri", "sat"];
  expect(await held({ lead: leads(1), goal: [goal("leads", 25)] }, { working_days })).toMatchObject([
    { due: 12, passed: 12, days: 25 },
  ]);
});

test("a budget is paced too, and a goal of zero has no attainment", async () => {
  const spend = rows`
    day         category  amount  currency
    2026-11-02  media     1000    EUR`;
  expect(await held({ spend, goal: [goal("spend", 2100)] })).toMatchObject([
    { value: 1000, due: 1000, attainment: 2.1, required: 100, met: true, verdict: "on-pace", currency: "EUR" },
  ]);
  expect(await held({ spend, goal: [goal("spend", 2000)] })).toMatchObject([{ met: false, verdict: "behind" }]);
  expect(await held({ spend, goal: [goal("spend", 0)] })).toMatchObject([
    { attainment: null, met: false, verdict: "missed" },
  ]);
});

test("where nothing came, the goal is behind and not left out", async () => {
  const lead = [{ lead_id: "L1", created_at: "2026-10-02T10:00:00Z", channel: "email" }];
  const goals = [goal("leads", 10), goal("leads", 10, { scope_kind: "channel", scope: "referral" })];
  expect(await held({ lead, goal: goals })).toMatchObject([
    { value: 0, met: false, attainment: 0 },
    { value: 0, met: false, attainment: 0 },
  ]);
});

const teams: Facts = {
  rep: rows`
    rep   team
    Ana   North
    Beto  North
    Caro  South`,
  lead: [
    ...leads(4, { rep: "Ana" }, "A"),
    ...leads(3, { rep: "Beto" }, "B"),
    ...leads(1, { rep: "Caro" }, "C"),
    ...leads(1, {}, "N"),
  ],
};

test("teams and reps have goals of their own, and what theirs sum to is held against the goal above", async () => {
  const of = (scope_kind: string, scope: string, target: number) => goal("leads", target, { scope_kind, scope });
  const found = await held({
    ...teams,
    goal: [
      goal("leads", 20),
      of("team", "North", 12),
      of("team", "South", 7),
      of("rep", "Ana", 7),
      of("rep", "Beto", 6),
    ],
  });
  expect(Object.fromEntries(found.map((each) => [each.goal.scope, each.value]))).toEqual({
    null: 9,
    Ana: 4,
    Beto: 3,
    North: 7,
    South: 1,
  });
  const rollUps = Object.fromEntries(found.map((each) => [each.goal.scope, each.rollUps]));
  expect(rollUps).toEqual({
    null: [
      { by: "rep", children: 2, target: 13, gap: 7 },
      { by: "team", children: 2, target: 19, gap: 1 },
    ],
    North: [{ by: "rep", children: 2, target: 13, gap: -1 }],
    South: [],
    Ana: [],
    Beto: [],
  });
});

test("one scope is asked for by name", async () => {
  const facts = { ...teams, goal: [goal("leads", 20), goal("leads", 9, { scope_kind: "team", scope: "North" })] };
  expect(await held(facts, {}, { ...november, scopeKind: "team", scope: "North" })).toMatchObject([
    { goal: { scope: "North" }, value: 7 },
  ]);
  const { api, close } = await company(facts, { now });
  const asked = (team: string) => api.ask({ indicator: "scoreboard", ...november, where: { team: [team] } });
  expect((await asked("North")).total.parts).toEqual({ on_goal: 1, with_goal: 1 });
  expect((await asked("South")).total).toMatchObject({ value: null, flags: ["not-recorded"] });
  await expect(api.ask({ indicator: "scoreboard", where: { country: ["ES"] } })).rejects.toMatchObject({
    code: "cannot-split",
  });
  close();
});

test("the months of a quarter sum to it, weeks do not, and shares never do", async () => {
  const month = (period_start: string, target: number) => goal("leads", target, { period_start });
  const quarter = { period_start: "2026-10-01", grain: "quarter" };
  const found = await held(
    {
      lead: leads(3),
      goal: [
        goal("leads", 100, quarter),
        month("2026-10-01", 30),
        month("2026-11-01", 30),
        month("2026-12-01", 35),
        month("2026-09-01", 99),
        goal("leads", 8, { period_start: "2026-10-05", grain: "week" }),
        goal("win-ratio", 0.3, quarter),
        goal("win-ratio", 0.3, { period_start: "2026-10-01" }),
      ],
    },
    {},
    { from: "2026-10-01", to: "2026-10-02" },
  );
  const rollUps = found
    .filter((each) => each.goal.grain === "quarter")
    .map((each) => [each.goal.indicator, each.rollUps]);
  expect(rollUps).toEqual([
    ["leads", [{ by: "month", children: 3, target: 95, gap: 5 }]],
    ["win-ratio", [{ by: "month", children: 1, target: null, gap: null }]],
  ]);
});

test("targets in two currencies are not added", async () => {
  const revenue = rows`
    revenue_id  customer_id  occurred_on  amount  currency
    R1          C1           2026-11-02   100     EUR`;
  const rate = rows`
    day         currency  rate
    2026-11-02  USD       0.5`;
  const of = (scope: string, currency: string) =>
    goal("sales-revenue", 500, { scope_kind: "segment", scope, currency });
  const goals = [goal("sales-revenue", 1000), of("small", "EUR"), of("large", "USD")];
  const [company_] = await held({ revenue, rate, goal: goals });
  expect(company_).toMatchObject({ value: 100, rollUps: [{ by: "segment", children: 2, target: null, gap: null }] });
});

test("a goal whose question is refused says why, and the others are held", async () => {
  const facts = {
    ...teams,
    goal: [goal("leads", 18), goal("cost-per-lead", 20, { scope_kind: "rep", scope: "Ana" }), goal("win-rate", 0.3)],
  };
  expect(await held(facts)).toMatchObject([
    { goal: { indicator: "leads" }, value: 9, problem: null },
    { goal: { indicator: "win-rate" }, value: null, met: null, problem: { code: "unknown-indicator" } },
    { goal: { indicator: "cost-per-lead" }, value: null, met: null, problem: { code: "cannot-split" } },
  ]);
  const { api, close } = await company(facts, { now });
  const { total, warnings } = await api.ask({ indicator: "scoreboard", ...november });
  expect(total.parts).toEqual({ on_goal: 1, with_goal: 1 });
  expect(warnings).toMatchObject([{ code: "goals-unheld", count: 1 }]);
  close();
});

test("a range that cuts a month asks for the days until then, and never for those to come", async () => {
  const facts = { lead: leads(9), goal: [goal("leads", 21)] };
  expect(await held(facts, {}, { from: "2026-11-01", to: "2026-11-08" })).toMatchObject([{ due: 5 }]);
  expect(await held(facts, {}, { from: "2026-11-01", to: "2026-11-25" })).toMatchObject([{ due: 10 }]);
});

test("as of a past day, goals and numbers are those believed then", async () => {
  const one = await company({ ...teams, goal: [goal("leads", 20)] }, { now: "2026-11-10T12:00:00Z" });
  one.at(now);
  await one.load({ goal: [goal("leads", 30)], lead: leads(5, {}, "X") });
  expect(await one.api.attainment(november)).toMatchObject([{ value: 14, due: 300 / 21, goal: { target: 30 } }]);
  expect(await one.api.attainment({ ...november, asOf: "2026-11-10T13:00:00Z" })).toMatchObject([
    { value: 9, passed: 7, due: 140 / 21, goal: { target: 20 } },
  ]);
  one.close();
});

test("a goal is held against its indicator as it was defined at the end of the goal's period", async () => {
  const spend = rows`
    day         category  amount  currency
    2026-10-05  media     100     EUR
    2026-10-05  tools     50      EUR
    2026-11-05  media     100     EUR
    2026-11-05  tools     50      EUR`;
  const october = goal("spend", 200, { variant: "marketing", period_start: "2026-10-01" });
  const one = await company({ spend, goal: [october, goal("spend", 210, { variant: "marketing" })] }, { now });
  await one.define({ spend: "marketing_costs: [media]\neffective: 2026-11-01\n" });
  const found = await one.api.attainment({ from: "2026-10-01", to: "2026-12-01" });
  expect(found.map((each) => each.value)).toEqual([150, 100]);
  for (const { goal: of, value, to } of found) {
    const { total } = await one.api.ask({ indicator: "spend", variant: "marketing", from: of.periodStart, to });
    expect(value).toBe(total.value);
  }
  one.close();
});
