import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Tuple } from "../../src/engine/database.ts";
import { Problem } from "../../src/engine/problem.ts";
import { raw } from "../../src/engine/sql.ts";
import { derivedTables } from "../../src/facts/derived/index.ts";
import { company, rows, type Company, type FactRow, type Facts } from "../company.ts";

const among = (prefix: string, count: number) =>
  fc.constantFrom(...Array.from({ length: count }, (_, i) => `${prefix}${i}`));
const maybe = (prefix: string, count: number) => fc.option(among(prefix, count), { nil: null });
const instant = fc
  .integer({ min: 0, max: 60 * 8 })
  .map((at) => new Date(Date.parse("2026-03-01T00:00:00Z") + at * 3 * 3_600_000).toISOString());
const channel = fc.option(fc.constantFrom("email", "direct", "paid_search"), { nil: null });

const touch = fc.record({
  touch_id: among("T", 14),
  occurred_at: instant,
  kind: fc.constantFrom("visit", "click", "impression", "call"),
  person_id: maybe("P", 4),
  visitor: maybe("V", 3),
  click_id: maybe("G", 3),
  channel,
  campaign: maybe("K", 4),
});
/** What some campaigns are called is what others are. */
const spend = fc.record({
  day: fc.constantFrom("2026-03-01", "2026-03-02"),
  category: fc.constant("media"),
  amount: fc.constant(1),
  currency: fc.constant("EUR"),
  channel: fc.constantFrom("email", "paid_search"),
  campaign: fc.constantFrom("K0", "K1", "I2", "I3"),
  campaign_name: among("K", 4),
});
/** A lead is merged into one with a higher number, so that no circle of leads comes about. */
const lead = fc
  .record({
    lead_id: among("L", 4),
    created_at: instant,
    person_id: maybe("P", 4),
    visitor: maybe("V", 3),
    click_id: maybe("G", 3),
    email: fc.option(fc.constantFrom("a@one.example", "b@one.example"), { nil: null }),
    customer_id: maybe("C", 2),
    channel,
    into: maybe("L", 5),
  })
  .map(({ into, ...rest }) => ({ ...rest, merged_into: into !== null && into > rest.lead_id ? into : null }));
const stageEntry = fc.record({
  subject: fc.constantFrom("lead", "deal"),
  subject_id: among("L", 4),
  stage: fc.constantFrom("mql", "sql"),
  entered_at: instant,
  outcome: fc.constantFrom("accepted", "rejected", null),
});
const identity = fc.record({
  alias_kind: fc.constantFrom("visitor", "click_id"),
  alias: fc.oneof(among("V", 3), among("G", 3)),
  person_id: among("P", 4),
});
const deal = fc.record({
  deal_id: among("D", 3),
  customer_id: maybe("C", 2),
  created_at: instant,
  outcome: fc.constantFrom("won", "open"),
  closed_at: instant,
  lead_id: maybe("L", 4),
  channel,
});
const revenue = fc.record({
  revenue_id: among("R", 3),
  customer_id: among("C", 2),
  occurred_on: instant.map((at) => at.slice(0, 10)),
  amount: fc.constant(10),
  currency: fc.constant("EUR"),
  deal_id: fc.option(among("D", 3), { nil: null, freq: 1 }),
  lead_id: fc.option(among("L", 4), { nil: null, freq: 1 }),
});

const keys = {
  touch: ["touch_id"],
  lead: ["lead_id"],
  stage_entry: ["subject", "subject_id", "stage", "entered_at"],
  identity: ["alias_kind", "alias", "person_id"],
  deal: ["deal_id"],
  spend: ["day", "channel", "campaign"],
  revenue: ["revenue_id"],
};
const rowsOf = (fact: keyof typeof keys, row: fc.Arbitrary<FactRow>, maxLength: number) =>
  fc.uniqueArray(row, { maxLength, selector: (each) => keys[fact].map((key) => each[key]).join(" ") });

/** What a source states in one load: some of what there is, in part otherwise than before, or all that is left. */
const someLoad = fc.record({
  facts: fc.record({
    touch: rowsOf("touch", touch, 8),
    lead: rowsOf("lead", lead, 3),
    stage_entry: rowsOf("stage_entry", stageEntry, 2),
    identity: rowsOf("identity", identity, 2),
    deal: rowsOf("deal", deal, 2),
    spend: rowsOf("spend", spend, 3),
    revenue: rowsOf("revenue", revenue, 2),
  }),
  complete: fc.boolean(),
});

