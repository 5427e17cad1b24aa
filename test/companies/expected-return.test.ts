import * as fc from "fast-check";
import { expect, test } from "vitest";
import { company, rows, times, values, type Facts } from "../company.ts";
import { raw } from "../../src/engine/sql.ts";
import { companies, today } from "../oracle/companies.ts";

const roi = { indicator: "marketing-roi", variant: "expected", from: "2026-01-01", to: "2027-01-01" } as const;

test("ten leads, 9,000 per win, four in ten won: 36,000 for 5,000 is 620 %", async () => {
  const deal = (nth: number, outcome: string) => ({
    deal_id: `old-${nth}`,
    lead_id: `old-${nth}`,
    created_at: "2025-03-01T10:00:00Z",
    outcome,
    closed_at: "2025-03-11T10:00:00Z",
    amount: outcome === "won" ? 9000 : 100,
    currency: "EUR",
  });
  const open = (nth: number) => ({
    ...deal(nth, "open"),
    deal_id: `new-${nth}`,
    lead_id: `new-${nth}`,
    closed_at: null,
  });
  const { api, close } = await company(
    {
      lead: [
        ...times(5, (nth) => ({ lead_id: `old-${nth}`, created_at: "2025-03-01T09:00:00Z", channel: "email" })),
        ...times(10, (nth) => ({ lead_id: `new-${nth}`, created_at: "2026-06-01T09:00:00Z", channel: "paid_search" })),
      ],
      deal: [
        ...times(5, (nth) => deal(nth, nth <= 2 ? "won" : "lost")),
        ...times(10, (nth) => ({ ...open(nth), created_at: "2026-06-01T10:00:00Z" })),
      ],
      spend: rows`
        day         category  amount  currency  channel
        2026-06-01  media     5000    EUR       paid_search`,
    },
    { settings: { revenue: "bookings" } },
  );
  const answer = await api.ask({ ...roi, by: ["channel"] });
  expect(answer.total).toMatchObject({ value: 6.2, n: 10, interval: null, flags: ["small-n"] });
  expect(answer.total.parts).toEqual({ revenue: 0, to_come: 36_000, costs: 5000, leads: 10 });
  expect(answer.question.clock).toBe("cohort");
  const before = await api.ask({ ...roi, from: "2025-01-01" });
  expect(before.total.parts).toMatchObject({ revenue: 18_000, to_come: 36_000 });
  const opened = await api.explain({ question: { ...roi, by: ["channel"] }, key: { channel: "paid_search" } });
  const [first] = opened.parts.find((each) => each.id === "to_come")?.rows ?? [];
  expect(first).toMatchObject({
    stage: "deal",
    entered_on: "2026-06-01",
    probability: 0.4,
    worth: 3600,
  });
  close();
});

test("what is expected in another currency is converted at the last rate on record, though the last day has none", async () => {
  const deal = (id: string, outcome: string, created: string, closed: string | null) => ({
    deal_id: id,
    lead_id: id,
    created_at: `${created}T10:00:00Z`,
    outcome,
    closed_at: closed === null ? null : `${closed}T10:00:00Z`,
    amount: 1000,
    currency: "USD",
  });
  const { api, close } = await company(
    {
      lead: rows`
        lead_id  created_at            channel
        won      2026-01-05T09:00:00Z  email
        lost     2026-01-05T09:00:00Z  email
        open     2026-06-05T09:00:00Z  email
        sunday   2026-06-07T09:00:00Z  email`,
      deal: [
        deal("won", "won", "2026-01-05", "2026-01-15"),
        deal("lost", "lost", "2026-01-05", "2026-01-20"),
        deal("open", "open", "2026-06-05", null),
      ],
      rate: rows`
        day         currency  rate
        2026-01-15  USD       0.8
        2026-06-04  USD       0.7
        2026-06-05  USD       0.9`,
      spend: rows`
        day         category  amount  currency
        2026-06-05  media     100     EUR`,
    },
    { settings: { revenue: "bookings" } },
  );
  const answer = await api.ask({ ...roi, from: "2026-06-05", to: "2026-06-06" });
  // One of two was won and brought 1,000 dollars: 500 dollars at 0.9.
  expect(answer.total.parts).toMatchObject({ revenue: 0, to_come: 450, leads: 1 });
  close();
});

// D pays without a deal, E is rejected after 20 days, G is a test; C and F are open since January.
const lead = rows`
  lead_id  created_at            channel      customer_id  disqualified_as
  A        2026-01-01T10:00:00Z  paid_search  -            -
  B        2026-01-01T10:00:00Z  paid_search  -            -
  C        2026-01-01T10:00:00Z  paid_search  -            -
  D        2026-01-01T10:00:00Z  email        Dora         -
  E        2026-01-01T10:00:00Z  email        -            -
  F        2026-01-01T10:00:00Z  email        -            -
  G        2026-01-01T10:00:00Z  email        -            test
  H        2026-03-02T10:00:00Z  paid_search  -            -
  I        2026-03-02T10:00:00Z  email        -            -
  J        2026-03-22T10:00:00Z  email        -            -`;
const deal = rows`
  deal_id  lead_id  created_at            outcome  closed_at             amount  currency
  A1       A        2026-01-11T10:00:00Z  won      2026-02-10T10:00:00Z  1000    EUR
  B1       B        2026-01-11T10:00:00Z  lost     2026-01-21T10:00:00Z  700     EUR
  H1       H        2026-03-02T10:00:00Z  open     -                     5000    EUR`;
const stage_entry = rows`
  subject  subject_id  stage   entered_at            outcome
  lead     E           review  2026-01-21T10:00:00Z  rejected`;
