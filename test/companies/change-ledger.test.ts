import { expect, test } from "vitest";
import type { Question } from "../../src/contract/question.ts";
import { followRules } from "../../src/facts/follow.ts";
import { company, rows, type Company } from "../company.ts";

const since = "2026-06-10T12:00:00Z";
const all = { from: "2026-01-01", to: "2027-01-01" };

/** A company that is asked on June 10th and again on July 10th. */
async function before(facts: Parameters<Company["load"]>[0], options: Parameters<Company["load"]>[1] = {}) {
  const one = await company({}, { now: "2026-06-09T12:00:00Z" });
  await one.load(facts, options);
  one.at("2026-07-10T12:00:00Z");
  return one;
}

async function ledger(one: Company, question: Question, request: object = {}) {
  const { changes } = await one.api.explain({ question: { ...all, ...question }, since, ...request });
  if (changes === null) throw new Error("no changes");
  return changes;
}

const added = (found: Awaited<ReturnType<typeof ledger>>) =>
  Object.fromEntries(found.changes.map(({ cause, difference }) => [cause, difference]));

test("what came in since is new, what came in before and was not known is late", async () => {
  const one = await before({
    lead: rows`
    lead_id  created_at
    L1       2026-05-01T10:00:00Z`,
  });
  await one.load({
    lead: rows`
    lead_id  created_at
    L2       2026-06-10T11:59:00Z
    L3       2026-06-10T12:01:00Z
    L4       2026-07-01T10:00:00Z`,
  });
  const found = await ledger(one, { indicator: "leads" });
  expect(added(found)).toEqual({ new: 2, late: 1 });
  expect([found.before.value, found.after.value, found.difference]).toEqual([1, 4, 3]);
  expect(found.changes.map(({ rows: n, examples }) => [n, examples])).toEqual([
    [2, ["L3", "L4"]],
    [1, ["L2"]],
  ]);
  one.close();
});

test("a deal reopened and closed again is restated where it was counted, and new where it is now (T14)", async () => {
  const deal = (outcome: string, closed: string) => ({
    deal_id: "D1",
    created_at: "2026-05-01T10:00:00Z",
    outcome,
    closed_at: closed,
    amount: 100,
    currency: "EUR",
  });
  const one = await before({ deal: [deal("won", "2026-05-20T10:00:00Z")] });
  await one.load({ deal: [deal("won", "2026-06-25T10:00:00Z")] });
  const month = async (from: string, to: string) => added(await ledger(one, { indicator: "sales-revenue", from, to }));
  expect(await month("2026-05-01", "2026-06-01")).toEqual({ restated: -100 });
  expect(await month("2026-06-01", "2026-07-01")).toEqual({ new: 100 });
  expect(await month("2026-05-01", "2026-07-01")).toEqual({});
  one.close();
});

test("a deal known as open that turns out to have been closed before is late; one closed since is new", async () => {
  const deals = (first: string, second: string) => [
    {
      deal_id: "D1",
      created_at: "2026-05-01T10:00:00Z",
      outcome: first,
      closed_at: first === "open" ? null : "2026-06-01T10:00:00Z",
    },
    {
      deal_id: "D2",
      created_at: "2026-05-01T10:00:00Z",
      outcome: second,
      closed_at: second === "open" ? null : "2026-06-20T10:00:00Z",
    },
    { deal_id: "D3", created_at: "2026-05-01T10:00:00Z", outcome: "lost", closed_at: "2026-05-09T10:00:00Z" },
  ];
  const one = await before({ deal: deals("open", "open") });
  await one.load({ deal: deals("won", "won") });
  const found = await ledger(one, { indicator: "win-ratio", variant: "closed" });
  expect([found.before.value, found.after.value]).toEqual([0, 2 / 3]);
  expect(found.changes.map(({ cause, parts }) => [cause, parts])).toEqual([
    ["new", { won: 1, closed: 1 }],
    ["late", { won: 1, closed: 1 }],
  ]);
  const [first, second] = found.changes.map((each) => each.difference);
  expect([first, second]).toEqual([1 / 3, 1 / 3]);
  one.close();
});

