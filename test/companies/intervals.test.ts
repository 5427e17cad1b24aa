import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Answer } from "../../src/contract/answer.ts";
import type { Question } from "../../src/contract/question.ts";
import { company, rows, times, type Company } from "../company.ts";

let one: Company;
beforeAll(async () => {
  one = await company(
    {
      spend: rows`
        day         category  amount  currency  channel
        2026-05-02  media     600     EUR       paid_search
        2026-05-03  media     400     EUR       display`,
      lead: times(10, (nth) => ({
        lead_id: `L${nth}`,
        created_at: "2026-05-04T10:00:00Z",
        channel: nth <= 6 ? "paid_search" : "display",
      })),
      stage_entry: times(4, (nth) => ({
        subject: "lead",
        subject_id: `L${nth}`,
        stage: "mql",
        entered_at: "2026-05-08T10:00:00Z",
      })),
      deal: [
        ...times(3, (nth) => ({
          deal_id: `W${nth}`,
          created_at: "2026-04-01T10:00:00Z",
          closed_at: `2026-05-0${nth}T10:00:00Z`,
          outcome: "won",
          amount: 100 * nth,
          currency: "EUR",
          rep: nth === 1 ? "Ana" : "Berta",
        })),
        ...times(2, (nth) => ({
          deal_id: `X${nth}`,
          created_at: "2026-04-01T10:00:00Z",
          closed_at: "2026-05-09T10:00:00Z",
          outcome: "lost",
          amount: 200,
          currency: "EUR",
          rep: "Ana",
        })),
        ...times(10, (nth) => ({
          deal_id: `J${nth}`,
          created_at: "2026-06-01T10:00:00Z",
          closed_at: `2026-06-${String(nth + 1).padStart(2, "0")}T10:00:00Z`,
          outcome: "won",
          amount: 1,
          currency: "EUR",
          rep: "Ana",
        })),
      ],
      revenue: [
        ...times(3, (nth) => ({
          revenue_id: `R${nth}`,
          customer_id: `C${nth}`,
          occurred_on: "2026-05-06",
          amount: 100 * nth,
          currency: "EUR",
          kind: "new",
          channel: nth === 3 ? "display" : "paid_search",
        })),
      ],
      subscription_change: rows`
        customer_id  occurred_on  kind         mrr_after  currency
        Acme         2026-03-10   start        100        EUR
        Acme         2026-05-10   expansion    130        EUR
        Bolt         2026-03-20   start        80         EUR
        Bolt         2026-05-20   churn        0          EUR
        Cima         2026-03-05   start        20         EUR
        Cima         2026-05-05   contraction  10         EUR`,
    },
    { settings: { gross_margin: 0.5 } },
  );
});
afterAll(() => one.close());

const may = { from: "2026-05-01", to: "2026-06-01" } as const;
const ask = (indicator: string, variant: string, more: Partial<Question> = {}): Promise<Answer> =>
  one.api.ask({ indicator, variant, ...may, ...more });
const interval = async (indicator: string, variant: string, more: Partial<Question> = {}) =>
  (await ask(indicator, variant, more)).total.interval;

/** How far the ends of two intervals are apart at most. */
const apart = (found: readonly [number, number] | null, wanted: readonly [number, number]): number =>
  found === null ? Infinity : Math.max(Math.abs(found[0] - wanted[0]), Math.abs(found[1] - wanted[1]));

const z = 1.2815515655446004;
/** value × exp(± z × relative error) */
const aroundLog = (value: number, relative: number): [number, number] => [
  value / Math.exp(z * relative),
  value * Math.exp(z * relative),
];

