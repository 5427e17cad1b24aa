import { expect, test } from "vitest";
import type { ExplainRequest } from "../../src/contract/api.ts";
import type { Bridge } from "../../src/contract/bridge.ts";
import type { Question } from "../../src/contract/question.ts";
import { company, rows, type Company } from "../company.ts";

const may = { from: "2026-05-01", to: "2026-06-01" };

async function bridge(
  { api }: Company,
  question: Question,
  against: Question,
  rest: Partial<ExplainRequest> = {},
): Promise<Bridge> {
  const { bridge: found } = await api.explain({ question, against, limit: 0, ...rest });
  if (found === null) throw new Error("there is no bridge");
  return found;
}

const shortly = ({ buckets }: Bridge) =>
  buckets.map(({ side, reason, rows: many, left, right }) => [`${side} ${reason}`, many, left, right]);

const funnel = {
  lead: rows`
    lead_id  created_at            country  disqualified_as  merged_into
    both     2026-05-01T10:00:00Z  ES       -                -
    mql      2026-05-02T10:00:00Z  ES       -                -
    june     2026-05-03T10:00:00Z  CO       -                -
    april    2026-04-03T10:00:00Z  CO       -                -
    new      2026-05-04T10:00:00Z  CO       -                -
    bot      2026-05-04T10:00:00Z  ES       test             -
    student  2026-05-05T10:00:00Z  ES       student          -
    twin     2026-05-05T10:00:00Z  ES       -                both`,
  stage_entry: rows`
    subject  subject_id  stage  entered_at
    lead     both        mql    2026-05-02T10:00:00Z
    lead     both        sql    2026-05-04T10:00:00Z
    lead     mql         mql    2026-05-02T10:00:00Z
    lead     june        mql    2026-05-20T10:00:00Z
    lead     june        sql    2026-06-02T10:00:00Z
    lead     april       mql    2026-04-10T10:00:00Z
    lead     april       sql    2026-05-10T10:00:00Z`,
};

test("marketing counts three, sales two: one lead both count, and each other lead has one reason", async () => {
  const one = await company(funnel);
  const found = await bridge(
    one,
    { indicator: "marketing-qualified-leads", variant: "count", ...may },
    { indicator: "sales-qualified-leads", variant: "count" },
  );
  expect(found).toMatchObject({
    entity: "lead",
    left: { part: "mqls", value: 3 },
    right: { part: "sqls", value: 2, question: may },
    difference: 1,
  });
  expect(shortly(found)).toEqual([
    ["both same", 1, 1, 1],
    ["left not-reached", 1, 1, 0],
    ["left another-period", 1, 1, 0],
    ["right another-period", 1, 0, 1],
  ]);
  expect(found.buckets.map((each) => each.examples)).toEqual([["both"], ["mql"], ["june"], ["april"]]);
  one.close();
});

test("all leads against those that can buy: tests and students are disqualified, a merged one is in neither (T23)", async () => {
  const one = await company(funnel);
  const found = await bridge(
    one,
    { indicator: "leads", variant: "all", ...may },
    { indicator: "leads", variant: "viable" },
  );
  expect(shortly(found)).toEqual([
    ["both same", 4, 4, 4],
    ["left disqualified", 2, 2, 0],
  ]);
  one.close();
});

test("two filters of one indicator: the filter is the reason on each side", async () => {
  const one = await company(funnel);
  const spain = { indicator: "leads", variant: "all", where: { country: ["ES"] }, ...may };
  const colombia = { indicator: "leads", variant: "all", where: { country: ["CO"] } };
  expect(shortly(await bridge(one, spain, colombia))).toEqual([
    ["left filter:country", 4, 4, 0],
    ["right filter:country", 2, 0, 2],
  ]);
  const opened = { ...spain, where: {}, by: ["country"] };
  expect(shortly(await bridge(one, opened, colombia, { key: { country: "ES" } }))).toHaveLength(2);
  one.close();
});