test("a lead merged into another one is a merge, with what the other one took over from it (T15)", async () => {
  const leads = (into: string | null) => [
    { lead_id: "L1", created_at: "2026-05-01T10:00:00Z", merged_into: into },
    { lead_id: "L2", created_at: "2026-05-02T10:00:00Z", merged_into: null },
  ];
  const stage_entry = rows`
    subject  subject_id  stage  entered_at
    lead     L1          mql    2026-05-03T10:00:00Z`;
  const one = await before({ lead: leads(null), stage_entry });
  await one.load({ lead: leads("L2"), stage_entry });
  expect(added(await ledger(one, { indicator: "leads" }))).toEqual({ merge: -1 });
  const mqls = await ledger(one, { indicator: "marketing-qualified-leads" });
  expect(mqls.changes).toEqual([
    { cause: "merge", difference: 0, parts: { mqls: 0 }, rows: 2, examples: ["L1", "L2"] },
  ]);
  one.close();
});

const sales = rows`
  revenue_id  customer_id  occurred_on  amount  currency  kind
  R1          C1           2026-04-10   100     EUR       new
  R2          C2           2026-05-10   50      EUR       new`;

test("a refund is a refund on its own day, whenever it became known (T16)", async () => {
  const one = await before({ revenue: sales });
  await one.load({
    revenue: rows`
      revenue_id  customer_id  occurred_on  amount  currency  kind         refund_of
      R3          C1           2026-05-20   -30.01  EUR       refund       R1
      R4          C1           2026-06-20   -20     EUR       credit_note  R1
      R5          C3           2026-06-20   10      EUR       new          -`,
  });
  expect(added(await ledger(one, { indicator: "sales-revenue" }))).toEqual({ new: 10, refund: -50.01 });
  expect(added(await ledger(one, { indicator: "sales-revenue", from: "2026-04-01", to: "2026-05-01" }))).toEqual({});
  one.close();
});

test("a refund that is corrected afterwards is restated, and one that is withdrawn is deleted", async () => {
  const refund = (id: string, amount: number) => ({
    revenue_id: id,
    customer_id: "C1",
    occurred_on: "2026-05-20",
    amount,
    currency: "EUR",
    kind: "refund",
  });
  const one = await before({ revenue: [...sales, refund("R3", -30), refund("R4", -5)] }, { complete: true });
  await one.load({ revenue: [...sales, refund("R3", -40)] }, { complete: true });
  expect(added(await ledger(one, { indicator: "sales-revenue" }))).toEqual({ restated: -10, deletion: 5 });
  one.close();
});

test("a restated rate moves what it converts, as currency; stated amounts have not changed (T20)", async () => {
  const facts = (rate: number, amount: number) => ({
    revenue: [
      { revenue_id: "R1", customer_id: "C1", occurred_on: "2026-05-10", amount: 100, currency: "USD" },
      { revenue_id: "R2", customer_id: "C1", occurred_on: "2026-05-11", amount, currency: "USD" },
    ],
    rate: [
      { day: "2026-05-10", currency: "USD", rate },
      { day: "2026-05-11", currency: "USD", rate: 0.5 },
    ],
  });
  const one = await before(facts(0.9, 10));
  await one.load(facts(0.8, 20));
  expect(added(await ledger(one, { indicator: "sales-revenue" }))).toEqual({ restated: 5, currency: -10 });
  one.close();
});

test("an ad day restated with fewer rows is restated; a day that only came in later is late (T22)", async () => {
  const one = await before({
    spend: rows`
      account  day         category  amount  currency  campaign
      meta     2026-05-01  media     100.10  EUR       A
      meta     2026-05-01  media     50      EUR       B`,
  });
  await one.load({
    spend: rows`
      account  day         category  amount  currency  campaign
      meta     2026-05-01  media     90      EUR       A
      meta     2026-05-01  media     5       EUR       C
      meta     2026-05-02  media     7       EUR       A
      meta     2026-06-10  media     8       EUR       A`,
  });
  const found = await ledger(one, { indicator: "spend", variant: "media" });
  expect(added(found)).toEqual({ new: 8, late: 7, restated: -55.1 });
  expect(found.changes.find((each) => each.cause === "restated")?.rows).toBe(3);
  one.close();
});

