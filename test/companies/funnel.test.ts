import { expect, test } from "vitest";
import type { Funnel } from "../../src/contract/funnel.ts";
import { company, rows, type Facts } from "../company.ts";

// Ten leads of January by two channels. A is open; B a student; C an MQL and rejected; D an SQL and open; E lost after a deal that
// skipped the SQL; F has an open deal; G pays and stays, onboarded; H renews; I churned; J was merged into A and is in no place.
const facts: Facts = {
  lead: rows`
    lead_id  created_at            channel  customer_id  disqualified_as  merged_into
    A        2026-01-01T10:00:00Z  ads      -            -                -
    B        2026-01-01T10:00:00Z  ads      -            student          -
    C        2026-01-01T10:00:00Z  ads      -            -                -
    D        2026-01-01T10:00:00Z  ads      -            -                -
    E        2026-01-01T10:00:00Z  fair     -            -                -
    F        2026-01-01T10:00:00Z  fair     -            -                -
    G        2026-01-01T10:00:00Z  fair     KG           -                -
    H        2026-01-01T10:00:00Z  fair     KH           -                -
    I        2026-01-01T10:00:00Z  ads      KI           -                -
    J        2026-01-01T10:00:00Z  ads      -            -                A`,
  stage_entry: rows`
    subject  subject_id  stage  entered_at            outcome   reason
    lead     C           mql    2026-01-03T10:00:00Z  rejected  too small
    lead     D           mql    2026-01-03T10:00:00Z  accepted  -
    lead     D           sql    2026-01-05T10:00:00Z  -         -
    lead     E           mql    2026-01-04T10:00:00Z  accepted  -`,
  deal: rows`
    deal_id  lead_id  customer_id  created_at            outcome  closed_at             lost_reason  amount  currency  kind
    dE       E        -            2026-01-06T10:00:00Z  lost     2026-01-26T10:00:00Z  price        100     EUR       new
    dF       F        -            2026-01-08T10:00:00Z  open     -                     -            100     EUR       new
    dG       G        KG           2026-01-08T10:00:00Z  won      2026-01-20T10:00:00Z  -            100     EUR       new
    dH       H        KH           2026-01-08T10:00:00Z  won      2026-01-20T10:00:00Z  -            100     EUR       new
    dI       I        KI           2026-01-08T10:00:00Z  won      2026-01-20T10:00:00Z  -            100     EUR       new
    rH       -        KH           2026-03-01T10:00:00Z  won      2026-03-20T10:00:00Z  -            100     EUR       renewal`,
  customer: rows`
    customer_id  onboarded_at
    KG           2026-01-30T10:00:00Z
    KH           -
    KI           -`,
  subscription_change: rows`
    customer_id  occurred_on  kind   mrr_after  currency  product  reason
    KG           2026-01-20   start  100        EUR       p        -
    KH           2026-01-20   start  100        EUR       p        -
    KI           2026-01-20   start  100        EUR       p        -
    KI           2026-03-31   churn  0          EUR       p        no use`,
  spend: rows`
    day         channel  amount  currency  category
    2026-01-01  ads      60      EUR       media
    2026-01-01  fair     400     EUR       media`,
};
const now = "2026-04-30T12:00:00Z";
const january = { from: "2026-01-01", to: "2026-02-01" };

const where = ({ steps }: Funnel) =>
  steps.map(({ stage, reached, wentOn, out, inside, exits }) => [
    stage,
    reached,
    wentOn,
    out.leads,
    inside.leads,
    ...exits.map(({ kind, reason, leads, days }) => [kind, reason, leads, days]),
  ]);

test("every lead is in one place: inside a stage, or out of it with its reason and the days it was there", async () => {
  const one = await company(
    { ...facts, touch: [{ touch_id: "T", occurred_at: "2026-04-30T09:00:00Z", kind: "page" }] },
    { now },
  );
  const found = await one.api.funnel(january);
  expect(where(found)).toEqual([
    ["lead", 9, 7, 1, 1, ["disqualified", "student", 1, null]],
    ["mql", 7, 6, 1, 0, ["rejected", "too small", 1, 0]],
    ["sql", 6, 5, 0, 1],
    ["opportunity", 5, 3, 1, 1, ["lost", "price", 1, 20]],
    ["customer", 3, 2, 1, 0, ["churned", "no use", 1, 70]],
    ["onboarded", 2, 1, 0, 1],
    ["renewed", 1, 0, 0, 1],
  ]);
  // A has waited since January 1st, D since the 5th, F since the 8th, G since the 30th; H since its renewal.
  expect(found.steps.map(({ inside }) => inside.days)).toEqual([119, null, 115, 112, null, 90, 41]);
  // F, G, H and I were never entered as MQL or SQL, E not as SQL.
  expect(found.steps.map(({ inferred }) => inferred)).toEqual([0, 4, 5, 0, 0, 0, 0]);
  expect(found.steps[0]?.held).toMatchObject({
    window: 30,
    cohort: { passed: 7, of: 9 },
    norm: { of: 0, rate: null },
    certain: false,
    atStake: null,
  });
  expect(found).toMatchObject({ worst: null, flips: [], observedTo: "2026-04-30" });
  one.close();
});

