import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { BridgeMonth, Retention } from "../../src/contract/retention.ts";
import { company, rows, type FactRow } from "../company.ts";

/** Ten of each, so that there are enough to draw a curve of. */
const tenOf = (all: readonly FactRow[]): FactRow[] =>
  all.flatMap((row) => Array.from({ length: 10 }, (_, i) => ({ ...row, customer_id: `${row["customer_id"]}${i}` })));

/**
 * A grows and leaves, B shrinks, C leaves within its first month and comes back in April, D stays, E was a customer before
 * anything was recorded, and F begins on 15 May, the last day of all.
 */
const changes = tenOf(rows`
  customer_id  occurred_on  kind          mrr_after  currency  reason
  A            2026-01-10   start         100        EUR       -
  A            2026-02-15   expansion     150        EUR       -
  A            2026-04-05   churn         0          EUR       Price
  B            2026-01-20   start         50         EUR       -
  B            2026-03-10   contraction   30         EUR       -
  C            2026-02-01   start         40         EUR       -
  C            2026-02-20   churn         0          EUR       -
  C            2026-04-10   reactivation  60         EUR       -
  D            2026-03-31   start         20         EUR       -
  E            2026-02-05   expansion     500        EUR       -
  F            2026-05-15   start         10         EUR       -`);

const customers = tenOf(rows`
  customer_id  segment  name
  A            small    Ana
  B            large    Berta
  C            small    Carla
  D            large    Dora
  E            large    Eva
  F            large    Flor`);

const asked = { by: "segment", from: "2026-01-01", to: "2026-06-01" };

async function followed(): Promise<Retention> {
  const one = await company({ subscription_change: changes, customer: customers });
  const found = await one.api.retention(asked);
  one.close();
  return found;
}

const brief = ({ month, opening, closing, ...moved }: BridgeMonth) => [
  month,
  opening.amount,
  ...["new", "reactivation", "expansion", "contraction", "churn"].map((each) => moved[each as "new"].amount),
  closing.amount,
  closing.customers,
];

test("each month's bridge: who left and came back within it moved nothing, and who comes back later is not new (T17)", async () => {
  const { months } = await followed();
  expect(months.map(brief)).toEqual([
    ["2026-01-01", 0, 1500, 0, 0, 0, 0, 1500, 20],
    ["2026-02-01", 1500, 0, 5000, 500, 0, 0, 7000, 30],
    ["2026-03-01", 7000, 200, 0, 0, 200, 0, 7000, 40],
    ["2026-04-01", 7000, 0, 600, 0, 0, 1500, 6100, 40],
    ["2026-05-01", 6100, 100, 0, 0, 0, 0, 6200, 50],
  ]);
  expect(months.map(({ incomplete }) => incomplete)).toEqual([false, false, false, false, true]);
});

test("cohorts are of who began in a month; a month that is not over has no cell, and nobody's cell is 0 for want of time", async () => {
  const { cohorts } = await followed();
  const cells = cohorts.map(({ month, customers: began, cells: all }) => [
    month,
    began,
    ...all.map((each) => each && [each.customers, each.amount]),
  ]);
  expect(cells).toEqual([
    ["2026-01-01", 20, [20, 1500], [20, 2000], [20, 1800], [10, 300], null],
    ["2026-02-01", 10, [0, 0], [0, 0], [10, 600], null],
    ["2026-03-01", 10, [10, 200], [10, 200], null],
    ["2026-05-01", 10, null],
  ]);
});

test("survival is Kaplan and Meier's: three quarters after a month, three eighths after three", async () => {
  const { survival } = await followed();
  // C leaves after 19 days, when 40 are followed; A after 85, when 20 are. F began on the last day.
  expect(survival.map(({ month, share, atRisk }) => [month, share, atRisk])).toEqual([
    [0, 1, 50],
    [1, 0.75, 30],
    [2, 0.75, 20],
    [3, 0.375, 10],
  ]);
});

test("as a number: of fifty, ten left within 30 days, and a quarter of the ten that began on the last day will", async () => {
  const one = await company({ subscription_change: changes, customer: customers });
  const question = { indicator: "customer-retention", variant: "survival", from: "2026-01-01", to: "2026-06-01" };
  const { total } = await one.api.ask({ ...question, window: 30 });
  expect(total).toMatchObject({ value: 0.75, observed: 0.8, n: 50, parts: { left: 10, began: 50 } });
  const [low = 1, high = 0] = total.interval ?? [];
  expect(low).toBeLessThan(0.75);
  expect(high).toBeGreaterThan(0.75);
  // Nobody was followed for a year yet.
  const year = await one.api.ask(question);
  expect(year.total).toMatchObject({ value: null, flags: ["not-enough-data", "immature"] });
  const { curve } = await one.api.explain({ question: { ...question, window: 30 } });
  expect(curve?.points.at(-1)).toMatchObject({ age: 30, value: 0.75 });
  one.close();
});