const revenue = rows`
  revenue_id  customer_id  lead_id  occurred_on  amount  tax  currency
  R1          Dora         -        2026-01-31   600     100  EUR
  R2          Ann          A        2026-02-10   1000    -    EUR
  R3          Ann          A        2026-03-10   -200    -    EUR`;
const spend = rows`
  day         category  amount  currency  channel
  2026-01-05  media     500     EUR       paid_search
  2026-03-05  media     100     EUR       email`;

test("open leads count at their remaining probability by stage and age, lost ones nothing", async () => {
  const { api, database, close } = await company(
    { lead, deal, stage_entry, revenue, spend },
    { now: "2026-03-22T12:00:00Z" },
  );
  // Deals: on day 10 B is lost, of 3; on day 30 A is won, of 1; H is open for 20 days. Leads without one: on day 0 H gets a
  // deal, of 9; on day 10 A and B do, of 7 (J is younger); on day 20 E is lost, of 5; on day 30 D pays, of 3.
  const found = await database.use((connection) =>
    connection.rows(
      raw(
        "SELECT stage, age_from, age_to, probability FROM outlook WHERE known_to IS NULL AND basis = 'revenue' ORDER BY ALL",
      ),
    ),
  );
  const outlook = found.map((row) => [
    row["stage"],
    Number(row["age_from"]),
    row["age_to"] == null ? null : Number(row["age_to"]),
    Number(row["probability"]),
  ]);
  const after20 = 1 / 3;
  const after10 = (4 / 5) * after20;
  const after0 = (2 / 7) * (2 / 3) + (5 / 7) * after10;
  const near = (p: number) => expect.closeTo(p, 10) as number;
  expect(outlook).toEqual([
    ["deal", 0, 10, near(2 / 3)],
    ["deal", 10, 30, 1],
    ["deal", 30, null, 0],
    ["lead", 0, 10, near(after0)],
    ["lead", 10, 20, near(after10)],
    ["lead", 20, 30, near(after20)],
    ["lead", 30, null, 0],
  ]);
  // Two customers brought 500 + 800: 650 each. H 1, I at 20 days, J at none; C and F at 80 days nothing.
  const answer = await api.ask({ ...roi, by: ["channel"], grain: "month" });
  const row = (channel: string, period: string) =>
    answer.rows.find((each) => each.key["channel"] === channel && each.period === period)?.parts;
  expect(row("paid_search", "2026-01-01")).toEqual({ revenue: 800, to_come: 0, costs: 500, leads: 3 });
  expect(row("paid_search", "2026-03-01")).toEqual({ revenue: 0, to_come: 650, costs: 0, leads: 1 });
  expect(row("email", "2026-01-01")).toEqual({ revenue: 500, to_come: 0, costs: 0, leads: 4 });
  const email = row("email", "2026-03-01");
  expect(email?.["to_come"]).toBeCloseTo(650 * (after20 + after0), 5);
  expect(answer.total.value).toBeCloseTo((1300 + 650 * (1 + after20 + after0) - 600) / 600, 6);
  close();
});

test("before anybody was won there is no average to expect, and no value", async () => {
  const { api, close } = await company(
    { lead: lead.slice(0, 3), spend, deal: deal.slice(1, 2) },
    { settings: { revenue: "bookings" } },
  );
  expect((await api.ask(roi)).total).toMatchObject({ value: null, flags: ["not-recorded"] });
  close();
});

test("the past is asked with what was expected then", async () => {
  const { api, load, at, close } = await company(
    { lead, deal, stage_entry, revenue, spend },
    { now: "2026-03-22T12:00:00Z" },
  );
  const then = await api.ask(roi);
  at("2026-04-22T12:00:00Z");
  await load({
    deal: rows`
    deal_id  lead_id  created_at            outcome  closed_at             amount  currency
    H1       H        2026-03-02T10:00:00Z  lost     2026-04-20T10:00:00Z  5000    EUR`,
  });
  expect((await api.ask(roi)).total.parts["to_come"]).not.toBe(then.total.parts["to_come"]);
  expect((await api.ask({ ...roi, asOf: "2026-03-23" })).total).toEqual(then.total);
  close();
});

test("where nothing is open, what is expected is what was realised", { timeout: 60_000 }, async () => {
  const property = fc.asyncProperty(companies, async (facts) => {
    const closed = facts.deal.map((each) =>
      each.outcome === "open" ? { ...each, outcome: "lost", closed_at: each.created_at } : each,
    );
    const rejected = facts.lead.map((each) => ({
      subject: "lead",
      subject_id: each.lead_id,
      stage: "over",
      entered_at: `${today}T20:00:00Z`,
      outcome: "rejected",
    }));
    const done = { ...facts, deal: closed, stage_entry: rejected } as unknown as Facts;
    const { api, close } = await company(done, {
      now: `${today}T23:00:00Z`,
      settings: { revenue: facts.revenue.length > 0 ? "cash" : "bookings" },
    });
    const whole = { ...roi, from: "2025-01-01", by: ["channel"] };
    const [expected, realised] = await Promise.all([
      api.ask(whole),
      api.ask({ ...whole, variant: "realised", clock: "cohort", window: 3660 }),
    ]);
    expect(expected.total.parts["to_come"]).toBe(0);
    for (const each of ["revenue", "costs"])
      expect(expected.total.parts[each]).toBeCloseTo(realised.total.parts[each] ?? Number.NaN, 4);
    const valued = (answer: typeof expected) =>
      Object.fromEntries(Object.entries(values(answer)).filter(([, value]) => value !== null));
    expect(valued(expected)).toEqual(valued(realised));
    close();
  });
  await fc.assert(property, { numRuns: 5, seed: 5, endOnFailure: true });
});