describe("80 % intervals, worked by hand", () => {
  test("a count: 10 leads, 10.8212 ± 4.1350", async () => {
    expect(apart(await interval("leads", "all"), [6.6862, 14.9562])).toBeLessThan(0.0005);
  });

  test("cost per lead: 1,000 for 10 leads, 1,000 ÷ each end of the leads", async () => {
    expect(apart(await interval("cost-per-lead", "blended"), [66.862, 149.5617])).toBeLessThan(0.0005);
  });

  test("revenue of 100, 200 and 300: Σx² = 140,000, so the error is 62.4 % of the sum", async () => {
    expect(apart(await interval("sales-revenue", "net"), aroundLog(600, Math.sqrt(140_000) / 600))).toBeLessThan(
      0.0005,
    );
  });

  test("revenue per unit of media 0.6, of marketing cost 0.6: the same error, the cost has none", async () => {
    const ends = aroundLog(0.6, Math.sqrt(140_000) / 600);
    expect(apart(await interval("marketing-roi", "roas"), ends)).toBeLessThan(0.0005);
    expect(apart(await interval("marketing-roi", "mer"), ends)).toBeLessThan(0.0005);
  });

  test("return 600 × 0.5 − 1,000 over 1,000 = −70 %: the ends of the revenue, carried through the formula", async () => {
    const [low, high] = aroundLog(600, Math.sqrt(140_000) / 600);
    expect(
      apart(await interval("marketing-roi", "realised"), [(low * 0.5 - 1000) / 1000, (high * 0.5 - 1000) / 1000]),
    ).toBeLessThan(0.0005);
  });

  test("average deal of 100, 200, 300: Σ(x − 200)² ÷ 3² = 2,222, which is 23.6 % of it", async () => {
    expect(
      apart(await interval("average-deal-value", "won"), aroundLog(200, Math.sqrt(20_000 / 9) / 200)),
    ).toBeLessThan(0.0005);
  });

  test("value won: 600 of 1,000; seen 240,000 × … and by size 220,000 ÷ 1,000²", async () => {
    // Σy² = Σyx = 140,000, Σx² = 220,000, p = 0.6: V = (140,000 − 168,000 + 79,200) ÷ 10⁶ = 0.0512; V ÷ 0.24 = 0.21333.
    // 1 ÷ n* = (0.21333 + 0.22) ÷ 2, n* = 4.61538: Wilson's of 0.6 of so many.
    const n = 4.615384615;
    const centre = (0.6 + (z * z) / (2 * n)) / (1 + (z * z) / n);
    const half = (z * Math.sqrt(0.24 / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
    expect(apart(await interval("win-ratio", "closed-value"), [centre - half, centre + half])).toBeLessThan(0.0005);
  });

  test("net retention of 100 → 130, 80 → 0, 20 → 10: 140 ÷ 200, by the ratio of sums", async () => {
    // Σy² = 17,000, Σyx = 13,200, Σx² = 16,800, p = 0.7: V = (17,000 − 18,480 + 8,232) ÷ 200² = 0.1688.
    expect(
      apart(await interval("customer-retention", "net-revenue"), aroundLog(0.7, Math.sqrt(0.1688) / 0.7)),
    ).toBeLessThan(0.0005);
  });

  test("gross retention 110 ÷ 200 stays within 0 and 1", async () => {
    const [low = 0, high = 0] = (await interval("customer-retention", "gross-revenue")) ?? [];
    expect(low).toBeGreaterThan(0.1);
    expect(high).toBeLessThan(0.95);
  });

  test("churn is retention from the other side", async () => {
    const [low = 0, high = 0] = (await interval("customer-retention", "logo")) ?? [];
    expect(apart(await interval("customer-retention", "churn"), [1 - high, 1 - low])).toBeLessThan(0.0005);
  });

  test("median of 1 to 10 days", async () => {
    expect(
      apart(await interval("sales-cycle-days", "median", { from: "2026-06-01", to: "2026-07-01" }), [3.59531, 7.40469]),
    ).toBeLessThan(0.0005);
  });

  test("MQLs of a period beside leads of a period are two counts: 4 and 10", async () => {
    // Wilson's of 4 of 14 at 80 %, each end π turned into π ÷ (1 − π).
    const centre = (4 / 14 + (z * z) / 28) / (1 + (z * z) / 14);
    const half = (z * Math.sqrt(((4 / 14) * (10 / 14)) / 14 + (z * z) / 784)) / (1 + (z * z) / 14);
    expect(
      apart(await interval("marketing-qualified-leads", "rate", { clock: "period" }), [
        (centre - half) / (1 - centre + half),
        (centre + half) / (1 - centre - half),
      ]),
    ).toBeLessThan(0.0005);
  });

  test("what was decided, and what is held, has none", async () => {
    expect(await interval("spend", "all")).toBeNull();
    expect(await interval("mrr", "end")).toBeNull();
    expect(await interval("customers", "active")).toBeNull();
    expect(await interval("pipeline-value", "open")).toBeNull();
    expect(await interval("lifetime-value", "to-date")).toBeNull();
  });
});

test.each([
  ["sales-revenue", "net", "channel"],
  ["average-deal-value", "won", "rep"],
  ["win-ratio", "closed-value", "rep"],
  ["marketing-roi", "realised", "channel"],
  ["cost-per-lead", "blended", "channel"],
])("%s %s by %s: the total's interval is that of the total alone", async (indicator, variant, by) => {
  expect(
    apart((await ask(indicator, variant, { by: [by] })).total.interval, (await interval(indicator, variant)) ?? [0, 0]),
  ).toBeLessThan(0.0005);
});

test.each([
  ["leads", "all"],
  ["cost-per-lead", "blended"],
  ["sales-revenue", "net"],
  ["win-ratio", "closed"],
  ["win-ratio", "closed-value"],
  ["customer-retention", "net-revenue"],
])("%s %s: a higher level is wider, a lower one narrower", async (indicator, variant) => {
  const widths = await Promise.all(
    [0.5, 0.8, 0.95].map(async (level) => {
      const [low = 0, high = 0] = (await interval(indicator, variant, { interval: level })) ?? [];
      return high - low;
    }),
  );
  expect(widths).toEqual(widths.toSorted((a, b) => a - b));
  expect(new Set(widths).size).toBe(3);
});

test("few rows are flagged where something is divided, and not where it is counted or added up", async () => {
  const flags = async (indicator: string, variant: string, more: Partial<Question> = {}) =>
    (await ask(indicator, variant, more)).total.flags;
  expect(await flags("cost-per-lead", "blended")).toContain("small-n");
  expect(await flags("average-deal-value", "won")).toContain("small-n");
  expect(await flags("sales-cycle-days", "median")).toContain("small-n");
  expect(await flags("win-ratio", "closed")).toContain("small-n");
  expect(await flags("leads", "all")).not.toContain("small-n");
  expect(await flags("sales-revenue", "net")).not.toContain("small-n");
});
