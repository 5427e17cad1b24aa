import { expect, test } from "vitest";
import type { Rep, Reps } from "../../src/contract/reps.ts";
import { company, times, type FactRow, type Facts } from "../company.ts";

/** Eight weeks of winter, from a Monday to a Monday: 40 working days. */
const winter = { from: "2026-01-05", to: "2026-03-02" };

/** So many deals of one kind, all created in the first weeks of January, the first `won` of them won after 30 days. */
const dealsOf = (prefix: string, count: number, won: number, more: FactRow): FactRow[] =>
  times(count, (nth) => ({
    deal_id: `${prefix}${nth}`,
    created_at: `2026-01-${String(5 + (nth % 10)).padStart(2, "0")}T10:00:00Z`,
    outcome: nth <= won ? "won" : "lost",
    closed_at: `2026-02-${String(10 + (nth % 10)).padStart(2, "0")}T10:00:00Z`,
    amount: 1000,
    currency: "EUR",
    ...more,
  }));

/** Something that happened in June, so that all of winter has been seen. */
const later: FactRow = { lead_id: "later", created_at: "2026-06-01T08:00:00Z" };

const two: Facts = {
  lead: [later],
  deal: [...dealsOf("A", 20, 12, { rep: "Ana" }), ...dealsOf("L", 20, 4, { rep: "Luis" })],
};

const of = ({ reps }: Reps, name: string): Rep | undefined => reps.find(({ rep }) => rep === name);

test("12 of 20 and 4 of 20, by hand: drawn to 40 % by 2.35 cases, and each creates 2.5 a week", async () => {
  const { api, close } = await company(two);
  const found = await api.reps(winter);
  expect(found.usual.close).toBeCloseTo(0.4, 12);
  // p = 0.4, S = 20 × 0.2² × 2 = 1.6, ρ = (1.6 − 0.24) ÷ (0.24 × 19), a + b = (1 − ρ) ÷ ρ.
  const alike = (1.6 - 0.24) / (0.24 * 19);
  const strength = (1 - alike) / alike;
  const ana = of(found, "Ana");
  expect(ana).toMatchObject({ weeks: 8, opened: 20, deals: 20, closed: 20, won: 12 });
  expect(ana?.expected).toBeCloseTo(8, 9);
  expect(ana?.close?.raw).toBeCloseTo(0.6, 9);
  expect(ana?.close?.value).toBeCloseTo((0.4 * strength + 12) / (strength + 20), 9);
  expect(of(found, "Luis")?.close?.value).toBeCloseTo((0.4 * strength + 4) / (strength + 20), 9);
  expect(ana?.create).toMatchObject({ raw: 2.5, stands: "alike" });
  expect(ana?.create?.value).toBeCloseTo(2.5, 12);
  expect(found.usual.create).toBe(2.5);
  close();
});

test("who won fewer hard deals is not the worse seller: 20 % of fairs alone is as good as 42.5 % with many of the web", async () => {
  const deal = [
    ...dealsOf("AF", 40, 8, { rep: "Ana", channel: "fair" }),
    ...dealsOf("LF", 20, 4, { rep: "Luis", channel: "fair" }),
    ...dealsOf("LW", 60, 30, { rep: "Luis", channel: "web" }),
  ];
  const { api, close } = await company({ deal });
  const found = await api.reps(winter);
  const [ana, luis] = [of(found, "Ana"), of(found, "Luis")];
  expect(found.adjusted).toEqual(["channel"]);
  expect([ana?.close?.raw, luis?.close?.raw]).toEqual([0.2, 0.425]);
  expect(ana?.expected).toBeCloseTo(8, 6);
  expect(luis?.expected).toBeCloseTo(34, 6);
  expect(ana?.close?.value).toBeCloseTo(42 / 120, 6);
  expect(luis?.close?.value).toBeCloseTo(42 / 120, 6);
  expect([ana?.close?.stands, luis?.close?.stands]).toEqual(["alike", "alike"]);
  close();
});

test("an amount that only won deals keep is no size to adjust for: all that was lost would have been expected to be", async () => {
  const emptied = (two["deal"] ?? []).map((deal, nth) => ({
    ...deal,
    amount: deal["outcome"] === "won" ? (nth % 2 === 0 ? 100 : 9000) : 0,
  }));
  const { api, close } = await company({ deal: emptied });
  const found = await api.reps(winter);
  expect(found.adjusted).toEqual([]);
  expect(of(found, "Ana")?.expected).toBeCloseTo(8, 9);
  close();
});

