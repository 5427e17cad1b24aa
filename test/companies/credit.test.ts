import { expect, test } from "vitest";
import { company, rows, values, type Facts } from "../company.ts";

const models = ["first", "last", "last_non_direct"] as const;

async function credited(
  facts: Facts,
  indicator = "leads",
  settings = {},
): Promise<Record<string, Record<string, number | null>>> {
  const { api, close } = await company(facts, { settings });
  const found = await Promise.all(
    models.map(async (model) => [model, values(await api.ask({ indicator, by: ["channel"], model }))] as const),
  );
  close();
  return Object.fromEntries(found);
}

const lead = rows`
  lead_id  created_at            person_id  channel
  L1       2026-05-10T10:00:00Z  P1         partner`;

test("first, last and last non-direct touch of one way", async () => {
  const touch = rows`
    touch_id  occurred_at           kind   person_id  channel
    T1        2026-05-01T10:00:00Z  click  P1         paid_search
    T2        2026-05-05T10:00:00Z  visit  P1         email
    T3        2026-05-09T10:00:00Z  visit  P1         direct
    T4        2026-05-10T10:00:01Z  click  P1         display`;
  expect(await credited({ lead, touch })).toEqual({
    first: { paid_search: 1 },
    last: { direct: 1 },
    last_non_direct: { email: 1 },
  });
});

test("where every touch is direct, direct is the last non-direct too", async () => {
  const touch = rows`
    touch_id  occurred_at           kind   person_id  channel
    T1        2026-05-01T10:00:00Z  visit  P1         direct`;
  expect(await credited({ lead, touch })).toEqual({
    first: { direct: 1 },
    last: { direct: 1 },
    last_non_direct: { direct: 1 },
  });
});

test("what was only seen, what names no channel and what is too old earn nothing", async () => {
  const touch = rows`
    touch_id  occurred_at           kind        person_id  channel
    T0        2026-05-03T09:59:59Z  click       P1         display
    T1        2026-05-05T10:00:00Z  click       P1         paid_social
    T2        2026-05-06T10:00:00Z  impression  P1         video
    T3        2026-05-07T10:00:00Z  email_open  P1         email
    T4        2026-05-08T10:00:00Z  call        P1         -`;
  expect(await credited({ lead, touch }, "leads", { look_back_days: 7 })).toEqual({
    first: { paid_social: 1 },
    last: { paid_social: 1 },
    last_non_direct: { paid_social: 1 },
  });
});

test("without touches the recorded channel is credited, without both nothing is: (none)", async () => {
  const recorded = rows`
    lead_id  created_at            person_id  channel
    L1       2026-05-10T10:00:00Z  P1         partner
    L2       2026-05-10T10:00:00Z  -          -`;
  const each = { partner: 1, "(none)": 1 };
  expect(await credited({ lead: recorded })).toEqual({ first: each, last: each, last_non_direct: each });
});

test("what a sale says of its channel comes before what its deal, its lead and its customer say", async () => {
  const facts = {
    lead: rows`
      lead_id  created_at            channel  customer_id
      L1       2026-05-01T10:00:00Z  email    C1
      L2       2026-05-01T10:00:00Z  partner  -`,
    deal: rows`
      deal_id  created_at            outcome  closed_at             lead_id  channel
      D1       2026-05-02T10:00:00Z  won      2026-05-03T10:00:00Z  L2       events
      D2       2026-05-02T10:00:00Z  won      2026-05-03T10:00:00Z  L2       -`,
    revenue: rows`
      revenue_id  customer_id  occurred_on  amount  currency  channel  deal_id  lead_id
      R1          C9           2026-05-10   1       EUR       offline  D1       -
      R2          C9           2026-05-11   20      EUR       -        D1       -
      R3          C9           2026-05-12   300     EUR       -        D2       -
      R4          C1           2026-05-13   4000    EUR       -        -        -
      R5          C7           2026-05-14   50000   EUR       -        -        -`,
    customer: rows`
      customer_id  channel
      C7           referral`,
  };
  const each = { offline: 1, events: 20, partner: 300, email: 4000, referral: 50_000 };
  expect(await credited(facts, "sales-revenue")).toEqual({ first: each, last: each, last_non_direct: each });
});

test("a visitor is the person that identity says, and touches before are theirs", async () => {
  const touch = rows`
    touch_id  occurred_at           kind   visitor  channel
    T1        2026-05-01T10:00:00Z  click  V1       paid_search
    T2        2026-05-02T10:00:00Z  click  V2       display`;
  const identity = rows`
    alias_kind  alias  person_id
    visitor     V1     P1
    email       V2     P1`;
  expect(await credited({ lead, touch, identity })).toMatchObject({ last: { paid_search: 1 } });
});

test("each outcome is credited by what led to it: two sales of one person to two campaigns (T5)", async () => {
  const facts = {
    lead: rows`
      lead_id  created_at            person_id  customer_id
      L1       2026-05-02T10:00:00Z  P1         C1`,
    touch: rows`
      touch_id  occurred_at           kind   person_id  channel
      T1        2026-05-01T10:00:00Z  click  P1         paid_search
      T2        2026-05-20T10:00:00Z  click  P1         email`,
    revenue: rows`
      revenue_id  customer_id  occurred_on  amount  currency
      R1          C1           2026-05-10   100     EUR
      R2          C1           2026-05-20   10      EUR`,
  };
  expect(await credited(facts, "sales-revenue")).toEqual({
    first: { paid_search: 110 },
    last: { paid_search: 100, email: 10 },
    last_non_direct: { paid_search: 100, email: 10 },
  });
  expect((await credited(facts, "customers"))["last"]).toEqual({ paid_search: 1 });
});

test("credits add up to the outcomes under every model (T9)", async () => {
  const { api, close } = await company({
    lead: rows`
      lead_id  created_at            person_id
      L1       2026-05-10T10:00:00Z  P1
      L2       2026-05-10T10:00:00Z  P2
      L3       2026-05-10T10:00:00Z  -`,
    touch: rows`
      touch_id  occurred_at           kind   person_id  channel
      T1        2026-05-01T10:00:00Z  click  P1         paid_search
      T2        2026-05-05T10:00:00Z  visit  P1         direct
      T3        2026-05-05T10:00:00Z  visit  P2         direct`,
  });
  for (const model of models) {
    const answer = await api.ask({ indicator: "leads", by: ["channel"], model });
    expect(answer.rows.reduce((sum, row) => sum + (row.value ?? 0), 0)).toBe(3);
    expect(answer.total.value).toBe(3);
  }
  close();
});