test("a row that a complete source no longer states is deleted", async () => {
  const leads = ["L1", "L2", "L3"].map((lead_id) => ({ lead_id, created_at: "2026-05-01T10:00:00Z" }));
  const one = await before({ lead: leads }, { complete: true });
  await one.load({ lead: leads.slice(1) }, { complete: true });
  const found = await ledger(one, { indicator: "leads" });
  expect(found.changes).toEqual([
    { cause: "deletion", difference: -1, parts: { leads: -1 }, rows: 1, examples: ["L1"] },
  ]);
  one.close();
});

test("a lead newly disqualified no longer counts as one that can buy: restated, and so is the cost of the others", async () => {
  const facts = (as: string | null) => ({
    lead: [
      { lead_id: "L1", created_at: "2026-05-01T10:00:00Z", disqualified_as: as },
      { lead_id: "L2", created_at: "2026-05-01T10:00:00Z", disqualified_as: null },
    ],
    spend: [{ day: "2026-05-01", category: "media", amount: 100, currency: "EUR" }],
  });
  const one = await before(facts(null));
  await one.load(facts("student"));
  const found = await ledger(one, { indicator: "cost-per-lead", variant: "viable" });
  expect(added(found)).toEqual({ restated: 50 });
  expect(found.changes[0]?.parts).toMatchObject({ spend: 0, leads: -1 });
  expect(added(await ledger(one, { indicator: "leads" }))).toEqual({});
  one.close();
});

test("a row that moved to another channel is restated in both", async () => {
  const lead = (channel: string) => [{ lead_id: "L1", created_at: "2026-05-01T10:00:00Z", channel }];
  const one = await before({ lead: lead("email") });
  await one.load({ lead: lead("referral") });
  const by = async (channel: string) =>
    added(await ledger(one, { indicator: "leads", by: ["channel"] }, { key: { channel } }));
  expect([await by("email"), await by("referral")]).toEqual([{ restated: -1 }, { restated: 1 }]);
  one.close();
});

test("what is held changes by the days on which it began and ended", async () => {
  const one = await before({
    subscription_change: rows`
      customer_id  occurred_on  kind   mrr_after  currency
      C1           2026-04-01   start  100        EUR
      C2           2026-04-01   start  70         EUR
      C3           2026-04-01   start  10         EUR`,
  });
  await one.load({
    subscription_change: rows`
      customer_id  occurred_on  kind       mrr_after  currency
      C1           2026-06-20   expansion  150        EUR
      C2           2026-04-01   start      60         EUR
      C3           2026-06-01   churn      0          EUR
      C4           2026-06-25   start      5          EUR
      C5           2026-05-25   start      4          EUR`,
  });
  const found = await ledger(one, { indicator: "mrr", from: "2026-06-01", to: "2026-07-01" });
  expect([found.before.value, found.after.value]).toEqual([180, 219]);
  expect(added(found)).toEqual({ new: 55, late: -6, restated: -10 });
  one.close();
});

test("what is held is of other worth at another rate, as currency", async () => {
  const facts = (rate: number) => ({
    subscription_change: rows`
      customer_id  occurred_on  kind   mrr_after  currency
      C1           2026-04-01   start  100        USD`,
    rate: [{ day: "2026-04-01", currency: "USD", rate }],
  });
  const one = await before(facts(0.9));
  await one.load(facts(0.8));
  const found = await ledger(one, { indicator: "mrr", from: "2026-05-01", to: "2026-06-01" });
  expect(added(found)).toEqual({ currency: -10 });
  one.close();
});

test("a median is split by what it would be if only some causes had happened", async () => {
  const deal = (id: string, days: number, closed: string) => ({
    deal_id: id,
    created_at: new Date(Date.parse(closed) - days * 86_400_000).toISOString(),
    outcome: "won",
    closed_at: closed,
  });
  const early = [deal("D1", 10, "2026-05-20T10:00:00Z"), deal("D2", 20, "2026-05-21T10:00:00Z")];
  const one = await before({ deal: early });
  await one.load({ deal: [deal("D1", 30, "2026-05-20T10:00:00Z"), deal("D3", 50, "2026-06-21T10:00:00Z")] });
  const found = await ledger(one, { indicator: "sales-cycle-days" });
  expect([found.before.value, found.after.value]).toEqual([15, 30]);
  expect(added(found)).toEqual({ new: 5, restated: 10 });
  expect(found.changes.map((each) => each.parts["days"])).toEqual([5, 10]);
  one.close();
});