test("what Ana opens and Luis inherits on the day before he wins it is hers to have opened and his to have won (T26)", async () => {
  const deal = dealsOf("D", 10, 6, { rep: "Luis", created_by: "Ana", sourcer: "Sol" });
  const { api, close } = await company({ deal });
  const found = await api.reps(winter);
  expect(of(found, "Ana")).toMatchObject({ opened: 10, deals: 0, close: null });
  expect(of(found, "Luis")).toMatchObject({ opened: 0, deals: 10, won: 6 });
  expect(of(await api.reps({ ...winter, opener: "sourcer" }), "Sol")).toMatchObject({ opened: 10 });
  expect(of(await api.reps({ ...winter, opener: "rep" }), "Luis")).toMatchObject({ opened: 10, deals: 10 });
  close();
});

test("a rep of whom nothing was closed has no value, nor has one without deals: neither has 0 %", async () => {
  const { api, close } = await company({
    rep: [{ rep: "Ana" }, { rep: "Eva" }, { rep: "Old", ended_on: "2025-06-30" }],
    deal: [
      ...dealsOf("A", 20, 12, { rep: "Ana" }),
      ...dealsOf("B", 12, 0, { rep: "Berta", outcome: "open", closed_at: null }),
    ],
  });
  const found = await api.reps(winter);
  expect(of(found, "Berta")).toMatchObject({ deals: 12, closed: 0, close: null, verdict: "too-few" });
  expect(of(found, "Eva")).toMatchObject({ opened: 0, create: null, close: null, verdict: "too-few", train: null });
  expect(of(found, "Old")).toBeUndefined();
  close();
});

test("a reopened deal counts once by its last close, and a cleaning of old deals makes nobody a worse seller (T14)", async () => {
  const open = dealsOf("O", 40, 0, { rep: "Luis", outcome: "open", closed_at: null });
  const one = await company(
    { lead: [later], deal: [...(two["deal"] ?? []), ...open] },
    { now: "2026-06-01T12:00:00Z" },
  );
  const sides = async () =>
    (await one.api.reps(winter)).reps.map(({ rep, won, create, close }) => ({ rep, won, create, close }));
  const before = await sides();
  one.at("2026-06-05T12:00:00Z");
  await one.load({
    deal: [
      ...(two["deal"] ?? []),
      ...open.map((deal) => ({ ...deal, outcome: "lost", closed_at: "2026-06-04T10:00:00Z" })),
    ],
  });
  expect(await sides()).toEqual(before);
  const reopened = { deal_id: "L20", outcome: "won", closed_at: "2026-03-01T10:00:00Z" };
  await one.load({
    deal: (two["deal"] ?? []).map((deal) => (deal["deal_id"] === "L20" ? { ...deal, ...reopened } : deal)),
  });
  expect(of(await one.api.reps(winter), "Luis")).toMatchObject({ won: 5, deals: 60 });
  one.close();
});

test("deals of yesterday count against nobody: of twenty that are a day old none was to be won yet", async () => {
  const young = dealsOf("Y", 20, 0, {
    rep: "Eva",
    outcome: "open",
    closed_at: null,
    created_at: "2026-06-01T10:00:00Z",
  });
  const { api, close } = await company({ deal: [...(two["deal"] ?? []), ...young] }, { now: "2026-06-02T12:00:00Z" });
  const found = await api.reps({ from: "2026-01-05", to: "2026-06-03" });
  expect(of(found, "Eva")).toMatchObject({ opened: 20, deals: 20, won: 0, expected: 0, close: null });
  expect(found.usual.close).toBeCloseTo(0.4, 12);
  close();
});

test("weeks are working weeks of those who were there: not before they came, not after they left, no holidays", async () => {
  const { api, close } = await company(
    {
      rep: [
        { rep: "Ana", started_on: "2026-02-02", ended_on: null },
        { rep: "Luis", started_on: null, ended_on: "2026-01-16" },
        { rep: "Eva", started_on: "2026-02-20", ended_on: null },
      ],
      lead: [later],
      deal: [...(two["deal"] ?? []), ...dealsOf("E", 5, 1, { rep: "Eva", created_at: "2026-02-16T10:00:00Z" })],
    },
    { settings: { holidays: ["2026-01-06"] } },
  );
  const found = await api.reps(winter);
  // Ana opened deals from January on, whatever the list of people says; Luis left after nine working days; Eva from the 16th.
  expect(found.reps.map(({ rep, weeks, left }) => [rep, weeks, left])).toEqual([
    ["Ana", 7.8, false],
    ["Eva", 2, false],
    ["Luis", 1.8, true],
  ]);
  close();
});

