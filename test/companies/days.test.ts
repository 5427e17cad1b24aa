import { expect, test } from "vitest";
import { company, rows, times, values } from "../company.ts";

const leads = (instants: readonly string[]) => instants.map((created_at, i) => ({ lead_id: `L${i + 1}`, created_at }));
const inZone = (time_zone: string) => ({ settings: { time_zone } });
const byDay = (from: string, to: string) => ({ indicator: "leads", grain: "day", from, to }) as const;

test.each([
  ["America/Bogota", { "2026-05-01": 1, "2026-05-02": 2 }],
  ["Asia/Kolkata", { "2026-05-01": 0, "2026-05-02": 3 }],
  ["UTC", { "2026-05-01": 1, "2026-05-02": 2 }],
  ["Pacific/Auckland", { "2026-05-01": 0, "2026-05-02": 2 }],
])("the same three instants fall on the days of %s (T21)", async (zone, expected) => {
  const { api, close } = await company(
    { lead: leads(["2026-05-01T22:00:00Z", "2026-05-02T05:00:00Z", "2026-05-02T17:00:00Z"]) },
    inZone(zone),
  );
  expect(values(await api.ask(byDay("2026-05-01", "2026-05-03")))).toEqual(expected);
  close();
});

test("the edges of a day in Bogotá are 05:00 of Greenwich, to the second", async () => {
  const { api, close } = await company(
    {
      lead: leads(["2026-05-01T04:59:59Z", "2026-05-01T05:00:00Z", "2026-05-02T04:59:59.999Z", "2026-05-02T05:00:00Z"]),
    },
    inZone("America/Bogota"),
  );
  expect(values(await api.ask(byDay("2026-04-30", "2026-05-03")))).toEqual({
    "2026-04-30": 1,
    "2026-05-01": 2,
    "2026-05-02": 1,
  });
  close();
});

test.each([
  ["2026-03-29", "2026-03-28T23:00:00Z", 23],
  ["2026-10-25", "2026-10-24T22:00:00Z", 25],
  ["2026-05-10", "2026-05-09T22:00:00Z", 24],
])("in Madrid %s has its hours: one lead an hour, none twice and none lost (T21)", async (day, begins, hours) => {
  const start = Date.parse(begins);
  const hourly = times(hours + 2, (nth) => ({
    lead_id: `L${nth}`,
    created_at: new Date(start + (nth - 2) * 3_600_000).toISOString(),
  }));
  const { api, close } = await company({ lead: hourly }, inZone("Europe/Madrid"));
  const answer = await api.ask(byDay("2026-03-01", "2026-11-01"));
  expect(values(answer)[day]).toBe(hours);
  expect(answer.total.value).toBe(hours + 2);
  close();
});

test("a day stays its day where midnight does not exist", async () => {
  const { api, close } = await company(
    {
      lead: [
        { lead_id: "L1", created_at: "2017-10-15" },
        { lead_id: "L2", created_at: "2017-10-14" },
      ],
      revenue: rows`
        revenue_id  customer_id  occurred_on  amount  currency  lead_id
        R1          C1           2017-10-14   1       EUR       L2`,
    },
    inZone("America/Sao_Paulo"),
  );
  expect(values(await api.ask(byDay("2017-10-14", "2017-10-16")))).toEqual({ "2017-10-14": 1, "2017-10-15": 1 });
  expect(values(await api.ask({ indicator: "customers", grain: "day", from: "2017-10-14", to: "2017-10-16" }))).toEqual(
    { "2017-10-14": 1, "2017-10-15": 0 },
  );
  close();
});

test.each([
  ["America/Bogota", "2026-05-10T03:00:00Z"],
  ["Asia/Kolkata", "2026-05-09T18:00:00Z"],
])("a touch late on the day of payment in %s is before it, one of the next morning is not", async (zone, late) => {
  const soon = new Date(Date.parse(late) + 4 * 3_600_000).toISOString();
  const { api, close } = await company(
    {
      lead: [{ lead_id: "L1", created_at: "2026-05-01T12:00:00Z", person_id: "P1" }],
      touch: [
        { touch_id: "T1", occurred_at: late, kind: "click", person_id: "P1", channel: "email" },
        { touch_id: "T2", occurred_at: soon, kind: "click", person_id: "P1", channel: "paid_search" },
      ],
      revenue: rows`
        revenue_id  customer_id  occurred_on  amount  currency  lead_id
        R1          C1           2026-05-09   100     EUR       L1`,
    },
    inZone(zone),
  );
  expect(values(await api.ask({ indicator: "sales-revenue", by: ["channel"] }))).toEqual({ email: 100 });
  expect(values(await api.ask({ indicator: "customers", by: ["channel"] }))).toEqual({ email: 1 });
  expect(
    values(
      await api.ask({
        indicator: "lead-to-customer-rate",
        clock: "period",
        grain: "day",
        from: "2026-05-09",
        to: "2026-05-10",
      }),
    ),
  ).toEqual({ "2026-05-09": null });
  close();
});

test("ad days keep the account's zone, and the answer says that zones are mixed (T21)", async () => {
  const { api, close } = await company(
    {
      spend: rows`
        day         category  amount  currency  zone
        2026-05-01  media     10      EUR       America/Los_Angeles`,
    },
    inZone("Europe/Madrid"),
  );
  const answer = await api.ask({ indicator: "spend", grain: "day", from: "2026-05-01", to: "2026-05-02" });
  expect(values(answer)).toEqual({ "2026-05-01": 10 });
  expect(answer.warnings.map((each) => each.code)).toEqual(["mixed-zones"]);
  close();
});

test("today is the workspace's, and the current period is compared with as many days of the one before", async () => {
  const { api, close } = await company(
    {
      lead: leads([
        "2026-10-01T12:00:00Z",
        "2026-10-22T12:00:00Z",
        "2026-10-23T12:00:00Z",
        "2026-10-24T12:00:00Z",
        "2026-11-05T12:00:00Z",
      ]),
    },
    { settings: { time_zone: "America/Bogota" }, now: "2026-11-24T03:00:00Z" },
  );
  const answer = await api.ask({ indicator: "leads", from: "2026-11-01", to: "2026-12-01", compare: "previous" });
  expect(answer.total).toMatchObject({ value: 1, incomplete: true });
  expect(answer.comparison).toMatchObject({ from: "2026-10-01", to: "2026-10-24", total: { value: 3 } });
  close();
});
