import { expect, test } from "vitest";
import { wilson } from "../../src/methods/uncertainty/wilson.ts";
import { company, times, type FactRow } from "../company.ts";

const created = (day: string) => `${day}T10:00:00Z`;
const leadsOf = (prefix: string, day: string, count: number): FactRow[] =>
  times(count, (nth) => ({ lead_id: `${prefix}${nth}`, created_at: created(day), channel: prefix }));
const mqlsOf = (prefix: string, day: string, from: number, to: number): FactRow[] =>
  times(to - from + 1, (nth) => ({
    subject: "lead",
    subject_id: `${prefix}${nth + from - 1}`,
    stage: "mql",
    entered_at: created(day),
  }));

const rate = { indicator: "marketing-qualified-leads", variant: "rate", window: 30 } as const;

/** 20 old leads: 4 became MQLs on day 5, 4 on day 20. 20 young ones: 2 on day 5; day 10 is the last that was observed. */
const cohorts = {
  lead: [...leadsOf("old", "2026-05-01", 20), ...leadsOf("young", "2026-07-01", 20)],
  stage_entry: [
    ...mqlsOf("old", "2026-05-06", 1, 4),
    ...mqlsOf("old", "2026-05-21", 5, 8),
    ...mqlsOf("young", "2026-07-06", 1, 2),
  ],
  spend: [{ day: "2026-07-11", category: "media", amount: 1, currency: "EUR" }],
};

test("a young cohort is expected to come to what those who lived longer did from its age on", async () => {
  const { api, close } = await company(cohorts, { now: "2026-07-11T12:00:00Z" });
  const { rows, total } = await api.ask({ ...rate, grain: "month", from: "2026-05-01", to: "2026-08-01" });
  expect(rows[0]).toMatchObject({ period: "2026-05-01", value: 0.4, observed: null, maturity: 1, flags: ["small-n"] });
  // Of 16 who were no MQLs on day 10, 4 became so: the 18 young ones who are open count 1/4 each.
  expect(rows[2]).toMatchObject({ period: "2026-07-01", observed: 0.1, parts: { mqls: 2, leads: 20 }, n: 20 });
  expect(rows[2]?.value).toBeCloseTo((2 + 18 / 4) / 20, 12);
  expect(rows[2]?.maturity).toBeCloseTo(11 / 31, 12);
  expect(rows[2]?.flags).toEqual(["small-n", "immature", "estimated"]);
  const [low, high] = rows[2]?.band ?? [0, 0];
  expect([low, high].map((end) => Math.abs(end * 20 - Math.round(end * 20)) < 1e-9)).toEqual([true, true]);
  expect(low).toBeGreaterThanOrEqual(0.1);
  expect(high).toBeLessThan(0.7);
  const [surely, atMost] = rows[2]?.interval ?? [0, 0];
  const [lower, upper] = wilson(6.5, 20, 0.8) ?? [0, 0];
  expect([surely < lower, atMost > upper, rows[0]?.band]).toEqual([true, true, null]);
  // Kaplan–Meier of all forty: 1 − (1 − 6/40)(1 − 4/16).
  expect(total.value).toBeCloseTo(1 - (34 / 40) * (12 / 16), 12);
  expect(total.observed).toBe(0.25);
  close();
});

test("where nobody was followed to the end of the window there is no value, and the longest window that has one is said", async () => {
  const { api, close } = await company(cohorts, { now: "2026-07-11T12:00:00Z" });
  const july = { from: "2026-07-01", to: "2026-08-01" };
  const answer = await api.ask({ ...rate, ...july, window: 80 });
  expect(answer.total).toMatchObject({ value: null, observed: 0.1, interval: null });
  expect(answer.total.flags).toEqual(["not-enough-data", "immature"]);
  expect(answer.warnings.find((each) => each.code === "window-too-long")).toMatchObject({ count: 71 });
  expect((await api.ask({ ...rate, ...july, window: 71 })).total.flags).toContain("estimated");
  close();
});

test("the end of the data is not the end of hope: what an old export had not seen by its last day is open", async () => {
  const { api, close } = await company(cohorts, { now: "2030-01-01T12:00:00Z" });
  const { total } = await api.ask({ ...rate, from: "2026-07-01", to: "2026-08-01" });
  expect(total.observed).toBe(0.1);
  expect(total.value).toBeCloseTo(0.325, 12);
  close();
});

