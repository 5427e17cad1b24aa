import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ExplainRequest } from "../../src/contract/api.ts";
import type { Why } from "../../src/contract/why.ts";
import { dice } from "../oracle/questions.ts";
import { company, rows, times, type Company, type FactRow } from "../company.ts";

const june = { from: "2026-06-01", to: "2026-07-01", compare: "previous" } as const;

const closed = (id: string, rep: string, on: string, outcome: "won" | "lost", rest: FactRow = {}): FactRow => ({
  deal_id: `${id} ${rep} ${on}`,
  created_at: "2026-01-10T10:00:00Z",
  closed_at: `${on}T10:00:00Z`,
  outcome,
  rep,
  amount: 100,
  currency: "EUR",
  ...rest,
});

const many = (count: number, rep: string, on: string, outcome: "won" | "lost", rest: FactRow = {}): FactRow[] =>
  times(count, (nth) => closed(`${outcome}${nth}`, rep, on, outcome, rest));

async function whyOf({ api }: Company, request: ExplainRequest): Promise<Why> {
  const { why } = await api.explain({ limit: 0, ...request });
  if (why === null) throw new Error("it did not say why");
  return why;
}

const shortly = ({ contributions }: Why) =>
  contributions.map(({ key, rate, mix, volume }) => [
    key,
    ...[rate, mix, volume].map((each) => Number(each.toFixed(6))),
  ]);

/** Ana wins 8 of 10 and then 9 of 10; Berta 2 of 10 and then 6 of 30. */
const sellers = [
  ...many(8, "Ana", "2026-05-10", "won"),
  ...many(2, "Ana", "2026-05-11", "lost"),
  ...many(2, "Berta", "2026-05-10", "won"),
  ...many(8, "Berta", "2026-05-11", "lost"),
  ...many(9, "Ana", "2026-06-10", "won"),
  ...many(1, "Ana", "2026-06-11", "lost"),
  ...many(6, "Berta", "2026-06-10", "won"),
  ...many(24, "Berta", "2026-06-11", "lost"),
];

test("a win ratio falls although nobody sells worse: the mix explains it", async () => {
  const one = await company({ deal: sellers });
  const question = { indicator: "win-ratio", variant: "closed", ...june };
  const why = await whyOf(one, { question, over: "rep" });
  expect(why).toMatchObject({ by: "rep", before: { value: 0.5 }, after: { value: 0.375 }, difference: -0.125 });
  expect(shortly(why)).toEqual([
    ["Ana", 0.0375, -0.103125, 0],
    ["Berta", 0, -0.059375, 0],
  ]);
  expect(why.rate + why.mix + why.volume + why.remainder).toBeCloseTo(-0.125, 12);
  expect(why.remainder).toBe(0);
  expect(why.certain).toBe(false);
  expect(why.contributions.map((each) => each.n)).toEqual([
    [10, 10],
    [10, 30],
  ]);
  one.close();
});

test("a part drilled into splits that segment's own difference", async () => {
  const one = await company({ deal: sellers.map((deal, i) => ({ ...deal, product: i % 3 === 0 ? "CRM" : "Mail" })) });
  const question = { indicator: "win-ratio", variant: "closed", ...june };
  const whole = await whyOf(one, { question, over: "rep" });
  const ana = whole.contributions.find((each) => each.key === "Ana");
  const drilled = await whyOf(one, { question: { ...question, where: { rep: ["Ana"] } }, over: "product" });
  expect(drilled.difference).toBeCloseTo((ana?.after ?? 0) - (ana?.before ?? 0), 12);
  const averageShare = (10 / 20 + 10 / 40) / 2;
  expect(drilled.total * averageShare).toBeCloseTo(ana?.rate ?? 0, 12);
  const opened = await whyOf(one, { question: { ...question, by: ["rep"] }, key: { rep: "Ana" }, over: "product" });
  expect(opened.contributions).toEqual(drilled.contributions);
  one.close();
});

test("revenue splits into how many, how much each and who: 10 sales at 20 become 12 at 30", async () => {
  const one = await company(
    {
      deal: [
        ...many(10, "Ana", "2026-05-10", "won", { amount: 20 }),
        ...many(12, "Ana", "2026-06-10", "won", { amount: 30 }),
      ],
    },
    { settings: { revenue: "bookings" } },
  );
  const why = await whyOf(one, { question: { indicator: "sales-revenue", ...june }, over: "rep" });
  expect(why).toMatchObject({ difference: 160, volume: 50, rate: 110, mix: 0, total: 160, remainder: 0 });
  one.close();
});