test("where the number had no value, its parts are split and it is not", async () => {
  const one = await before({ lead: [{ lead_id: "L1", created_at: "2026-05-01T10:00:00Z" }] });
  await one.load({
    deal: [{ deal_id: "D1", created_at: "2026-06-15T10:00:00Z", outcome: "won", closed_at: "2026-06-20T10:00:00Z" }],
  });
  const found = await ledger(one, { indicator: "win-ratio", variant: "closed" });
  expect(found.difference).toBeNull();
  expect(found.changes).toEqual([
    { cause: "new", difference: null, parts: { won: 1, closed: 1 }, rows: 1, examples: ["D1"] },
  ]);
  one.close();
});

const costOf = (condition: string) => `title: {es: Coste, en: Cost}
description: What a lead cost.
owner: Ana
better: lower
effective: 2026-01-01
value: spend(${condition}) / leads
`;

test("a definition that was changed is told apart from rows that were: the earlier one is asked of the later facts", async () => {
  const spend = (amount: number) => [
    { day: "2026-05-01", category: "media", amount, currency: "EUR" },
    { day: "2026-05-01", category: "agency", amount: 30, currency: "EUR" },
  ];
  const one = await company(
    {},
    { now: "2026-06-09T12:00:00Z", indicators: { "my-cost": costOf('category = "media"') } },
  );
  await one.load({ spend: spend(100), lead: [{ lead_id: "L1", created_at: "2026-05-01T10:00:00Z" }] });
  one.at("2026-07-10T12:00:00Z");
  await one.define({ "my-cost": costOf('category in ("media", "agency")') });
  await one.load({ spend: spend(80), lead: [{ lead_id: "L2", created_at: "2026-07-01T10:00:00Z" }] });
  const found = await ledger(one, { indicator: "my-cost" });
  expect([found.before.value, found.after.value]).toEqual([100, 55]);
  expect(found.changes.map(({ cause, difference, parts }) => [cause, difference, parts])).toEqual([
    ["new", -45, { spend: 0, leads: 1 }],
    ["restated", -15, { spend: -20, leads: 0 }],
    ["definition", 15, { spend: 30, leads: 0 }],
  ]);
  one.close();
});

test("a young cohort that only grew older has matured: the same rows, another estimate", async () => {
  const days = (nth: number) => new Date(Date.parse("2026-02-01T10:00:00Z") + nth * 86_400_000).toISOString();
  const lead = Array.from({ length: 110 }, (_, nth) => ({ lead_id: `L${nth}`, created_at: days(nth) }));
  const stage_entry = lead
    .filter((_, nth) => nth % 2 === 0)
    .map(({ lead_id }, i) => ({ subject: "lead", subject_id: lead_id, stage: "mql", entered_at: days(2 * i + 15) }))
    .filter(({ entered_at }) => entered_at < "2026-06-01");
  const one = await before({
    lead,
    stage_entry,
    touch: [{ touch_id: "T", occurred_at: "2026-07-09T10:00:00Z", kind: "call" }],
  });
  const may = { from: "2026-05-01", to: "2026-06-01" };
  const found = await ledger(one, { indicator: "marketing-qualified-leads", variant: "rate", ...may });
  expect(found.before.flags).toContain("estimated");
  expect(found.difference).not.toBe(0);
  expect(found.changes).toEqual([
    { cause: "maturing", difference: found.difference, parts: { mqls: 0, leads: 0 }, rows: 0, examples: [] },
  ]);
  one.close();
});

test("a row that changed settings drew anew and that its source dropped afterwards is a deletion", async () => {
  const lead = rows`
    lead_id  created_at
    L1       2026-05-01T02:00:00Z
    L2       2026-05-01T12:00:00Z
    L3       2026-05-01T13:00:00Z`;
  const one = await before({ lead });
  const rules = { ...one.rules, zone: "America/Bogota" };
  await one.database.use((connection) => followRules(connection, rules, () => new Date("2026-07-01T12:00:00Z")));
  await one.load({ lead: lead.slice(1) }, { complete: true });
  expect(added(await ledger(one, { indicator: "leads" }))).toEqual({ deletion: -1 });
  one.close();
});
