import { expect, test } from "vitest";
import { company, rows, times, type Facts } from "../company.ts";

const goal = (indicator: string, target: number, more = {}) => ({
  indicator,
  scope_kind: "company",
  period_start: "2026-11-01",
  grain: "month",
  target,
  ...more,
});
const north = { scope_kind: "team", scope: "North" };

const leads = (count: number, rep: string, day: string) =>
  times(count, (nth) => ({ lead_id: `${rep}${day}${nth}`, created_at: `${day}T10:00:00Z`, rep }));

const facts: Facts = {
  rep: rows`
    rep   team
    Ana   North
    Caro  South`,
  lead: [
    ...leads(6, "Ana", "2026-11-02"),
    ...leads(4, "Caro", "2026-11-02"),
    ...leads(3, "Ana", "2026-10-05"),
    ...leads(9, "Ana", "2026-10-25"),
  ],
  deal: rows`
    deal_id  created_at            outcome  closed_at             rep   amount  currency
    D1       2026-10-02T10:00:00Z  won      2026-11-03T10:00:00Z  Ana   500     EUR
    D2       2026-10-02T10:00:00Z  lost     2026-11-03T10:00:00Z  Ana   500     EUR
    D3       2026-10-02T10:00:00Z  lost     2026-11-04T10:00:00Z  Caro  500     EUR`,
  spend: rows`
    day         category  amount  currency
    2026-11-02  media     100     EUR`,
  goal: [
    goal("leads", 21),
    goal("leads", 14.7, north),
    goal("win-ratio", 0.6, { ...north, variant: "closed" }),
    goal("leads", 99, { ...north, grain: "week", period_start: "2026-11-02" }),
  ],
};

const settings = {
  scoreboards: {
    north: {
      title: "Ventas norte",
      filters: { team: ["North"] },
      indicators: ["win-ratio:closed", "leads", "cost-per-lead", "lead"],
    },
    both: { filters: { team: ["North", "South"] }, indicators: ["leads"] },
    all: { indicators: [{ indicator: "leads" }] },
  },
};

const open = () => company(facts, { settings, now: "2026-11-15T12:00:00Z" });

test("a team's scoreboard holds its own numbers against its own goals, in its own order", async () => {
  const { api, close } = await open();
  const found = await api.scoreboard({ name: "north" });
  expect(found).toMatchObject({
    scoreboard: { title: "Ventas norte" },
    from: "2026-11-01",
    to: "2026-12-01",
    compared: { from: "2026-10-01", to: "2026-10-16" },
  });
  expect(found.lines).toMatchObject([
    {
      indicator: "win-ratio",
      variant: "closed",
      value: 0.5,
      n: 2,
      attainment: { due: 0.6, met: false, required: null, goal: { scope: "North" } },
    },
    {
      indicator: "leads",
      value: 6,
      before: 3,
      attainment: { due: 7, met: false, verdict: "behind", required: 8.7 / 11, goal: { target: 14.7, grain: "month" } },
    },
    { indicator: "cost-per-lead", value: null, problem: { code: "cannot-split" } },
    { indicator: "lead", value: null, title: "lead", problem: { code: "unknown-indicator" } },
  ]);
  close();
});

test("the company's goals belong to the whole company only", async () => {
  const { api, close } = await open();
  const [all] = (await api.scoreboard({ name: "all" })).lines;
  expect(all).toMatchObject({ value: 10, attainment: { due: 10, met: true, rollUps: [{ by: "team", target: 14.7 }] } });
  expect((await api.scoreboard({ name: "both" })).lines).toMatchObject([{ value: 10, attainment: null }]);
  const half = await api.scoreboard({ name: "all", from: "2026-11-01", to: "2026-11-16" });
  expect(half.lines).toMatchObject([{ value: 10, attainment: null }]);
  close();
});

test("without a name it is the nine, and they are listed first", async () => {
  const { api, close } = await open();
  expect((await api.scoreboards()).map((each) => each.name)).toEqual(["nine", "north", "both", "all"]);
  const { lines } = await api.scoreboard({});
  expect(lines).toHaveLength(9);
  expect(lines[0]).toMatchObject({ indicator: "scoreboard", variant: "on-goal", value: 1, n: 1 });
  await expect(api.scoreboard({ name: "nort" })).rejects.toMatchObject({
    code: "unknown-scoreboard",
    remedy: expect.stringContaining("did you mean north?") as string,
  });
  close();
});

test("as of a past day it holds the numbers and goals believed then", async () => {
  const one = await company({ ...facts, goal: [goal("leads", 20)] }, { settings, now: "2026-11-10T12:00:00Z" });
  one.at("2026-11-15T12:00:00Z");
  await one.load({ goal: [goal("leads", 30)], lead: leads(5, "Caro", "2026-11-03") });
  const then = await one.api.scoreboard({ name: "all", asOf: "2026-11-10T13:00:00Z" });
  expect(then.lines).toMatchObject([{ value: 10, attainment: { goal: { target: 20 }, passed: 7 } }]);
  expect(then.compared).toEqual({ from: "2026-10-01", to: "2026-10-11" });
  const now = await one.api.scoreboard({ name: "all" });
  expect(now.lines).toMatchObject([{ value: 15, attainment: { goal: { target: 30 }, passed: 10 } }]);
  one.close();
});

test("opened, the scoreboard lists each goal of the scope with what each day that is left must bring", async () => {
  const { api, close } = await open();
  const whole = await api.explain({ question: { indicator: "scoreboard", where: { team: ["North"] } } });
  expect(whole.cell.parts).toEqual({ on_goal: 0, with_goal: 3 });
  expect(whole.parts[1]?.rows.find((row) => row["grain"] === "month" && row["indicator"] === "leads")).toMatchObject({
    value: 6,
    due: 7,
    attainment: 0.408163,
    required: 0.790909,
    met: false,
    verdict: "behind",
  });
  close();
});
