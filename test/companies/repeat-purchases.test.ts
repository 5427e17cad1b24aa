import * as fc from "fast-check";
import { expect, test } from "vitest";
import { company, contentOf, rows, values, type FactRow } from "../company.ts";

const shop = (days = 30) => ({ settings: { retention: { inactivity_days: days } } });
const months = { grain: "month", from: "2026-01-01", to: "2026-06-01" } as const;

/**
 * Thirty days without a purchase, the last one recorded on 31 May. A bought on 10 Jan and 5 Feb, and is lost on 7 Mar. B bought
 * on 20 Jan, is lost on 19 Feb, and comes back on 12 Apr until 12 May. C buys on 20 May and D on 31 May: neither has had its time.
 */
const purchases = rows`
  revenue_id  customer_id  occurred_on  amount  currency  kind  refund_of
  a1          A            2026-01-10   100     EUR       new   -
  a2          A            2026-02-05   50      EUR       -     -
  b1          B            2026-01-20   40      EUR       new   -
  b2          B            2026-04-12   60      EUR       -     -
  c1          C            2026-05-20   10      EUR       new   -
  d1          D            2026-05-31   10      EUR       new   -`;

const ask = async (facts: Readonly<Record<string, readonly FactRow[]>>, variant: string, spec = shop()) => {
  const one = await company(facts, spec);
  const answer = await one.api.ask({ indicator: "customer-retention", variant, ...months });
  one.close();
  return answer;
};

test("who bought within the days is a customer, is lost when they have run out, and is not new on coming back (T17)", async () => {
  const one = await company({ revenue: purchases }, shop());
  const active = await one.api.ask({ indicator: "customers", variant: "active", ...months });
  // End of January: A and B. February: A. March: nobody. April: B again. May: C and D.
  expect(values(active)).toEqual({
    "2026-01-01": 2,
    "2026-02-01": 1,
    "2026-03-01": 0,
    "2026-04-01": 1,
    "2026-05-01": 2,
  });
  const logo = await one.api.ask({ indicator: "customer-retention", ...months });
  expect(values(logo)).toEqual({
    "2026-01-01": null,
    "2026-02-01": 0.5,
    "2026-03-01": 0,
    "2026-04-01": null,
    "2026-05-01": 0,
  });
  const won = await one.api.ask({ indicator: "customers", variant: "new", ...months });
  expect(won.total.value).toBe(4);
  one.close();
});

test("the end of the data loses nobody: who has not had the days yet is still a customer, months later too", async () => {
  const one = await company({ revenue: purchases }, shop());
  const later = { grain: "month", from: "2026-06-01", to: "2026-11-01" } as const;
  const logo = await one.api.ask({ indicator: "customer-retention", ...later });
  expect(values(logo)).toEqual({
    "2026-06-01": 1,
    "2026-07-01": 1,
    "2026-08-01": 1,
    "2026-09-01": 1,
    "2026-10-01": 1,
  });
  // As soon as a later day is recorded, C and D have had theirs.
  await one.load({
    revenue: rows`
      revenue_id  customer_id  occurred_on  amount  currency
      e1          E            2026-07-15   10      EUR`,
  });
  expect(values(await one.api.ask({ indicator: "customer-retention", ...later }))).toEqual({
    "2026-06-01": 0,
    "2026-07-01": null,
    "2026-08-01": 1,
    "2026-09-01": 1,
    "2026-10-01": 1,
  });
  one.close();
});

test("gross and net retention compare what was bought within the days before the start and before the end", async () => {
  const facts = {
    revenue: rows`
      revenue_id  customer_id  occurred_on  amount  currency
      a1          A            2026-01-25   100     EUR
      a2          A            2026-02-20   70      EUR
      b1          B            2026-01-10   50      EUR
      b2          B            2026-02-05   80      EUR
      c1          C            2026-02-10   500     EUR
      z1          Z            2026-04-30   1       EUR`,
  };
  // On 1 Feb A holds 100 and B 50; on 1 Mar 70 and 80. C is new in between.
  const gross = await ask(facts, "gross-revenue");
  expect(gross.rows.find(({ period }) => period === "2026-02-01")).toMatchObject({
    value: 120 / 150,
    parts: { kept: 120, revenue_at_start: 150, at_start: 2 },
  });
  const net = await ask(facts, "net-revenue");
  expect(net.rows.find(({ period }) => period === "2026-02-01")).toMatchObject({
    value: 1,
    parts: { retained_revenue: 150, revenue_at_start: 150 },
  });
});

