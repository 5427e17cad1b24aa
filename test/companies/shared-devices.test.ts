import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { raw } from "../../src/engine/sql.ts";
import { company, rows, times, values, type Company } from "../company.ts";

const asked = { indicator: "leads", by: ["channel"], model: "first", from: "2026-05-01", to: "2026-06-01" };
const warned = async ({ api }: Company, question: object = asked) =>
  (await api.ask({ ...asked, ...question })).warnings.find(({ code }) => code === "shared-touches");

const staff = times(7, (nth) => ({
  lead_id: `L${nth}`,
  created_at: "2026-05-10T10:00:00Z",
  person_id: `P${nth}`,
  channel: "partner",
}));

test("touches of a device of too many people earn no credit; the answer says how many, where it is split by channel", async () => {
  const one = await company({
    lead: staff,
    identity: times(7, (nth) => ({ alias_kind: "visitor", alias: "kiosk", person_id: `P${nth}` })),
    touch: rows`
      touch_id  occurred_at           kind        visitor  person_id  channel
      T1        2026-05-09T10:00:00Z  visit       kiosk    -          email
      T2        2026-05-09T11:00:00Z  visit       kiosk    -          email
      T3        2026-05-09T11:00:00Z  impression  kiosk    -          display
      T4        2026-05-09T12:00:00Z  visit       kiosk    P1         paid_search`,
  });
  expect(values(await one.api.ask(asked))).toEqual({ paid_search: 1, partner: 6 });
  expect(await warned(one)).toEqual({
    code: "shared-touches",
    message: "2 touches of shared devices are not credited",
    count: 2,
  });
  expect(await warned(one, { by: [] })).toBeUndefined();
  expect(await warned(one, { from: "2026-10-01", to: "2026-11-01" })).toBeUndefined();
  one.close();
});

test("on the day before it was known to be shared, its touches were somebody's", async () => {
  const two = rows`
    alias_kind  alias  person_id
    visitor     V1     P1
    visitor     V1     P2`;
  const touch = rows`
    touch_id  occurred_at           kind   visitor  channel
    T1        2026-05-09T10:00:00Z  visit  V1       email`;
  const one = await company({ lead: staff.slice(0, 2), touch, identity: two });
  one.at("2026-11-24T12:00:00Z");
  await one.load(
    { identity: times(7, (nth) => ({ alias_kind: "visitor", alias: "V1", person_id: `P${nth}` })) },
    { source: "other" },
  );
  expect(values(await one.api.ask(asked))).toEqual({ partner: 2 });
  expect(values(await one.api.ask({ ...asked, asOf: "2026-11-23T18:00:00Z" }))).toEqual({ email: 2 });
  expect(await warned(one, { asOf: "2026-11-23T18:00:00Z" })).toBeUndefined();
  one.close();
});

describe("200,000 touches on one person (T31)", () => {
  let one: Company;
  beforeAll(async () => {
    one = await company({ lead: staff });
    const touch = `SELECT 'T' || range AS touch_id, CAST(TIMESTAMP '2026-05-01' + to_seconds(range) AS VARCHAR) || 'Z' AS occurred_at,
      'visit' AS kind, CASE WHEN range < 200000 THEN 'P1' ELSE 'P2' END AS person_id, 'email' AS channel FROM range(200003)`;
    await one.load({ touch }, { source: "web" });
    await one.load(
      { lead: [{ lead_id: "L9", created_at: "2026-05-10T10:00:00Z", person_id: "P9" }] },
      { source: "more" },
    );
  }, 120_000);
  afterAll(() => one.close());

  test("the person is flagged, and the leads have the channel that was recorded", async () => {
    const flagged = await one.database.use((connection) =>
      connection.rows(raw("SELECT alias FROM person WHERE known_to IS NULL AND shared")),
    );
    expect(flagged).toEqual([{ alias: "P1" }]);
    expect(values(await one.api.ask(asked))).toEqual({ email: 1, partner: 6, "(none)": 1 });
    expect((await warned(one))?.count).toBe(200_000);
  });

  test("no touch of theirs is joined with an outcome", async () => {
    const [row] = await one.database.use((connection) =>
      connection.rows(raw("SELECT count(*) AS n FROM credit WHERE known_to IS NULL AND touch_id IS NOT NULL")),
    );
    expect(row?.["n"]).toBeLessThanOrEqual(2 * 3 * 3);
  });
});
