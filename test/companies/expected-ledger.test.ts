import { expect, test } from "vitest";
import { company, rows, type FactRow, type Facts } from "../company.ts";

const spend = rows`
  day         category  channel  amount  currency
  2026-05-01  media     email    10      EUR`;

/** What became known after the first load of what leads may be expected to bring: each cause with its rows. */
async function afterwards(first: Facts, then: Facts, complete = false) {
  const one = await company({}, { now: "2026-06-09T12:00:00Z" });
  await one.load({ spend, ...first });
  one.at("2026-07-10T12:00:00Z");
  await one.load({ spend, ...then }, { complete });
  const { changes } = await one.api.explain({
    question: { indicator: "marketing-roi", variant: "expected", from: "2026-01-01", to: "2027-01-01" },
    since: "2026-06-10T12:00:00Z",
  });
  one.close();
  return changes?.changes ?? [];
}

const causesOf = (changes: Awaited<ReturnType<typeof afterwards>>, lead: string) =>
  changes.flatMap(({ cause, examples }) => (examples.some((each) => each.startsWith(lead)) ? [cause] : []));

const lead = (nr: number, more: FactRow = {}): FactRow => ({
  lead_id: `L${nr}`,
  created_at: `2026-05-0${nr}T10:00:00Z`,
  channel: "email",
  disqualified_as: null,
  merged_into: null,
  ...more,
});
const paid = (nr: number): FactRow => ({
  revenue_id: `R${nr}`,
  customer_id: `C${nr}`,
  occurred_on: "2026-05-20",
  amount: 90,
  currency: "EUR",
  lead_id: `L${nr}`,
});
const open = { lead: [lead(1), lead(2), lead(3), lead(4)], revenue: [paid(1)] };

test("what a merged lead was expected to bring went by the merge too (T15)", async () => {
  const merged = { ...open, lead: [lead(1), lead(2, { merged_into: "L3" }), lead(3), lead(4)] };
  const changes = await afterwards(open, merged);
  expect(causesOf(changes, "L2")).toEqual(["merge"]);
  expect(changes.map(({ cause }) => cause)).not.toContain("deletion");
});

test("what a lead that is lost, or buys, was expected to bring is restated", async () => {
  const moved = {
    lead: [lead(1), lead(2, { disqualified_as: "student" }), lead(3), lead(4)],
    revenue: [paid(1), paid(3)],
  };
  const changes = await afterwards(open, moved);
  expect([causesOf(changes, "L2"), causesOf(changes, "L3")]).toEqual([["restated"], ["restated"]]);
});

test("what a lead that is no longer stated was expected to bring is a deletion", async () => {
  const fewer = { ...open, lead: [lead(1), lead(3), lead(4)] };
  expect(causesOf(await afterwards(open, fewer, true), "L2")).toEqual(["deletion"]);
});