test("return on marketing splits by channel like the ratio that it is", async () => {
  const one = await company(
    {
      spend: rows`
        day         category  amount  currency  channel
        2026-05-02  media     100     EUR       paid_search
        2026-05-02  media     100     EUR       display
        2026-06-02  media     300     EUR       paid_search
        2026-06-02  media     100     EUR       display`,
      revenue: rows`
        revenue_id  customer_id  occurred_on  amount  currency  channel
        R1          C1           2026-05-20   400     EUR       paid_search
        R2          C2           2026-06-20   900     EUR       paid_search`,
    },
    { settings: { gross_margin: 0.5, revenue: "cash" } },
  );
  const why = await whyOf(one, { question: { indicator: "marketing-roi", ...june } });
  expect(why.by).toBe("channel");
  expect([why.before.value, why.after.value]).toEqual([0, 0.125]);
  expect(shortly(why)).toEqual([
    ["display", 0, 0.265625, 0],
    ["paid_search", -0.3125, 0.171875, 0],
  ]);
  expect(why.total).toBeCloseTo(0.125, 12);
  one.close();
});

test("spend that brought nothing, and the segment without a name, are part of the sum", async () => {
  const one = await company({
    spend: rows`
      day         category  amount  currency  channel
      2026-05-02  media     100     EUR       email
      2026-06-02  media     100     EUR       email
      2026-06-02  media     50      EUR       display`,
    lead: [
      ...times(10, (nth) => ({ lead_id: `M${nth}`, created_at: "2026-05-10T10:00:00Z", channel: "email" })),
      ...times(10, (nth) => ({ lead_id: `J${nth}`, created_at: "2026-06-10T10:00:00Z", channel: "email" })),
      ...times(15, (nth) => ({ lead_id: `N${nth}`, created_at: "2026-06-10T10:00:00Z" })),
    ],
  });
  const why = await whyOf(one, { question: { indicator: "cost-per-lead", variant: "blended", ...june } });
  expect(why.difference).toBe(-4);
  expect(shortly(why)).toEqual([
    [null, 0, -4.8, 0],
    ["display", 2, 0, 0],
    ["email", 0, -1.2, 0],
  ]);
  one.close();
});

test("two filters of one period are held against each other with versus, and never split by what tells them apart", async () => {
  const one = await company({ deal: sellers.map((deal, i) => ({ ...deal, product: i % 3 === 0 ? "CRM" : "Mail" })) });
  const question = { indicator: "win-ratio", variant: "closed", from: "2026-06-01", to: "2026-07-01" };
  const why = await whyOf(one, {
    question: { ...question, where: { rep: ["Ana"] } },
    versus: { where: { rep: ["Berta"] } },
  });
  expect(why).toMatchObject({ by: "product", before: { value: 0.2 }, after: { value: 0.9 } });
  expect(why.total).toBeCloseTo(0.7, 12);
  const key = await whyOf(one, {
    question: { ...question, by: ["rep"] },
    key: { rep: "Ana" },
    versus: { where: { rep: ["Berta"] } },
  });
  expect(key.contributions).toEqual(why.contributions);
  one.close();
});

test("what cannot be split says so: a median, a side without a value, a dimension that is none", async () => {
  const one = await company({ deal: sellers });
  const notesOf = async (request: ExplainRequest) => {
    const { why, warnings } = await one.api.explain({ limit: 0, ...request });
    expect(why).toBeNull();
    return warnings.map((each) => each.code);
  };
  expect(await notesOf({ question: { indicator: "sales-cycle-days", ...june } })).toContain("why-not-additive");
  const silent = { ...june, compare: { from: "2025-01-01", to: "2025-02-01" } };
  expect(await notesOf({ question: { indicator: "win-ratio", variant: "closed", ...silent } })).toContain(
    "why-no-value",
  );
  const spread = one.api.explain({ question: { indicator: "win-ratio", variant: "closed", ...june }, over: "weather" });
  await expect(spread).rejects.toMatchObject({ code: "unknown-dimension" });
  one.close();
});

