import { describe, expect, test } from "vitest";
import { raw } from "../../src/engine/sql.ts";
import { hashed } from "../../src/facts/people/hashed.ts";
import { company, pepper, rows, times, values, type Company, type CompanySpec, type Facts } from "../company.ts";

const ana = `email ${hashed("ana@x.com", "email", pepper)}`;

/** Whom each alias belongs to now; `null` where nobody in particular. */
async function whose({ database }: Company): Promise<Record<string, string | null>> {
  const found = await database.use((connection) =>
    connection.rows(raw("SELECT alias_kind, alias, person_id FROM person WHERE known_to IS NULL ORDER BY ALL")),
  );
  return Object.fromEntries(
    found.map((row) => [`${String(row["alias_kind"])} ${String(row["alias"])}`, row["person_id"] as string | null]),
  );
}

async function known(facts: Facts, spec: CompanySpec = {}): Promise<Record<string, string | null>> {
  const one = await company(facts, spec);
  const found = await whose(one);
  one.close();
  return found;
}

test("two CRM contacts with one e-mail are one person, of which both visitors are", async () => {
  const identity = rows`
    alias_kind  alias  person_id
    email       ana@x.com    P1
    email       ana@x.com    P2
    visitor     V1     P1
    visitor     V2     P2
    visitor     V3     P3`;
  expect(await known({ identity })).toEqual({
    [ana]: "P1",
    "person P1": "P1",
    "person P2": "P1",
    "person P3": "P3",
    "visitor V1": "P1",
    "visitor V2": "P1",
    "visitor V3": "P3",
  });
});

test("links chain: a lead's e-mail, a contact's visitor, a touch that says both", async () => {
  expect(
    await known({
      lead: rows`
        lead_id  created_at            person_id  email  visitor
        L1       2026-05-10T10:00:00Z  P1         ana@x.com    -
        L2       2026-05-11T10:00:00Z  -          ana@x.com    V2`,
      touch: rows`
        touch_id  occurred_at           kind   person_id  visitor
        T1        2026-05-01T10:00:00Z  visit  P3         V2
        T2        2026-05-02T10:00:00Z  visit  -          V9`,
    }),
  ).toEqual({
    [ana]: "P1",
    "person P1": "P1",
    "person P3": "P1",
    "person lead L2": "P1",
    "visitor V2": "P1",
  });
});

test("a click joins a visitor with a lead where it is of one visitor and of one lead only", async () => {
  const touch = rows`
    touch_id  occurred_at           kind   visitor  click_id
    T1        2026-05-01T10:00:00Z  click  V1       K1
    T2        2026-05-01T10:00:00Z  click  V2       K2
    T3        2026-05-01T10:00:00Z  click  V3       K2
    T4        2026-05-01T10:00:00Z  click  V4       K3`;
  const lead = rows`
    lead_id  created_at            person_id  click_id
    L1       2026-05-10T10:00:00Z  P1         K1
    L2       2026-05-10T10:00:00Z  P2         K2
    L3       2026-05-10T10:00:00Z  P3         K3
    L4       2026-05-10T10:00:00Z  P4         K3`;
  expect(await known({ lead, touch })).toEqual({
    "click_id K1": "P1",
    "click_id K2": null,
    "click_id K3": null,
    "person P1": "P1",
    "person P2": "P2",
    "person P3": "P3",
    "person P4": "P4",
    "visitor V1": "P1",
  });
});

test("the person that was known first stays, also when the smaller id comes later", async () => {
  const one = await company({
    lead: rows`
    lead_id  created_at            person_id  email
    L1       2026-05-10T10:00:00Z  P7         ana@x.com`,
  });
  one.at("2026-11-24T12:00:00Z");
  await one.load(
    {
      identity: rows`
    alias_kind  alias  person_id
    email       ana@x.com    P2`,
    },
    { source: "crm" },
  );
  expect(await whose(one)).toEqual({ [ana]: "P7", "person P2": "P7", "person P7": "P7" });
  one.close();
});

test("an alias of more people than one device has joins nobody (T31)", async () => {
  const identity = times(6, (nth) => ({ alias_kind: "visitor", alias: "V1", person_id: `P${nth}` }));
  expect(await known({ identity })).toMatchObject({ "visitor V1": null, "person P1": "P1", "person P6": "P6" });
  expect(await known({ identity }, { settings: { shared: { people: 6 } } })).toMatchObject({
    "visitor V1": "P1",
    "person P6": "P1",
  });
});

