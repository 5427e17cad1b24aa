import { describe, expect, test } from "vitest";
import type { Revenue } from "../../src/contract/revenue.ts";
import { company, type FactRow } from "../company.ts";
import { draws } from "../random.ts";

const monthsBefore = (n: number, last: string): string[] =>
  Array.from({ length: n }, (_, i) => {
    const at = new Date(`${last}-01T00:00:00Z`);
    at.setUTCMonth(at.getUTCMonth() - (n - 1 - i));
    return at.toISOString().slice(0, 7);
  });

const paid = (id: string, day: string, amount: number, rep: string): FactRow => ({
  revenue_id: id,
  customer_id: `K${id}`,
  occurred_on: day,
  amount,
  currency: "EUR",
  rep,
});

/** Something that is recorded on a day, which is looked at from there. */
const seen = (day: string): FactRow[] => [{ touch_id: "T", occurred_at: `${day}T09:00:00Z`, kind: "page" }];

const ends = ({ scopes }: Revenue, kind = "company", name: string | null = null) =>
  scopes
    .find((scope) => scope.kind === kind && scope.name === name)
    ?.periods.map(({ soFar, projection }) =>
      [soFar, projection?.low, projection?.mid, projection?.high].map((each) => each && Math.round(each)),
    );

describe("60 on the 5th and 40 on the 20th of every month, for two years", () => {
  const months = monthsBefore(25, "2026-11");
  const revenue = months.flatMap((month) => [
    paid(`${month}a`, `${month}-05`, 60, "Ana"),
    ...(month < "2026-11"
      ? [paid(`${month}b`, `${month}-20`, 30, "Ana"), paid(`${month}c`, `${month}-20`, 10, "Ben")]
      : []),
  ]);
  const goal = (scope_kind: string, scope: string | null, period_start: string, target: number) => ({
    indicator: "sales-revenue",
    scope_kind,
    scope,
    period_start,
    grain: "month",
    target,
    currency: "EUR",
  });
  const facts = {
    revenue,
    touch: seen("2026-11-10"),
    rep: [
      { rep: "Ana", team: "North" },
      { rep: "Ben", team: "North" },
    ],
    goal: [
      goal("company", null, "2026-11-01", 90),
      goal("rep", "Ana", "2026-10-01", 100),
      goal("rep", "Ana", "2026-11-01", 100),
      goal("rep", "Ana", "2026-12-01", 100),
    ],
  };
  const settings = { revenue: "cash" };
  const now = "2026-11-10T12:00:00Z";

  test("by hand: November 60 + 40, the quarter 100 + 60 + 40 + 100, the year twelve times 100", async () => {
    const one = await company(facts, { now, settings });
    const found = await one.api.revenue({});
    expect(ends(found)).toEqual([
      [60, 100, 100, 100],
      [160, 300, 300, 300],
      [1060, 1200, 1200, 1200],
    ]);
    expect(found).toMatchObject({
      observedTo: "2026-11-10",
      basis: "cash",
      currency: "EUR",
      known: 23,
      open: { deals: 0 },
    });
    expect(found.scopes[0]?.periods.map(({ method }) => method)).toEqual(["naive", "naive", "naive"]);
    one.close();
  });

  test("team and reps add up to the company, and each month to what is asked of it", async () => {
    const one = await company(facts, { now, settings });
    const found = await one.api.revenue({});
    const [whole, team, ana, ben] = ["company", "team", "rep", "rep"].map((kind, i) =>
      ends(found, kind, [null, "North", "Ana", "Ben"][i] ?? null),
    );
    expect(team).toEqual(whole);
    expect(whole?.map((period, i) => period[2] === (ana?.[i]?.[2] ?? 0) + (ben?.[i]?.[2] ?? 0))).toEqual([
      true,
      true,
      true,
    ]);
    const asked = await one.api.ask({
      indicator: "sales-revenue",
      grain: "month",
      from: "2024-12-01",
      to: "2026-12-01",
    });
    const past = found.months.filter(({ value }) => value !== null).map(({ month, value }) => [month, value]);
    expect(past).toEqual(asked.rows.map(({ period, value }) => [period, value]));
    one.close();
  });

  test("goals are met for sure or never where nothing varies; months make a goal of their quarter", async () => {
    const one = await company(facts, { now, settings });
    const found = await one.api.revenue({});
    const goals = (kind: string, name: string | null) =>
      found.scopes.find((scope) => scope.kind === kind && scope.name === name)?.periods.map((period) => period.goal);
    expect(goals("company", null)).toEqual([{ target: 90, summed: 0, probability: 1 }, null, null]);
    expect(goals("rep", "Ana")).toEqual([
      { target: 100, summed: 0, probability: 0 },
      { target: 300, summed: 3, probability: 0 },
      null,
    ]);
    one.close();
  });

  test("attainments say the same probability, where it is asked for and the period runs", async () => {
    const one = await company(facts, { now, settings });
    const range = { from: "2026-10-01", to: "2026-12-01" };
    const held = await one.api.attainment({ ...range, probability: true });
    expect(held.map((each) => [each.goal.scope, each.goal.periodStart, each.probability])).toEqual([
      ["Ana", "2026-10-01", null],
      [null, "2026-11-01", 1],
      ["Ana", "2026-11-01", 0],
    ]);
    expect((await one.api.attainment(range)).map(({ probability }) => probability)).toEqual([null, null, null]);
    one.close();
  });

  test("filtered to a rep it is that rep's; as of before, what was known then", async () => {
    const one = await company(facts, { now, settings });
    const found = await one.api.revenue({ where: { rep: ["Ben"] } });
    expect(ends(found)).toEqual(ends(await one.api.revenue({}), "rep", "Ben"));
    expect(found.scopes[0]?.periods.map((period) => period.goal)).toEqual([null, null, null]);
    await expect(one.api.revenue({ where: { moon: ["full"] } })).rejects.toThrow("moon is no dimension");
    one.close();
  });

  test("a rep who sold in fewer than seven months is not foretold; the company is, with what they brought", async () => {
    const cal = [5, 6, 7].map((month) => paid(`cal${month}`, `2026-0${month}-12`, 10, "Cal"));
    const one = await company({ ...facts, revenue: [...revenue, ...cal] }, { now, settings });
    const found = await one.api.revenue({});
    const own = found.scopes.find(({ name }) => name === "Cal");
    expect(own?.reason).toBe("too-few-sales");
    expect(own?.periods.map(({ soFar, projection, method }) => [soFar, projection, method])).toEqual([
      [0, null, null],
      [0, null, null],
      [30, null, null],
    ]);
    expect(found.scopes[0]?.periods[2]?.soFar).toBe(1090);
    one.close();
  });

  test("as of a past day it says what it would have said then", async () => {
    const one = await company({ ...facts, revenue: revenue.filter(({ rep }) => rep === "Ana") }, { now, settings });
    const before = await one.api.revenue({});
    one.at("2026-11-12T12:00:00Z");
    await one.load({ revenue }, { now: "2026-11-12T12:00:00Z" });
    expect(ends(await one.api.revenue({}))?.[0]).toEqual([60, 100, 100, 100]);
    const then = await one.api.revenue({ asOf: "2026-11-11" });
    expect(ends(then)).toEqual(ends(before));
    expect(ends(then)?.[0]).toEqual([60, 90, 90, 90]);
    one.close();
  });

  test("where nothing came in yet there is nothing to foretell, and no error", async () => {
    const one = await company({ touch: facts.touch }, { now, settings });
    const found = await one.api.revenue({ leads: 2 });
    expect(found).toMatchObject({
      known: 0,
      fan: null,
      open: { deals: 0 },
      deals: [],
      change: { before: 0, after: 0 },
    });
    expect(found.scopes).toMatchObject([{ kind: "company", reason: "too-short" }]);
    one.close();
  });

  test("of fewer than seven whole months nothing is foretold, and what is missing is said", async () => {
    const one = await company(
      { touch: facts.touch, revenue: revenue.filter(({ occurred_on }) => String(occurred_on) >= "2026-06") },
      { now, settings },
    );
    const found = await one.api.revenue({});
    expect(found.known).toBe(4);
    expect(found.scopes.map(({ reason }) => reason)).toEqual(["too-short", "too-short", "too-short"]);
    expect(ends(found)?.[0]).toEqual([60, undefined, undefined, undefined]);
    one.close();
  });
});