/** Whether a load was taken; a source that states less than half of what it knows is refused. */
async function taken(one: Company, facts: Facts, complete: boolean, day: number): Promise<boolean> {
  try {
    await one.load(facts, {
      complete,
      now: new Date(Date.parse("2026-06-01T00:00:00Z") + day * 86_400_000).toISOString(),
    });
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === "too-many-gone") return false;
    throw error;
  }
}

/** Every version of every derived table, and what is counted for them. */
const versions = (one: Company): Promise<Record<string, Tuple[]>> =>
  one.database.use(async (connection) => {
    const found: Record<string, Tuple[]> = {};
    for (const table of [...derivedTables.map((each) => each.name), "touch_names"])
      found[table] = await connection.rows(raw(`SELECT * FROM ${table} ORDER BY ALL`));
    return found;
  });

/** Its next load finds tables of other rules, and derives all of them anew. */
const forgetRules = (one: Company) =>
  one.database.use((connection) => connection.run(raw("UPDATE setting SET value = '' WHERE name = 'derived_with'")));

test(
  "derived tables brought up to date by load have the versions of those that are derived whole after each",
  { timeout: 240_000 },
  async () => {
    const settings = { look_back_days: 20, shared: { people: 2, touches: 6 } };
    await fc.assert(
      fc.asyncProperty(fc.array(someLoad, { minLength: 2, maxLength: 5 }), async (loads) => {
        const [changed, whole] = await Promise.all([company({}, { settings }), company({}, { settings })]);
        for (const [day, { facts, complete }] of loads.entries()) {
          await forgetRules(whole);
          expect(await taken(changed, facts, complete, day)).toBe(await taken(whole, facts, complete, day));
          expect(await versions(changed)).toEqual(await versions(whole));
        }
        changed.close();
        whole.close();
      }),
      { numRuns: 10, endOnFailure: true },
    );
  },
);

/** Both ways of deriving over the same loads, with the credit that is believed in the end as `column`. */
async function afterEach(loads: readonly Facts[], column: string, settings = {}): Promise<unknown[]> {
  const [changed, whole] = await Promise.all([company({}, { settings }), company({}, { settings })]);
  for (const [day, facts] of loads.entries()) {
    await forgetRules(whole);
    for (const one of [changed, whole]) await taken(one, facts, false, day);
    expect(await versions(changed)).toEqual(await versions(whole));
  }
  const believed = await changed.database.use((connection) =>
    connection.rows(raw("SELECT * FROM credit WHERE known_to IS NULL AND touch_id IS NOT NULL ORDER BY outcome_id")),
  );
  changed.close();
  whole.close();
  return believed.map((row) => row[column]);
}

const twoPeople = {
  lead: rows`
    lead_id  created_at            person_id
    L1       2026-05-10T10:00:00Z  P1
    L2       2026-05-10T10:00:00Z  P2`,
  touch: rows`
    touch_id  occurred_at           kind   visitor  channel  campaign
    T1        2026-05-01T10:00:00Z  click  V1       email    Sale`,
  identity: rows`
    alias_kind  alias  person_id
    visitor     V1     P1`,
};

test("a device that turns out to be somebody else's takes its touches along", async () => {
  const other = { identity: [{ alias_kind: "visitor", alias: "V1", person_id: "P2" }] };
  expect(await afterEach([twoPeople, other], "outcome_id")).toEqual(["L2"]);
});

test("a campaign's name that spend explains later is its id from then on", async () => {
  const spent = {
    spend: rows`
      day         category  amount  currency  channel  campaign  campaign_name
      2026-05-01  media     1       EUR       email    I2        Sale`,
  };
  expect(await afterEach([twoPeople, spent], "campaign")).toEqual(["I2"]);
});

test("a merged lead that turns out to be somebody else's takes that person's touches to the lead that it became part of", async () => {
  const merged = {
    ...twoPeople,
    lead: rows`
      lead_id  created_at            person_id  merged_into
      L1       2026-05-10T10:00:00Z  -          -
      L2       2026-05-10T10:00:00Z  P2         L3
      L3       2026-05-10T10:00:00Z  -          L1`,
  };
  const other = { lead: [{ lead_id: "L2", created_at: "2026-05-10T10:00:00Z", person_id: "P1", merged_into: "L3" }] };
  expect(await afterEach([merged, other], "outcome_id")).toEqual(["L1"]);
});