test("an 8-day-old cohort is compared with a 90-day-old one at the same age (T13)", async () => {
  const { api, close } = await company(cohorts, { now: "2026-07-11T12:00:00Z" });
  const { rows } = await api.ask({ ...rate, by: ["channel"], window: 10 });
  expect(rows.map((row) => [row.key["channel"], row.value, row.observed, row.maturity])).toEqual([
    ["old", 0.2, null, 1],
    ["young", 0.1, null, 1],
  ]);
  close();
});

test("one cell opened says what its row says", async () => {
  const { api, close } = await company(cohorts, { now: "2026-07-11T12:00:00Z" });
  const question = { ...rate, by: ["channel"] };
  const { rows } = await api.ask(question);
  for (const row of rows) expect((await api.explain({ question, key: row.key })).cell).toEqual(row);
  close();
});

test("a young cohort whose members have all been decided is final: not too young, and ranked", async () => {
  const closed = (rep: string, day: string, on: string, won: number, all: number) =>
    times(all, (nth) => ({
      deal_id: `${rep}${nth}`,
      created_at: created(day),
      closed_at: created(on),
      outcome: nth <= won ? "won" : "lost",
      rep,
    }));
  const deal = [
    ...closed("Ana", "2026-01-05", "2026-02-20", 20, 40),
    ...closed("Berta", "2026-07-01", "2026-07-05", 1, 8),
    { deal_id: "open", created_at: created("2026-07-01"), outcome: "open", rep: "Carla" },
  ];
  const { api, close } = await company({ deal }, { now: "2026-07-11T12:00:00Z" });
  const { rows, total, ranking, warnings } = await api.ask({ indicator: "win-ratio", by: ["rep"], rank: true });
  expect(rows.map((row) => [row.key["rep"], row.value, row.observed, row.flags])).toEqual([
    ["Ana", 0.5, null, []],
    ["Berta", 0.125, null, ["small-n"]],
    ["Carla", 0.5, 0, ["small-n", "immature", "estimated"]],
  ]);
  expect(total.flags).toEqual(["immature", "estimated"]);
  expect(ranking?.rows.map(({ key }) => key["rep"])).toEqual(["Ana", "Carla", "Berta"]);
  expect(ranking?.left).toEqual([]);
  expect(warnings.find(({ code }) => code === "immature-cohort")?.count).toBe(1);
  close();
});

test("the days to MQL of a young cohort count those who are still to come: the quick ones are seen first", async () => {
  const leads = (name: string, on: string) =>
    times(20, (nth) => ({ lead_id: `${name}${nth}`, created_at: `${on}T10:00:00Z`, country: name }));
  const mqls = (name: string, first: number, count: number, on: string) =>
    times(count, (nth) => ({
      subject: "lead",
      subject_id: `${name}${first + nth - 1}`,
      stage: "mql",
      entered_at: `${on}T10:00:00Z`,
    }));
  const one = await company(
    {
      lead: [...leads("old", "2026-05-01"), ...leads("young", "2026-06-10")],
      stage_entry: [
        ...mqls("old", 1, 4, "2026-05-06"),
        ...mqls("old", 5, 4, "2026-05-21"),
        ...mqls("young", 1, 2, "2026-06-15"),
      ],
      touch: [{ touch_id: "T1", occurred_at: "2026-06-20T10:00:00Z", kind: "visit" }],
    },
    { now: "2026-06-20T12:00:00Z" },
  );
  const question = { indicator: "marketing-qualified-leads", variant: "days-to", by: ["country"] };
  const { rows: found, total, indicator } = await one.api.ask(question);
  const row = (country: string) => found.find(({ key }) => key["country"] === country);
  expect(row("old")).toMatchObject({ value: 12.5, observed: null, n: 8 });
  expect(row("young")).toMatchObject({ value: 20, observed: 5, n: 2, flags: expect.arrayContaining(["estimated"]) });
  expect(total).toMatchObject({ value: 20, observed: 5, n: 10 });
  expect(indicator).toMatchObject({ unit: "days", better: "lower" });
  one.close();
});