describe("deals that are created on the 20th, of which half are won on the 10th after", () => {
  const { uniform } = draws(3);
  const months = monthsBefore(26, "2026-11");
  const deal = months.flatMap((month, at) =>
    Array.from({ length: 4 + 2 * Math.floor(8 * uniform()) }, (_, i): FactRow => {
      const isOpen = at === months.length - 1;
      return {
        deal_id: `${month}-${i}`,
        created_at: `${month}-20T10:00:00Z`,
        outcome: isOpen ? "open" : i % 2 === 0 ? "won" : "lost",
        closed_at: isOpen ? null : `${months[at + 1]}-10T10:00:00Z`,
        amount: 100,
        currency: "EUR",
        rep: "Ana",
      };
    }),
  );
  const open = deal.filter(({ outcome }) => outcome === "open").length;
  const options = { now: "2026-11-25T12:00:00Z", settings: { revenue: "bookings" } };

  test("the pipeline knows what December brings, which no series can: half of those that are open", async () => {
    const one = await company({ deal, touch: seen("2026-11-25") }, options);
    const found = await one.api.revenue({});
    const [, quarter] = found.scopes[0]?.periods ?? [];
    expect(quarter?.method).toBe("pipeline");
    expect(quarter?.past[0]?.share).toBeLessThan(0.01);
    expect(Math.abs((quarter?.projection?.mid ?? 0) - (quarter?.soFar ?? 0) - 50 * open)).toBeLessThanOrEqual(100);
    // Nothing else brings anything until the end of December.
    expect((quarter?.expected?.open ?? 0) / (50 * open)).toBeCloseTo(1, 1);
    expect(quarter?.expected?.rest).toBe(0);
    expect(found.open).toMatchObject({ deals: open, amount: 100 * open });
    expect(found.open.expected / (50 * open)).toBeCloseTo(1, 1);
    one.close();
  });

  test("the same question has the same answer, to the bit", async () => {
    const one = await company({ deal, touch: seen("2026-11-25") }, options);
    const [first, again] = [await one.api.revenue({}), await one.api.revenue({})];
    expect({ ...again, took_ms: 0 }).toEqual({ ...first, took_ms: 0 });
    one.close();
  });

  test("were deals worth twice as much, what is still to come of them would double; more leads come too late for this quarter", async () => {
    const one = await company({ deal, touch: seen("2026-11-25") }, options);
    const quarter = async (request: Parameters<typeof one.api.revenue>[0]) => {
      const period = (await one.api.revenue(request)).scopes[0]?.periods[1];
      return { ...period, gain: (period?.changed?.mid ?? 0) - (period?.projection?.mid ?? 0) };
    };
    const { projection, soFar = 0, changed } = await quarter({});
    expect(changed).toBeNull();
    expect((await quarter({ dealValue: 2 })).gain).toBeCloseTo((projection?.mid ?? 0) - soFar, 6);
    expect((await quarter({ winRate: 1.5 })).gain / ((projection?.mid ?? 0) - soFar)).toBeCloseTo(0.5, 0);
    expect((await quarter({ leads: 3 })).gain).toBe(0);
    one.close();
  });
});

