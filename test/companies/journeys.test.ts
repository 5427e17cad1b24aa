import { expect, test } from "vitest";
import { company, rows } from "../company.ts";

/** A lead whose sender came from two devices, saw an ad on the way, and bought for 500; another one is of nobody known. */
const two = {
  lead: rows`
    lead_id  created_at            person_id  visitor  channel
    L1       2026-05-10T10:00:00Z  P1         V1       -
    L2       2026-05-11T10:00:00Z  -          -        partner`,
  identity: rows`
    alias_kind  alias  person_id
    visitor     V2     P1
    email       a@b.c  P1`,
  touch: rows`
    touch_id  occurred_at           kind        visitor  channel      campaign
    T1        2026-05-01T10:00:00Z  click       V1       paid_search  Brand
    T2        2026-05-02T10:00:00Z  impression  V1       display      -
    T3        2026-05-05T10:00:00Z  visit       V2       email        -
    T4        2026-05-30T10:00:00Z  visit       V2       direct       -`,
  deal: rows`
    deal_id  created_at            outcome  closed_at             lead_id  amount  currency
    D1       2026-05-12T10:00:00Z  won      2026-05-20T10:00:00Z  L1       500     EUR
    D2       2026-05-13T10:00:00Z  open     -                     L2       100     EUR`,
};

const told = (event: { type: string; kind: string; id: string }) => `${event.type} ${event.kind} ${event.id}`;

test("what one person did and what came of it stand in order, with the share of each touch under each model", async () => {
  const one = await company(two);
  const found = await one.api.journey({ name: "L1", outcome: "deal:D1" });
  expect([found.person, found.leads, found.outcome, found.recorded]).toEqual(["P1", ["L1"], "deal:D1", null]);
  expect(found.events.map(told)).toEqual([
    "touch click T1",
    "touch impression T2",
    "touch visit T3",
    "outcome lead L1",
    "outcome mql L1",
    "outcome sql L1",
    "outcome deal D1",
    "outcome customer lead L1",
    "touch visit T4",
  ]);
  const shares = found.events.map((event) => (event.type === "touch" ? (event.shares?.["linear"] ?? null) : undefined));
  expect(shares.filter((share) => share !== undefined)).toEqual([0.5, 0, 0.5, null]);
  one.close();
});

test("a person is found by a lead, by an id and by any alias, whose names are counted and not told", async () => {
  const one = await company(two);
  const [lead, ...others] = await Promise.all(
    ["L1", "P1", "visitor:V2", "a@b.c"].map((name) => one.api.journey({ name })),
  );
  for (const other of others) expect({ ...other, name: "L1" }).toEqual(lead);
  expect(lead?.aliases).toEqual({ email: 1, person: 1, visitor: 2 });
  expect(JSON.stringify(others[1])).not.toMatch(/a@b\.c|#/);
  one.close();
});

test("of a lead without touches, what was recorded has all of it", async () => {
  const one = await company(two);
  const found = await one.api.journey({ name: "L2" });
  expect([found.person, found.outcome, found.recorded]).toEqual([
    null,
    "deal:D2",
    { channel: "partner", campaign: null },
  ]);
  one.close();
});

test("who is unknown, and an outcome of somebody else, are refused", async () => {
  const one = await company(two);
  await expect(one.api.journey({ name: "nobody" })).rejects.toMatchObject({ code: "unknown-person" });
  await expect(one.api.journey({ name: "L1", outcome: "deal:D2" })).rejects.toMatchObject({ code: "unknown-outcome" });
  one.close();
});