test("a segment's own change is certain only where it is more than noise", async () => {
  const one = await company({
    deal: [
      ...many(80, "Ana", "2026-05-10", "won"),
      ...many(80, "Ana", "2026-05-10", "lost"),
      ...many(120, "Ana", "2026-06-10", "won"),
      ...many(40, "Ana", "2026-06-10", "lost"),
      ...many(5, "Berta", "2026-05-10", "won"),
      ...many(5, "Berta", "2026-05-10", "lost"),
      ...many(6, "Berta", "2026-06-10", "won"),
      ...many(4, "Berta", "2026-06-10", "lost"),
      ...many(4, "Carla", "2026-06-10", "won"),
    ],
  });
  const why = await whyOf(one, { question: { indicator: "win-ratio", variant: "closed", ...june }, over: "rep" });
  expect(Object.fromEntries(why.contributions.map((each) => [each.key, each.certain]))).toEqual({
    Ana: true,
    Berta: false,
    Carla: null,
  });
  one.close();
});

test("the biggest movers of all dimensions, without those that may be noise", async () => {
  const spread = (deals: FactRow[]): FactRow[] =>
    deals.map((deal, i) => ({ ...deal, product: i % 2 === 0 ? "CRM" : "Mail", country: "ES" }));
  const one = await company({
    deal: [
      ...spread(many(30, "Ana", "2026-05-10", "won")),
      ...spread(many(70, "Ana", "2026-05-10", "lost")),
      ...spread(many(70, "Ana", "2026-06-10", "won")),
      ...spread(many(30, "Ana", "2026-06-10", "lost")),
      ...spread(many(50, "Berta", "2026-05-10", "won")),
      ...spread(many(50, "Berta", "2026-05-10", "lost")),
      ...spread(many(51, "Berta", "2026-06-10", "won")),
      ...spread(many(49, "Berta", "2026-06-10", "lost")),
    ],
  });
  const question = { indicator: "win-ratio", variant: "closed", ...june };
  const { movers } = await one.api.explain({ question, limit: 0 });
  const named = movers?.map((each) => `${each.by} ${each.key}`);
  expect(named?.[0]).toBe("rep Ana");
  expect(named).not.toContain("rep Berta");
  expect(named?.filter((each) => each.startsWith("country"))).toEqual([]);
  expect(movers?.[0]).toMatchObject({ before: 0.3, after: 0.7, rate: expect.closeTo(0.2, 9) as number, mix: 0 });
  expect((await one.api.explain({ question, over: "rep", limit: 0 })).movers).toBeNull();
  expect((await one.api.explain({ question, over: "rep", movers: true, limit: 0 })).movers).toEqual(movers);
  expect((await one.api.explain({ question, movers: false, limit: 0 })).movers).toBeNull();
  one.close();
});

test("for any company the parts sum to the difference that is shown, whatever the indicator and the dimension", async () => {
  const lead = fc.record({
    created_at: fc.constantFrom("2026-05-04T10:00:00Z", "2026-05-20T10:00:00Z", "2026-06-04T10:00:00Z"),
    channel: fc.constantFrom("email", "paid_search", null),
    country: fc.constantFrom("ES", "CO", null),
  });
  const spend = fc.record({
    day: fc.constantFrom("2026-05-04", "2026-06-04"),
    category: fc.constant("media"),
    amount: fc.integer({ min: -50, max: 500 }),
    currency: fc.constant("EUR"),
    channel: fc.constantFrom("email", "paid_search", "display", null),
  });
  const property = fc.asyncProperty(
    fc.array(lead, { minLength: 1, maxLength: 30 }),
    fc.array(spend, { minLength: 1, maxLength: 8 }),
    async (leads, spends) => {
      const one = await company({
        lead: leads.map((each, i) => ({ ...each, lead_id: `L${i}` })),
        spend: spends.map((each, i) => ({ ...each, account: `A${i}` })),
      });
      for (const [indicator, variant] of [
        ["cost-per-lead", "blended"],
        ["leads", "all"],
        ["spend", "media"],
      ] as const) {
        const question = { indicator, variant, ...june };
        const { why, cell } = await one.api.explain({ question, over: "channel", limit: 0 });
        if (why === null) continue;
        const before = await one.api.ask({ indicator, variant, from: "2026-05-01", to: "2026-06-01" });
        expect(why.difference).toBe((cell.value ?? 0) - (before.total.value ?? 0));
        const sum = why.contributions.reduce((all, each) => all + each.volume + each.rate + each.mix, 0);
        const scale = Math.max(1, ...why.contributions.map((each) => Math.abs(each.total)));
        expect(Math.abs(sum - why.difference)).toBeLessThan(1e-9 * scale);
      }
      one.close();
    },
  );
  await fc.assert(property, { seed: 8, numRuns: 6 });
});