describe("a link that is learned later joins two people", () => {
  const lead = rows`
    lead_id  created_at            person_id  customer_id  channel
    L1       2026-05-10T10:00:00Z  P1         C1           partner
    L2       2026-05-12T10:00:00Z  P2         C2           partner`;
  const touch = rows`
    touch_id  occurred_at           kind   person_id  channel
    T1        2026-05-01T10:00:00Z  click  P1         paid_search
    T2        2026-05-09T10:00:00Z  visit  P2         email`;
  const deal = rows`
    deal_id  created_at            outcome  lead_id
    D2       2026-05-13T10:00:00Z  open     L2`;
  const identity = rows`
    alias_kind  alias  person_id
    crm         C77    P1
    crm         C77    P2`;
  const asked = { by: ["channel"], model: "first", from: "2026-05-01", to: "2026-06-01" };

  test("the survivor keeps the touches of both (T15); as of the day before, it answers as then", async () => {
    const one = await company({ lead, touch, deal }, { now: "2026-06-01T12:00:00Z" });
    one.at("2026-06-05T12:00:00Z");
    await one.load({ identity }, { source: "crm" });
    const leads = async (more = {}) => values(await one.api.ask({ indicator: "leads", ...asked, ...more }));
    expect(await leads()).toEqual({ paid_search: 2 });
    expect(await leads({ asOf: "2026-06-03T00:00:00Z" })).toEqual({ paid_search: 1, email: 1 });
    one.close();
  });

  test("the change ledger says that it was a merge, of leads and of deals", async () => {
    const one = await company({ lead, touch, deal }, { now: "2026-06-01T12:00:00Z" });
    one.at("2026-06-05T12:00:00Z");
    await one.load({ identity }, { source: "crm" });
    const causes = async (indicator: string) => {
      const question = {
        indicator,
        from: asked.from,
        to: asked.to,
        model: "first",
        where: { channel: ["paid_search"] },
      };
      const { changes } = await one.api.explain({ question, since: "2026-06-03T00:00:00Z" });
      return changes?.changes.map(({ cause, difference }) => [cause, difference]);
    };
    expect(await causes("leads")).toEqual([["merge", 1]]);
    expect(await causes("opportunities-created")).toEqual([["merge", 1]]);
    one.close();
  });

  test("so it is of payments, of a lead that names no person, and of one into which another was merged", async () => {
    const facts = {
      lead: rows`
        lead_id  created_at            person_id  email          merged_into
        L1       2026-05-12T10:00:00Z  -          ana@x.example  -
        L2       2026-05-12T10:00:00Z  P2         -              L3
        L3       2026-05-12T10:00:00Z  -          -              L4
        L4       2026-05-12T10:00:00Z  P4         -              -`,
      touch: rows`
        touch_id  occurred_at           kind   person_id  channel
        T1        2026-05-01T10:00:00Z  click  Q1         paid_search
        T2        2026-05-01T10:00:00Z  click  Q2         paid_search`,
      deal: rows`
        deal_id  created_at            outcome  lead_id
        D1       2026-05-13T10:00:00Z  open     L1
        D2       2026-05-13T10:00:00Z  open     L4`,
      revenue: rows`
        revenue_id  customer_id  occurred_on  amount  currency  lead_id  deal_id
        R1          C1           2026-05-20   10      EUR       L1       -
        R2          C2           2026-05-20   20      EUR       -        D2`,
    };
    const one = await company(facts, { now: "2026-06-01T12:00:00Z" });
    one.at("2026-06-05T12:00:00Z");
    const joined = rows`
      alias_kind  alias          person_id
      email       ana@x.example  Q1
      crm         C77            P2
      crm         C77            Q2`;
    await one.load({ identity: joined }, { source: "crm" });
    const causes = async (indicator: string) => {
      const question = { indicator, from: asked.from, to: asked.to, where: { channel: ["paid_search"] } };
      const { changes } = await one.api.explain({ question, since: "2026-06-03T00:00:00Z" });
      return changes?.changes.map(({ cause, difference, rows: n }) => [cause, difference, n]);
    };
    expect(await causes("leads")).toEqual([["merge", 2, 2]]);
    expect(await causes("opportunities-created")).toEqual([["merge", 2, 2]]);
    expect(await causes("sales-revenue")).toEqual([["merge", 30, 2]]);
    expect(await causes("customers")).toEqual([["merge", 2, 2]]);
    one.close();
  });
});