test("one lead with three deals, two of them closed, is one SQL and two deals (T25)", async () => {
  const one = await company({
    ...funnel,
    deal: rows`
      deal_id  created_at            outcome  closed_at             lead_id
      D1       2026-05-06T10:00:00Z  won      2026-05-09T10:00:00Z  both
      D2       2026-05-06T10:00:00Z  lost     2026-05-10T10:00:00Z  twin
      D3       2026-05-06T10:00:00Z  open     -                     both
      D4       2026-05-06T10:00:00Z  lost     2026-06-10T10:00:00Z  april
      D5       2026-05-06T10:00:00Z  won      2026-05-10T10:00:00Z  -
      D6       2026-05-06T10:00:00Z  lost     2026-05-11T10:00:00Z  nobody`,
  });
  const found = await bridge(
    one,
    { indicator: "win-ratio", variant: "closed", ...may },
    { indicator: "sales-qualified-leads", variant: "count" },
    { part: "closed" },
  );
  expect(found).toMatchObject({ entity: "lead", left: { value: 4 }, right: { value: 2 } });
  expect(shortly(found)).toEqual([
    ["both amount", 1, 2, 1],
    ["left unlinked", 1, 1, 0],
    ["left unknown", 1, 1, 0],
    ["right another-period", 1, 0, 1],
  ]);
  one.close();
});

test("as of Monday and as of Friday: what was merged between them is merged, what came is unknown (T15)", async () => {
  const one = await company({}, { now: "2026-06-01T12:00:00Z" });
  const monday = rows`
    lead_id  created_at            merged_into
    L1       2026-05-01T10:00:00Z  -
    L2       2026-05-02T10:00:00Z  -`;
  await one.load({ lead: monday });
  one.at("2026-06-05T12:00:00Z");
  await one.load({
    lead: [{ ...monday[0], merged_into: "L2" }, monday[1] ?? {}, { lead_id: "L3", created_at: "2026-05-09T10:00:00Z" }],
  });
  const leads = { indicator: "leads", variant: "all", ...may };
  const found = await bridge(
    one,
    { ...leads, asOf: "2026-06-02T00:00:00Z" },
    { ...leads, asOf: "2026-06-06T00:00:00Z" },
  );
  expect(found).toMatchObject({ left: { value: 2 }, right: { value: 2 }, difference: 0 });
  expect(shortly(found)).toEqual([
    ["both same", 1, 1, 1],
    ["left merged", 1, 1, 0],
    ["right unknown", 1, 0, 1],
  ]);
  const same = await bridge(one, { ...leads, asOf: "2026-06-02T00:00:00Z" }, leads);
  expect(shortly(same)).toEqual([["both same", 2, 2, 2]]);
  one.close();
});

test("what the ad platforms claim has no rows of its own; it is held against the leads as a whole", async () => {
  const one = await company({
    ...funnel,
    spend: rows`
      day         category  amount  currency  platform_leads
      2026-05-02  media     100     EUR       12`,
  });
  const found = await bridge(
    one,
    { indicator: "cost-per-lead", variant: "platform", ...may },
    { indicator: "leads", variant: "all" },
    { part: "leads" },
  );
  expect(found.difference).toBe(6);
  expect(shortly(found)).toEqual([
    ["left no-rows", 0, 12, 0],
    ["right unmatched", 6, 0, 6],
  ]);
  one.close();
});

test("by the cohort clock a lead counts in the month that it came, within its window", async () => {
  const one = await company(funnel);
  const rate = { indicator: "marketing-qualified-leads", variant: "rate", ...may };
  const found = await bridge(one, { ...rate, clock: "cohort", window: 5 }, { ...rate, clock: "period" });
  expect(found).toMatchObject({ left: { part: "mqls", value: 2 }, right: { value: 3 } });
  expect(shortly(found)).toEqual([
    ["both same", 2, 2, 2],
    ["right out-of-window", 1, 0, 1],
  ]);
  one.close();
});