test("of a young cohort the estimates are split, each at the pace of the whole, so that they add up to it", async () => {
  const leads = (month: string, channel: string, count: number) =>
    times(count, (nth) => ({ lead_id: `${channel}${month}${nth}`, created_at: `${month}-10T10:00:00Z`, channel }));
  const mql = (month: string, channel: string, nth: number, on: string) => ({
    subject: "lead",
    subject_id: `${channel}${month}${nth}`,
    stage: "mql",
    entered_at: `${on}T10:00:00Z`,
  });
  const one = await company(
    {
      lead: ["2026-04", "2026-05", "2026-06"].flatMap((month) => [
        ...leads(month, "email", 10),
        ...leads(month, "direct", 20),
      ]),
      stage_entry: ["2026-04", "2026-05", "2026-06"].flatMap((month) => [
        mql(month, "email", 1, `${month}-11`),
        mql(month, "email", 2, `${month}-12`),
        mql(month, "direct", 1, `${month}-12`),
        ...(month === "2026-06" ? [] : [mql(month, "email", 3, `${month}-28`), mql(month, "direct", 2, `${month}-29`)]),
      ]),
    },
    { now: "2026-06-20T12:00:00Z" },
  );
  const question = { indicator: "marketing-qualified-leads", variant: "rate", ...june };
  const compared = { ...question, compare: { from: "2026-05-01", to: "2026-06-01" } };
  const { why, movers, cell } = await one.api.explain({ question: compared, limit: 0 });
  if (why === null) throw new Error("it did not say why");
  expect(cell.observed).toBeCloseTo(3 / 30, 12);
  expect(why.after.value).toBeGreaterThan(3 / 30);
  expect(why.before).toMatchObject({ value: 5 / 30, observed: null });
  const toCome = 2 / 27;
  expect(Object.fromEntries(why.contributions.map(({ key, after }) => [key, after]))).toEqual({
    email: expect.closeTo((2 + 8 * toCome) / 10, 12),
    direct: expect.closeTo((1 + 19 * toCome) / 20, 12),
  });
  expect(why).toMatchObject({ difference: expect.closeTo(0, 12), remainder: 0 });
  expect(why.total).toBeCloseTo(0, 12);
  expect(movers).toBeNull();
  one.close();
});

test("whatever the pace of its segments, the estimates of a young cohort leave no remainder", async () => {
  const draw = dice(7);
  const all = Array.from({ length: 240 }, (_, i) => {
    const channel = draw.one(["email", "direct", "referral"]);
    const at = Date.UTC(2026, draw.one([4, 5]), 1 + draw.below(27), 10);
    const ready = draw.often(0.6) ? at + draw.below(channel === "email" ? 6 : 60) * 86_400_000 : Infinity;
    return { id: `L${i}`, channel, at, ready };
  });
  const iso = (at: number) => new Date(at).toISOString();
  const lead = all.map(({ id, channel, at }) => ({ lead_id: id, created_at: iso(at), channel }));
  const stage_entry = all
    .filter(({ ready }) => ready < Date.UTC(2026, 5, 28))
    .map(({ id, ready }) => ({ subject: "lead", subject_id: id, stage: "mql", entered_at: iso(ready) }));
  const one = await company({ lead, stage_entry }, { now: "2026-06-28T12:00:00Z" });
  const question = { indicator: "marketing-qualified-leads", variant: "rate", ...june };
  const found = await one.api.explain({ question: { ...question, compare: "previous" }, over: "channel", limit: 0 });
  expect(found.cell.observed).not.toBeNull();
  expect(found.why?.contributions).toHaveLength(3);
  expect(found.why?.remainder).toBe(0);
  expect(found.why?.total).toBeCloseTo(found.why?.difference ?? Number.NaN, 12);
  one.close();
});