describe("what revenue is held against", () => {
  const usd = (id: string, day: string): FactRow => ({
    revenue_id: id,
    customer_id: id,
    occurred_on: day,
    amount: 100,
    currency: "USD",
    product: "one",
  });
  const eur = (id: string, day: string, amount: number): FactRow => ({
    ...usd(id, day),
    amount,
    currency: "EUR",
    product: "two",
  });
  const facts = {
    revenue: [usd("a", "2025-03-10"), usd("b", "2026-03-10"), eur("c", "2025-03-10", 50), eur("d", "2026-03-10", 80)],
    rate: [
      { day: "2025-03-10", currency: "USD", rate: 0.8 },
      { day: "2026-03-10", currency: "USD", rate: 0.9 },
    ],
    touch: seen("2026-03-20"),
  };
  const options = { now: "2026-03-20T12:00:00Z", settings: { revenue: "cash" } };

  test("by hand: 100 USD at 0.80 and then at 0.90 are 10 of currency, 50 that become 80 are 30 of price", async () => {
    const one = await company(facts, options);
    const { change } = await one.api.revenue({});
    expect(change).toMatchObject({
      from: "2026-01-01",
      to: "2026-03-21",
      compared: { from: "2025-01-01", to: "2025-03-21" },
      before: 130,
      after: 170,
      volume: 0,
      mix: 0,
      price: expect.closeTo(30, 9),
      currency: expect.closeTo(10, 9),
    });
    expect(change.products.map(({ product, before, after }) => [product, before, after])).toEqual([
      ["two", 50, 80],
      ["one", 80, 90],
    ]);
    one.close();
  });

  test("other days are held against those before them, and both sides are what is asked of them", async () => {
    const one = await company(facts, options);
    const named = { from: "2026-03-01", to: "2026-04-01", compare: "previous" as const };
    const { change } = await one.api.revenue(named);
    expect(change).toMatchObject({ compared: { from: "2026-02-01", to: "2026-02-21" }, before: 0, after: 170 });
    expect(change.volume + change.mix + change.price + change.currency).toBeCloseTo(170, 9);
    const asked = await one.api.ask({ indicator: "sales-revenue", from: "2026-03-01", to: "2026-04-01" });
    expect(asked.total.value).toBe(change.after);
    one.close();
  });

  test("a month by its twelve before it, a year before, and as if it had as many working days as others", async () => {
    const months = monthsBefore(25, "2026-11");
    const revenue = months.map((month) => paid(month, `${month}-02`, 100, "Ana"));
    const one = await company(
      { revenue, touch: seen("2026-11-10") },
      { now: "2026-11-10T12:00:00Z", settings: { revenue: "cash" } },
    );
    const found = (await one.api.revenue({})).months.find(({ month }) => month === "2026-10-01");
    // October has 22 working days; the twelve months until then have 260.
    expect(found).toMatchObject({
      value: 100,
      yearBefore: 100,
      rolling: 1200,
      adjusted: expect.closeTo((100 / 22) * (260 / 12), 9),
    });
    one.close();
  });
});
