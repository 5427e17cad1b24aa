import { describe, expect, test } from "vitest";
import { raw } from "../../src/engine/sql.ts";
import { company, contentOf, rows, type Company, type Facts } from "../company.ts";

const leads = rows`
  lead_id  created_at            channel      country
  L1       2026-05-01T10:00:00Z  email        ES
  L2       2026-05-02T10:00:00Z  paid_search  CO`;

const tables = [
  "lead",
  "stage_entry",
  "deal",
  "spend",
  "revenue",
  "lead_progress",
  "acquisition",
  "subscription",
  "credit",
  "rejected",
];

const contents = (one: Company) =>
  one.database.use(async (connection) => {
    const found: Record<string, string[]> = {};
    for (const table of tables) found[table] = await contentOf(connection, table);
    return found;
  });

const reasons = async (one: Company) =>
  (
    await one.database.use((connection) =>
      connection.rows(raw("SELECT reason FROM rejected WHERE known_to IS NULL ORDER BY reason")),
    )
  ).map((row) => row["reason"]);

describe("a load", () => {
  test("of the same rows twice changes nothing, not even a version", async () => {
    const one = await company({ lead: leads });
    const before = await contents(one);
    const { facts } = await one.load({ lead: leads });
    expect(facts[0]).toMatchObject({ read: 2, loaded: 0, changed: 0, unchanged: 2, closed: 0, rejected: 0 });
    expect(await contents(one)).toEqual(before);
    const versions = await one.database.use((connection) =>
      connection.rows(raw("SELECT count(*) AS n FROM lead_progress")),
    );
    expect(versions[0]?.["n"]).toBe(2);
    one.close();
  });

  test("in another order ends the same", async () => {
    const spend = rows`
      day         category  amount  currency
      2026-05-01  media     10      EUR`;
    const deal = rows`
      deal_id  created_at            outcome  lead_id  closed_at
      D1       2026-05-03T10:00:00Z  won      L1       2026-05-04T10:00:00Z`;
    const stage_entry = rows`
      subject  subject_id  stage  entered_at
      lead     L2          mql    2026-05-03T10:00:00Z`;
    const orders: Facts[][] = [
      [{ lead: leads }, { deal }, { spend, stage_entry }],
      [{ stage_entry }, { spend }, { deal }, { lead: leads.toReversed() }],
    ];
    const ends = [];
    for (const order of orders) {
      const one = await company({});
      for (const [i, facts] of order.entries()) await one.load(facts, { source: `s${i}` });
      ends.push(await contents(one));
      one.close();
    }
    expect(ends[1]).toEqual(ends[0]);
  });

  test("with equal rows holds one, with different rows of one key refuses the later in content", async () => {
    const twice = rows`
      lead_id  created_at            channel
      L1       2026-05-01T10:00:00Z  email
      L1       2026-05-01T10:00:00Z  email
      L2       2026-05-01T10:00:00Z  display
      L2       2026-05-01T10:00:00Z  email`;
    for (const written of [twice, twice.toReversed()]) {
      const one = await company({});
      const { facts } = await one.load({ lead: written });
      expect(facts[0]).toMatchObject({ read: 4, loaded: 2, rejected: 1 });
      expect(await reasons(one)).toEqual(["another row of the same load has the same lead_id"]);
      expect((await one.api.ask({ indicator: "leads", where: { channel: ["display"] } })).total.value).toBe(1);
      one.close();
    }
  });

  test("of another source may repeat a row but not contradict it", async () => {
    const one = await company({});
    await one.load({ lead: leads }, { source: "crm" });
    const { facts } = await one.load(
      {
        lead: rows`
          lead_id  created_at            channel      country
          L1       2026-05-01T10:00:00Z  email        ES
          L2       2026-05-02T10:00:00Z  paid_search  MX
          L3       2026-05-03T10:00:00Z  referral     MX`,
      },
      { source: "forms" },
    );
    expect(facts[0]).toMatchObject({ loaded: 1, unchanged: 1, rejected: 1 });
    expect(await reasons(one)).toEqual(["the source crm states this row differently"]);
    expect((await one.api.ask({ indicator: "leads" })).total.value).toBe(3);
    one.close();
  });

  test("keeps what breaks a rule, once each, and forgets it when it is mended", async () => {
    const one = await company({});
    const broken = rows`
      lead_id  created_at            disqualified_as
      L1       2026-05-01T10:00:00Z  robot
      -        2026-05-01T10:00:00Z  -
      L3       yesterday             -
      L4       2026-05-01T10:00:00Z  test`;
    await one.load({ lead: broken });
    await one.load({ lead: broken });
    expect(await reasons(one)).toEqual([
      "created_at: yesterday is no instant; declare dates: dd/mm/yyyy if days are written so",
      "disqualified_as: robot is none of test, duplicate, partner, student, competitor, vendor, other",
      "lead_id is required",
    ]);
    expect((await one.api.ask({ indicator: "leads" })).warnings).toContainEqual(
      expect.objectContaining({ code: "rejected-rows", count: 3 }),
    );
    await one.load({ lead: leads });
    expect(await reasons(one)).toEqual([]);
    one.close();
  });

  test("that fails halfway leaves no trace", async () => {
    const one = await company({ lead: leads });
    const before = await contents(one);
    const half = {
      lead: [{ lead_id: "L9", created_at: "2026-05-01T10:00:00Z" }],
      deal: [{ deal_id: "D1", outcome: "open", created_at: "2026-05-01", wrong: 1 }],
    };
    await expect(one.load(half)).rejects.toMatchObject({ code: "mapping-unknown-column", detail: { column: "wrong" } });
    expect(await contents(one)).toEqual(before);
    one.close();
  });
});