test("who left is told with what is lost and why; who is back is not among them", async () => {
  const { lost, reasons, groups, worst } = await followed();
  expect(lost).toHaveLength(10);
  expect(lost[0]).toMatchObject({ name: "Ana", group: "small", began: "2026-01-10", left: "2026-04-05", amount: 150 });
  expect(reasons).toEqual([{ reason: "Price", customers: 10, amount: 1500 }]);
  const told = groups.map(({ name, customerMonths, lost: left, churn }) => [name, customerMonths, left, churn]);
  // At the starts of February to April: B and E, B, D and E; A.
  expect(told).toEqual([
    ["large", 60, 0, 0],
    ["small", 30, 10, 1 / 3],
  ]);
  expect(worst).toBe(null);
});

test("without contracts, purchases move the stock; the sum of a customer's purchases is what is lost with it", async () => {
  const settings = { retention: { inactivity_days: 30 } };
  const revenue = rows`
    revenue_id  customer_id  occurred_on  amount  currency
    a1          A            2026-01-10   100     EUR
    a2          A            2026-02-05   50      EUR
    b1          B            2026-01-20   40      EUR
    b2          B            2026-04-12   60      EUR
    d1          D            2026-05-31   10      EUR`;
  const one = await company({ revenue }, { settings });
  const found = await one.api.retention(asked);
  expect([found.customersBy, found.inactivityDays, found.observedTo]).toEqual(["purchases", 30, "2026-05-31"]);
  expect(found.months.map(brief)).toEqual([
    ["2026-01-01", 0, 140, 0, 0, 0, 0, 140, 2],
    ["2026-02-01", 140, 0, 0, 0, 50, 40, 50, 1],
    ["2026-03-01", 50, 0, 0, 0, 0, 50, 0, 0],
    ["2026-04-01", 0, 0, 60, 0, 0, 0, 60, 1],
    ["2026-05-01", 60, 10, 0, 0, 0, 60, 10, 1],
  ]);
  expect(found.lost.map(({ customer, left, amount }) => [customer, left, amount])).toEqual([
    ["A", "2026-03-07", 150],
    ["B", "2026-05-12", 100],
  ]);
  one.close();
});

test("without either, nothing is made up", async () => {
  const one = await company({
    lead: rows`
    lead_id  created_at
    L1       2026-05-01`,
  });
  const found = await one.api.retention({});
  expect(found.customersBy).toBe(null);
  expect([found.survival, found.groups, found.lost, found.cohorts]).toEqual([[], [], [], []]);
  expect(found.year).toMatchObject({ logo: null, gross: null, net: null });
  one.close();
});

test("a bridge closes for any history, on the MRR of the indicator, and does not depend on the order of the loads", async () => {
  const day = fc.nat({ max: 200 }).map((nth) => new Date(Date.UTC(2026, 0, 1 + nth)).toISOString().slice(0, 10));
  const kind = fc.constantFrom("start", "expansion", "contraction", "churn", "reactivation", "pause");
  const change = fc.record({
    customer_id: fc.constantFrom("A", "B", "C", "D"),
    occurred_on: day,
    kind,
    cents: fc.integer({ min: 1, max: 90_000 }),
    product: fc.constantFrom("CRM", null),
  });
  const key = (each: { customer_id: string; product: string | null; occurred_on: string; kind: string }) =>
    `${each.customer_id} ${each.product} ${each.occurred_on} ${each.kind}`;
  const histories = fc.uniqueArray(change, { minLength: 3, maxLength: 25, selector: key });
  const question = { from: "2026-01-01", to: "2026-08-01" };
  await fc.assert(
    fc.asyncProperty(histories, async (all) => {
      const history = all.map(({ cents, ...each }) => ({
        ...each,
        currency: "EUR",
        mrr_after: each.kind === "churn" || each.kind === "pause" ? 0 : cents / 100,
      }));
      const [whole, pieces] = [await company({ subscription_change: history }), await company({})];
      const half = Math.ceil(history.length / 2);
      for (const each of [history.slice(half), history.slice(0, half)])
        await pieces.load({ subscription_change: each });
      const { took_ms: _, freshness: __, ...found } = await whole.api.retention({ ...question, by: "product" });
      expect(await pieces.api.retention({ ...question, by: "product" })).toMatchObject(found);
      const cents = (amount: number) => Math.round(amount * 100);
      const mrr = await whole.api.ask({ indicator: "mrr", grain: "month", ...question });
      for (const { month, opening, new: fresh, reactivation, expansion, contraction, churn, closing } of found.months) {
        const gained = [opening, fresh, reactivation, expansion].reduce((sum, { amount }) => sum + cents(amount), 0);
        expect(gained - cents(contraction.amount) - cents(churn.amount)).toBe(cents(closing.amount));
        const there = opening.customers + fresh.customers + reactivation.customers - churn.customers;
        expect(there).toBe(closing.customers);
        expect(cents(closing.amount)).toBe(cents(mrr.rows.find(({ period }) => period === month)?.value ?? 0));
      }
      whole.close();
      pieces.close();
    }),
    { seed: 26, numRuns: 4 },
  );
});