test("what leads of a source are worth is what passes each stage times a customer's expected life", async () => {
  const one = await company(
    { ...facts, touch: [{ touch_id: "T", occurred_at: "2026-04-30T09:00:00Z", kind: "page" }] },
    { now },
  );
  const { sources, months, worthBy } = await one.api.funnel(january);
  expect([months, worthBy]).toEqual([36, "subscription"]);
  const [ads, fair] = ["ads", "fair"].map((name) => sources.find((each) => each.name === name));
  // Of 5 leads 3 passed on to MQL, 2 of these to SQL, 1 of these to a deal, which was won. At the start of February and of March
  // one customer of ads was there, and left at the end of March: half of the customer-months. 100 × (1 − ½³⁶) ÷ ½.
  expect(ads).toMatchObject({ leads: 5, churn: 0.5, monthly: 100, customerMonths: 2, costPerLead: 12 });
  expect(ads?.value[4]).toBeCloseTo(200, 6);
  expect(ads?.affordable).toBeCloseTo((3 / 5) * (2 / 3) * (1 / 2) * 200, 6);
  // Of 4 leads all had a deal, and two were won; nobody left.
  expect(fair).toMatchObject({ leads: 4, churn: 0, monthly: 100, costPerLead: 100 });
  expect(fair?.affordable).toBeCloseTo(0.5 * 3600, 6);
  expect(fair?.returned).toBeCloseTo(18, 6);
  one.close();
});

test("of a source that sold nothing yet no worth is known: nothing is not what a lead of it is worth", async () => {
  const leads = ["P", "Q"].map((lead_id) => ({ lead_id, created_at: "2026-01-02T10:00:00Z", channel: "print" }));
  const deal = (lead_id: string) => ({
    deal_id: lead_id,
    lead_id,
    created_at: "2026-01-03T10:00:00Z",
    outcome: "lost",
    closed_at: "2026-01-20T10:00:00Z",
    currency: "EUR",
  });
  const touch = [{ touch_id: "T", occurred_at: "2026-04-30T09:00:00Z", kind: "page" }];
  const all = {
    ...facts,
    touch,
    lead: [...(facts.lead ?? []), ...leads],
    deal: [...(facts.deal ?? []), deal("P"), deal("Q")],
  };
  const one = await company(all, { now });
  const { sources } = await one.api.funnel(january);
  const print = sources.find(({ name }) => name === "print");
  expect(print).toMatchObject({ leads: 2, affordable: null, interval: null, returned: null });
  expect(print?.sale[0]).toBe(0);
  one.close();
});

test("filters narrow the cohort; a past instant has the places of then", async () => {
  const one = await company(facts, { now });
  const ads = await one.api.funnel({ ...january, where: { channel: ["ads"] } });
  expect(ads.steps.map(({ reached }) => reached)).toEqual([5, 3, 2, 1, 1, 0, 0]);
  const before = one.api.funnel(january);
  await one.load(
    { lead: [{ lead_id: "A", created_at: "2026-01-01T10:00:00Z", channel: "ads", disqualified_as: "test" }] },
    {
      now: "2026-05-02T12:00:00Z",
    },
  );
  one.at("2026-05-03T12:00:00Z");
  const [then, since] = [await before, await one.api.funnel(january)];
  expect(since.steps[0]).toMatchObject({ out: { leads: 2 }, inside: { leads: 0 } });
  const again = await one.api.funnel({ ...january, asOf: "2026-05-01T00:00:00Z" });
  expect(where(again)).toEqual(where(then));
  one.close();
});

test("what it cannot be asked is refused", async () => {
  const one = await company(facts, { now });
  await expect(one.api.funnel({ by: "nothing" })).rejects.toMatchObject({ code: "unknown-dimension" });
  await expect(one.api.funnel({ from: "2026-02-01", to: "2026-02-01" })).rejects.toMatchObject({ code: "empty-range" });
  one.close();
});

test("without leads, every stage is empty and nothing is worth anything", async () => {
  const one = await company({}, { now });
  const found = await one.api.funnel({});
  expect(found.steps.map(({ reached }) => reached)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(found).toMatchObject({ worst: null, sources: [], worthBy: null });
  one.close();
});