test("who passes 20 of 100 MQLs on where half are passed is named, with what the missing ones would bring", async () => {
  const lead = [..."AL"].flatMap((who) =>
    times(100, (nth) => ({
      lead_id: `${who}${nth}`,
      created_at: "2026-01-06T10:00:00Z",
      rep: who === "A" ? "Ana" : "Luis",
    })),
  );
  const stage_entry = lead.flatMap(({ lead_id: id }, nth) => {
    const at = nth % 100;
    const passes = nth < 100 ? at < 80 : at < 20;
    const entry = { subject: "lead", subject_id: id ?? null };
    return [
      { ...entry, stage: "mql", entered_at: "2026-01-07T10:00:00Z" },
      ...(passes ? [{ ...entry, stage: "sql", entered_at: "2026-01-12T10:00:00Z" }] : []),
    ];
  });
  const deal = [
    ...dealsOf("A", 20, 10, { rep: "Ana" }).map((each, nth) => ({ ...each, lead_id: `A${nth + 1}` })),
    ...dealsOf("L", 10, 5, { rep: "Luis" }).map((each, nth) => ({ ...each, lead_id: `L${nth + 1}` })),
  ];
  const { api, close } = await company({ lead: [...lead, later], stage_entry, deal });
  const found = await api.reps(winter);
  const luis = of(found, "Luis");
  const step = luis?.steps.find(({ stage }) => stage === "mql");
  expect(step).toMatchObject({ window: 30, passed: 20, of: 100, rate: 0.2, team: 0.5, certain: true });
  expect(step?.missing).toBeCloseTo(30, 9);
  // 30 more SQLs × 30 of 100 to an opportunity × 15 of 30 won × 1,000.
  expect(step?.atStake).toBeCloseTo(30 * 0.3 * 0.5 * 1000, 6);
  expect(luis).toMatchObject({ weakest: "mql", train: "mql", sqls: 20, sqlsPerWeek: 2.5 });
  expect(of(found, "Ana")?.weakest).toBeNull();
  for (const at of [0, 1, 2, 3])
    expect(found.reps.reduce((sum, { steps }) => sum + (steps[at]?.missing ?? 0), 0)).toBeCloseTo(0, 6);
  close();
});

test("one rep alone sees themself and a band of the others, in which nobody is named", async () => {
  const names = ["Berta", "Carla", "Dora", "Eva", "Fina"];
  const deal = [...(two["deal"] ?? []), ...names.flatMap((rep, i) => dealsOf(rep, 20, 6 + i, { rep, team: null }))];
  const { api, close } = await company({ lead: [later], deal });
  const all = await api.reps(winter);
  const own = await api.reps({ ...winter, only: "Ana" });
  expect(own.reps).toEqual([of(all, "Ana")]);
  expect(own.others?.count).toBe(6);
  expect(own.others?.create?.[1]).toBeCloseTo(2.5, 9);
  expect(own.others?.close?.[0]).toBeLessThan(own.others?.close?.[2] ?? 0);
  const told = JSON.stringify(own);
  for (const name of ["Luis", ...names]) expect(told).not.toContain(name);
  await expect(api.reps({ ...winter, only: "Nobody" })).rejects.toMatchObject({ code: "unknown-rep" });
  close();
});

test("of fewer than five others no band is told: it would tell who is who", async () => {
  const { api, close } = await company(two);
  expect((await api.reps({ ...winter, only: "Ana" })).others).toEqual({ count: 1, create: null, close: null });
  close();
});

test("filters narrow the deals, the leads and the people; lost deals without a rep refuse the map; no deals are no error", async () => {
  const { api, close } = await company({
    rep: [
      { rep: "Ana", team: "North" },
      { rep: "Luis", team: "South" },
      { rep: "Eva", team: "South" },
    ],
    deal: two["deal"] ?? [],
  });
  const south = await api.reps({ ...winter, where: { team: ["South"] } });
  expect(south.reps.map(({ rep, deals }) => [rep, deals])).toEqual([
    ["Eva", 0],
    ["Luis", 20],
  ]);
  expect((await api.reps({ ...winter, where: { product: ["CRM"] } })).reps.map(({ deals }) => deals)).toEqual([
    0, 0, 0,
  ]);
  await expect(api.reps({ ...winter, from: "2026-04-01" })).rejects.toMatchObject({ code: "empty-range" });
  close();
  const mute = await company({
    deal: (two["deal"] ?? []).map((deal) => (deal["outcome"] === "won" ? deal : { ...deal, rep: null })),
  });
  await expect(mute.api.reps(winter)).rejects.toMatchObject({ code: "one-sided-dimension" });
  mute.close();
  const empty = await company({});
  expect(await empty.api.reps({})).toMatchObject({ reps: [], usual: { create: null, close: null } });
  empty.close();
});