test("a refund takes away from its sale from its own day on, and is no lost customer (T16)", async () => {
  const facts = {
    revenue: rows`
      revenue_id  customer_id  occurred_on  amount  currency  kind         refund_of
      a1          A            2026-01-25   100     EUR       new          -
      a2          A            2026-02-12   -30     EUR       refund       a1
      b1          B            2026-01-28   100     EUR       new          -
      b2          B            2026-02-10   -100    EUR       refund       b1
      c1          C            2026-01-30   20      EUR       new          -
      c2          C            2026-02-15   -5      EUR       credit_note  -
      z1          Z            2026-04-30   1       EUR       new          -`,
  };
  const spec = shop(45);
  const february = (answer: Awaited<ReturnType<typeof ask>>) =>
    answer.rows.find(({ period }) => period === "2026-02-01");
  expect(february(await ask(facts, "logo", spec))).toMatchObject({ value: 1, parts: { retained: 3, at_start: 3 } });
  // January stays 220, whatever was refunded later; of it 70, 0 and 15 are left at the end of February.
  expect(february(await ask(facts, "gross-revenue", spec))).toMatchObject({
    parts: { kept: 85, revenue_at_start: 220 },
  });
});

test("contracts say who is a customer where there are any, unless the settings say purchases", async () => {
  const facts = {
    revenue: purchases,
    subscription_change: rows`
      customer_id  occurred_on  kind   mrr_after  currency
      S            2026-01-01   start  10         EUR`,
  };
  const may = { indicator: "customers", variant: "active", from: "2026-05-01", to: "2026-06-01" };
  const [contracts, bought] = [
    await company(facts, shop()),
    await company(facts, { settings: { retention: { by: "purchases", inactivity_days: 30 } } }),
  ];
  expect((await contracts.api.ask(may)).total.value).toBe(1);
  expect((await bought.api.ask(may)).total.value).toBe(2);
  expect((await bought.api.ask({ ...may, indicator: "mrr", variant: "end" })).total.value).toBe(10);
  contracts.close();
  bought.close();
});

test("each amount is converted at the rate of its own sale (T20), and retention opens into those sales", async () => {
  const one = await company(
    {
      revenue: rows`
        revenue_id  customer_id  occurred_on  amount  currency
        a1          A            2026-01-10   100     USD
        a2          A            2026-01-20   100     USD
        z1          Z            2026-03-01   1       EUR`,
      rate: rows`
        day         currency  rate
        2026-01-10  USD       0.9
        2026-01-20  USD       0.8`,
    },
    shop(),
  );
  const february = { from: "2026-02-01", to: "2026-03-01" };
  const question = { indicator: "customer-retention", variant: "gross-revenue", ...february };
  expect((await one.api.ask(question)).total.parts).toMatchObject({ revenue_at_start: 170, kept: 0 });
  const { parts } = await one.api.explain({ question });
  expect(parts.find(({ id }) => id === "at_start")?.rows.map((row) => row["customer_id"])).toEqual(["A"]);
  one.close();
});

test("what is retained adds up, and does not depend on the order of the loads", async () => {
  const day = fc.nat({ max: 200 }).map((nth) => new Date(Date.UTC(2026, 0, 1 + nth)).toISOString().slice(0, 10));
  const sale = fc.record({
    customer_id: fc.constantFrom("A", "B", "C", "D"),
    occurred_on: day,
    amount: fc.integer({ min: -500, max: 2000 }),
    product: fc.constantFrom("CRM", null),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(sale, { minLength: 2, maxLength: 20 }),
      fc.integer({ min: 5, max: 60 }),
      async (all, days) => {
        const revenue = all.map((each, i) => ({ ...each, revenue_id: `r${i}`, currency: "EUR" }));
        const [whole, pieces] = [await company({ revenue }, shop(days)), await company({}, shop(days))];
        const half = Math.ceil(revenue.length / 2);
        for (const each of [revenue.slice(half), revenue.slice(0, half)])
          await pieces.load({ revenue: each.toReversed() });
        const stored = (one: typeof whole) => one.database.use((connection) => contentOf(connection, "tenure"));
        expect(await stored(pieces)).toEqual(await stored(whole));
        const asked = { indicator: "customer-retention", variant: "gross-revenue", ...months };
        for (const { parts, value } of (await whole.api.ask(asked)).rows) {
          expect(parts["kept"] ?? 0).toBeLessThanOrEqual(parts["revenue_at_start"] ?? 0);
          expect(value ?? 0).toBeLessThanOrEqual(1);
        }
        whole.close();
        pieces.close();
      },
    ),
    { seed: 25, numRuns: 4 },
  );
});
