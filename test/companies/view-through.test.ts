import * as fc from "fast-check";
import { expect, test } from "vitest";
import { company, rows, type Facts } from "../company.ts";
import { companies, today } from "../oracle/companies.ts";

// Ann clicked an ad in a search; Bea saw a banner and came by herself a week later; nobody knows how Cid came.
const facts = {
  lead: rows`
    lead_id  created_at            person_id  customer_id  self_reported_source
    L1       2026-03-01T10:00:00Z  P1         Ann          Google
    L2       2026-03-08T10:00:00Z  P2         Bea          A friend`,
  touch: rows`
    touch_id  occurred_at           kind        person_id  channel      campaign
    T1        2026-03-01T09:00:00Z  click       P1         paid_search  Brand
    T2        2026-03-01T09:00:00Z  impression  P2         display      Banner
    T3        2026-03-08T09:00:00Z  visit       P2         direct       -`,
  revenue: rows`
    revenue_id  customer_id  occurred_on  amount  currency
    R1          Ann          2026-03-10   1000    EUR
    R2          Bea          2026-03-10   500     EUR
    R3          Cid          2026-03-10   300     EUR`,
  spend: rows`
    day         category  amount  currency  channel      campaign  platform_conversions  platform_value
    2026-03-01  media     100     EUR       paid_search  Brand     2                     1200
    2026-03-01  media     50      EUR       display      Banner    9                     1400
    2026-03-01  media     5       EUR       paid_social  Lone      -                     -`,
};
const march = { from: "2026-03-01", to: "2026-04-01" };

test("from the clicks to a ceiling that shares what no click explains", async () => {
  const { api, close } = await company(facts);
  const found = await api.viewThrough(march);
  // 800 are unexplained: 500 of a direct visit, 300 of nothing. Search claims 200 more than its clicks, the banner 1,400: half of each.
  const row = { name: null, selfReported: 0 };
  // One person met it, 1 + 1.35 + 1.645 √(1 + 0.68) = 4.48 at the most; the lone ad nobody: 2.71 of 744, the usual one of 1,800² ÷ 1,340,000 people.
  const met = (amount: number) => expect.closeTo(4.482 * amount, -1);
  expect(found.rows).toEqual([
    {
      ...row,
      value: "paid_search",
      clicks: 1000,
      seen: 0,
      claimed: 1200,
      claimedConversions: 2,
      ceiling: 1100,
      caused: [0, met(1000)],
    },
    {
      ...row,
      value: "display",
      clicks: 0,
      seen: 500,
      claimed: 1400,
      claimedConversions: 9,
      ceiling: 700,
      caused: [0, met(500)],
    },
    {
      ...row,
      value: "paid_social",
      clicks: 0,
      seen: 0,
      claimed: null,
      claimedConversions: null,
      ceiling: 0,
      caused: [0, expect.closeTo(2014, 0)],
    },
  ]);
  expect(found).toMatchObject({
    revenue: 1800,
    elsewhere: 0,
    unexplained: { direct: 500, none: 300 },
    gap: 0,
    currency: "EUR",
  });
  expect(found.question).toEqual({ ...march, by: "channel", model: "last_non_direct" });
  expect(found.answers.toSorted((a, b) => ((a.answer ?? "") < (b.answer ?? "") ? -1 : 1))).toEqual([
    { answer: "A friend", channel: null, leads: 1 },
    { answer: "Google", channel: "organic_search", leads: 1 },
  ]);
  const campaigns = await api.viewThrough({ ...march, by: "campaign" });
  expect(campaigns.rows.map(({ value, clicks, ceiling }) => [value, clicks, ceiling])).toEqual([
    ["Brand", 1000, 1100],
    ["Banner", 0, 700],
    ["Lone", 0, 0],
  ]);
  close();
});

test("without claims or impressions the ceiling is the floor, and the answer says so", async () => {
  const { api, close } = await company({
    ...facts,
    touch: facts.touch.filter(({ kind }) => kind !== "impression"),
    spend: [],
  });
  const found = await api.viewThrough(march);
  expect(found.rows.map(({ value, clicks, ceiling }) => [value, clicks, ceiling])).toEqual([
    ["paid_search", 1000, 1000],
  ]);
  expect(found.gap).toBe(800);
  expect(found.warnings.map(({ code }) => code)).toContain("no-impressions");
  close();
});

test(
  "in any company the ceilings, what is elsewhere and the gap come to the revenue",
  { timeout: 60_000 },
  async () => {
    const property = fc.asyncProperty(companies, fc.constantFrom("channel", "campaign"), async (some, by) => {
      const claimed = some.spend.map((row, i) => ({
        ...row,
        platform_conversions: i % 3,
        platform_value: (i % 3) * 400,
      }));
      const revenue = some.revenue.map((row) => ({ ...row, amount: Math.abs(row.amount), tax: 0, kind: null }));
      const { api, close } = await company({ ...some, spend: claimed, revenue } as unknown as Facts, {
        now: `${today}T12:00:00Z`,
      });
      const found = await api.viewThrough({ by, from: "2025-12-01", to: "2026-08-01", model: "linear" });
      for (const { clicks, ceiling } of found.rows) {
        expect(clicks).toBeGreaterThanOrEqual(0);
        expect(ceiling).toBeGreaterThanOrEqual(clicks);
      }
      const ceilings = found.rows.reduce((sum, row) => sum + row.ceiling, 0);
      expect(ceilings).toBeLessThanOrEqual(found.revenue + 1e-3);
      expect(ceilings + found.elsewhere + found.gap).toBeCloseTo(found.revenue, 2);
      close();
    });
    await fc.assert(property, { numRuns: 3, seed: 9, endOnFailure: true });
  },
);