test("a payment that names a customer alone is of the customer's lead, which becomes a customer", async () => {
  const known = {
    ...twoPeople,
    lead: [{ lead_id: "L1", created_at: "2026-05-10T10:00:00Z", person_id: "P1", customer_id: "C1" }],
  };
  const paid = {
    revenue: [{ revenue_id: "R1", customer_id: "C1", occurred_on: "2026-05-20", amount: 10, currency: "EUR" }],
  };
  expect(await afterEach([known, paid], "outcome_id")).toEqual(["C1", "L1", "R1"]);
});

test("a payment whose deal turns out to be of no lead is of its customer's lead from then on", async () => {
  const deal = { deal_id: "D1", created_at: "2026-05-12T10:00:00Z", outcome: "open" };
  const known = {
    lead: rows`
      lead_id  created_at            person_id  customer_id
      L1       2026-05-10T10:00:00Z  P1         -
      L2       2026-05-10T10:00:00Z  P2         C1`,
    touch: [{ touch_id: "T1", occurred_at: "2026-05-01T10:00:00Z", kind: "click", person_id: "P2", channel: "email" }],
    deal: [{ ...deal, lead_id: "L1" }],
    revenue: [
      { revenue_id: "R1", customer_id: "C1", deal_id: "D1", occurred_on: "2026-05-20", amount: 10, currency: "EUR" },
    ],
  };
  expect(await afterEach([known, { deal: [deal] }], "outcome_id")).toEqual(["C1", "L2", "R1"]);
});

/** A kiosk that sources state for so many people; one more clicked an ad on it. */
const kiosk = (people: number) => ({
  lead: rows`
    lead_id  created_at            person_id  click_id
    L1       2026-05-10T10:00:00Z  P1         gclid:1`,
  touch: rows`
    touch_id  occurred_at           kind   visitor  channel      click_id
    T1        2026-05-01T10:00:00Z  click  V1       paid_search  gclid:1`,
  identity: Array.from({ length: people }, (_, i) => ({
    alias_kind: "visitor",
    alias: "V1",
    person_id: `Q${i + 1}`,
  })),
});

test("a shared device stays nobody's when one who clicked an ad on it comes again", async () => {
  const again = {
    lead: rows`
      lead_id  created_at            person_id
      L2       2026-05-11T10:00:00Z  P1`,
  };
  expect(await afterEach([kiosk(6), again], "outcome_id")).toEqual([]);
});

test("a visit to a shared device leaves the clicks on it counted among what makes it shared", async () => {
  const visit = {
    touch: rows`
      touch_id  occurred_at           kind   visitor  channel
      T2        2026-05-02T10:00:00Z  visit  V1       email`,
  };
  expect(await afterEach([kiosk(5), visit], "outcome_id")).toEqual([]);
});

/** One person on so many devices, whose touches are a few of each: `extra` of the last. */
const travelling = (extra: number) => ({
  lead: [{ lead_id: "L1", created_at: "2026-05-10T10:00:00Z", person_id: "P1" }],
  identity: Array.from({ length: 101 }, (_, i) => ({ alias_kind: "visitor", alias: `V${i}`, person_id: "P1" })),
  touch: [...Array.from({ length: 99 }, (_, i) => [i, i]).flat(), 99, ...Array.from({ length: extra }, () => 100)].map(
    (device, i) => ({
      touch_id: `T${i}`,
      occurred_at: "2026-05-01T10:00:00Z",
      kind: "click",
      visitor: `V${device}`,
      channel: "email",
    }),
  ),
});

test(
  "who has a touch too many over many devices is shared, until one of the touches is another's",
  { timeout: 60_000 },
  async () => {
    const settings = { shared: { people: 5, touches: 200 } };
    const elsewhere = { touch: [{ ...travelling(1).touch[0], visitor: "V999" } as FactRow] };
    expect(await afterEach([travelling(1), travelling(2)], "outcome_id", settings)).toEqual([]);
    expect(await afterEach([travelling(1), travelling(2), elsewhere], "outcome_id", settings)).toHaveLength(200);
  },
);