test("one rep: open deals older than nine of ten won ones, the largest first, and the goals that run today with their pace", async () => {
  const won = times(10, (nth) => ({
    deal_id: `W${nth}`,
    created_at: "2026-02-01T10:00:00Z",
    outcome: "won",
    closed_at: `2026-02-${String(1 + nth * 2).padStart(2, "0")}T10:00:00Z`,
    rep: "Luis",
  }));
  const open = [
    ["O1", "2026-05-31", 100],
    ["O2", "2026-05-14", 100],
    ["O3", "2026-05-13", 900],
    ["O4", "2026-01-02", 500],
  ].map(([deal_id, day, amount]) => ({
    deal_id: deal_id ?? null,
    created_at: `${day}T10:00:00Z`,
    outcome: "open",
    amount: amount ?? null,
    currency: "EUR",
    rep: "Ana",
    stage: "Demo",
  }));
  const goal = (period: string, scope: string, target: number) => ({
    indicator: "opportunities-created",
    scope_kind: "rep",
    scope,
    grain: "month",
    period_start: period,
    target,
  });
  const { api, close } = await company(
    {
      lead: [later],
      deal: [...won, ...open],
      goal: [goal("2026-06-01", "Ana", 10), goal("2026-05-01", "Ana", 10), goal("2026-06-01", "Luis", 10)],
    },
    { now: "2026-06-01T12:00:00Z" },
  );
  const { risk, goals, map } = await api.rep({ rep: "Ana", from: "2026-01-01", to: "2026-06-02" });
  // Won after 2, 4, … 20 days: one of ten took longer than 18.
  expect(risk).toMatchObject({ usualDays: 18, open: 4, older: 3 });
  expect(risk.deals.map(({ deal, age, later: share, amount }) => [deal, age, share, amount])).toEqual([
    ["O3", 19, 0.1, 900],
    ["O4", 150, 0, 500],
    ["O2", 18, 0.1, 100],
  ]);
  expect(goals.map(({ goal: { periodStart, scope }, value }) => [periodStart, scope, value])).toEqual([
    ["2026-06-01", "Ana", 0],
  ]);
  expect(map.reps.map(({ rep }) => rep)).toEqual(["Ana"]);
  expect(JSON.stringify(map)).not.toContain("Luis");
  await expect(api.rep({ rep: "Nobody" })).rejects.toMatchObject({ code: "unknown-rep" });
  close();
});

test("a deal without a source of its own has that of its lead, whatever was touched after it was handed over", async () => {
  const leads = ["fair", "web"].flatMap((channel) =>
    times(60, (nth) => ({
      lead_id: `${channel}${nth}`,
      created_at: "2026-01-03T10:00:00Z",
      channel,
      person_id: `P${channel}${nth}`,
    })),
  );
  const linked = (prefix: string, channel: string, from: number, count: number, won: number, rep: string) =>
    dealsOf(prefix, count, won, { rep }).map((deal, nth) => ({ ...deal, lead_id: `${channel}${from + nth}` }));
  const touch = times(60, (nth) => ({
    touch_id: `T${nth}`,
    occurred_at: "2026-01-04T10:00:00Z",
    kind: "call",
    person_id: `Pfair${nth}`,
    channel: "outbound",
  }));
  const deal = [
    ...linked("AF", "fair", 1, 40, 8, "Ana"),
    ...linked("LF", "fair", 41, 20, 4, "Luis"),
    ...linked("LW", "web", 1, 60, 30, "Luis"),
  ];
  const { api, close } = await company({ lead: [...leads, later], deal, touch });
  const found = await api.reps(winter);
  expect(found.adjusted).toEqual(["channel"]);
  expect(of(found, "Ana")?.expected).toBeCloseTo(8, 6);
  expect(of(found, "Luis")?.expected).toBeCloseTo(34, 6);
  close();
});