test("revenue against bookings finds the deal, and the amount that differs", async () => {
  const one = await company({
    deal: rows`
      deal_id  created_at            outcome  closed_at             amount  currency
      D1       2026-05-06T10:00:00Z  won      2026-05-09T10:00:00Z  100     EUR
      D2       2026-05-06T10:00:00Z  won      2026-05-10T10:00:00Z  50      USD
      D3       2026-05-06T10:00:00Z  won      2026-05-10T10:00:00Z  70      EUR`,
    revenue: rows`
      revenue_id  customer_id  occurred_on  amount  currency  deal_id
      R1          C1           2026-05-20   60      EUR       D1
      R2          C1           2026-05-25   30      EUR       D1
      R3          C2           2026-05-20   50      USD       D2
      R4          C3           2026-06-20   70      EUR       D3
      R5          C4           2026-05-20   10      EUR       -`,
    rate: rows`
      day         currency  rate
      2026-05-10  USD       0.5
      2026-05-20  USD       0.5`,
  });
  const found = await bridge(
    one,
    { indicator: "sales-revenue", variant: "net", ...may },
    { indicator: "average-deal-value" },
    { bucket: { side: "both", reason: "amount" }, limit: 10 },
  );
  expect(found).toMatchObject({ entity: "deal", left: { value: 125 }, right: { part: "won_value", value: 195 } });
  expect(shortly(found)).toEqual([
    ["both same", 1, 25, 25],
    ["both amount", 1, 90, 100],
    ["left unlinked", 1, 10, 0],
    ["right another-period", 1, 0, 70],
  ]);
  expect(found.rows).toEqual([{ key: "D1", left: 90, right: 100 }]);
  one.close();
});

test("an amount that no rate converts is refused by its day and currency", async () => {
  const one = await company({
    deal: rows`
      deal_id  created_at            outcome  closed_at             amount  currency
      D1       2026-05-06T10:00:00Z  won      2026-05-09T10:00:00Z  100     USD
      D2       2026-05-06T10:00:00Z  won      2026-05-09T10:00:00Z  100     EUR`,
  });
  const value = { indicator: "average-deal-value", ...may };
  await expect(bridge(one, value, value)).rejects.toMatchObject({ code: "missing-rate" });
  one.close();
});

test("what cannot be held against each other is refused with a way out", async () => {
  const one = await company({
    ...funnel,
    touch: rows`
      touch_id  occurred_at           kind   person_id
      T1        2026-05-02T10:00:00Z  click  P1`,
    deal: rows`
      deal_id  created_at            outcome  closed_at             amount  currency
      D1       2026-05-06T10:00:00Z  won      2026-05-09T10:00:00Z  100     EUR`,
  });
  const refused = (question: Question, against: Question, rest = {}) =>
    expect(bridge(one, question, against, rest)).rejects.toMatchObject({ code: "no-bridge" });
  const leads = { indicator: "leads", ...may };
  await refused(leads, { indicator: "average-deal-value" });
  await refused(leads, { indicator: "sales-cycle-days" });
  await refused(leads, { indicator: "scoreboard" });
  await refused(leads, leads, { againstPart: "spend" });
  await refused({ indicator: "touches", ...may }, { indicator: "opportunities-created" });
  one.close();
});

test("the rows of a bucket come in pages", async () => {
  const one = await company(funnel);
  const [left, right] = [
    { indicator: "leads", variant: "all", ...may },
    { indicator: "leads", variant: "viable" },
  ];
  const bucket = { side: "left", reason: "disqualified" } as const;
  const page = (limit: number, offset: number) => bridge(one, left, right, { bucket, limit, offset });
  expect((await page(1, 0)).rows).toEqual([{ key: "bot", left: 1, right: 0 }]);
  expect((await page(5, 1)).rows).toEqual([{ key: "student", left: 1, right: 0 }]);
  expect((await bridge(one, left, right)).rows).toEqual([]);
  one.close();
});

test("two costs per lead of the same spend differ by their leads, unless a part is named", async () => {
  const spend = rows`
    day         category  amount  currency  channel
    2026-05-02  media     100     EUR       paid_search`;
  const one = await company({ ...funnel, spend });
  const [own, against] = [
    { indicator: "cost-per-lead", variant: "blended", ...may },
    { indicator: "cost-per-lead", variant: "viable" },
  ];
  const found = await bridge(one, own, against);
  expect([found.left.part, found.right.part, found.difference]).toEqual(["leads", "leads", 2]);
  expect(shortly(found)).toEqual([
    ["both same", 4, 4, 4],
    ["left disqualified", 2, 2, 0],
  ]);
  const named = await bridge(one, own, against, { part: "spend", againstPart: "spend" });
  expect([named.left.part, named.difference]).toEqual(["spend", 0]);
  one.close();
});
