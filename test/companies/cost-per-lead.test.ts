import { expect, test } from "vitest";
import { company, part, rows, times, values } from "../company.ts";

const may = { from: "2026-05-01", to: "2026-06-01" };

test("1,000 of media and 50 leads, 10 of them no prospects: 20.00 a lead, 25.00 a viable one", async () => {
  const { api, close } = await company({
    spend: rows`
      day         category  amount  currency
      2026-05-02  media     1000    EUR`,
    lead: times(50, (nth) => ({
      lead_id: `L${nth}`,
      created_at: "2026-05-10T10:00:00Z",
      disqualified_as: nth <= 6 ? "student" : nth <= 10 ? "test" : null,
    })),
  });
  const blended = await api.ask({ indicator: "cost-per-lead", variant: "blended", ...may });
  const viable = await api.ask({ indicator: "cost-per-lead", variant: "viable", ...may });
  expect(blended.total).toMatchObject({ value: 20, n: 50, parts: { spend: 1000, leads: 50 } });
  expect(viable.total).toMatchObject({ value: 25, n: 40, parts: { spend: 1000, leads: 40 } });
  close();
});

test("spend without leads and leads without spend both stay, the empty channel in (none) (T4, T30)", async () => {
  const { api, close } = await company({
    spend: rows`
      day         category  amount  currency  channel      campaign
      2026-05-02  media     300     EUR       display      Spring
      2026-05-02  media     100     EUR       paid_search  Brand
      2026-05-02  media     60      EUR       -            -
      2026-05-02  salaries  999     EUR       -            -`,
    lead: rows`
      lead_id  created_at            channel         campaign
      L1       2026-05-03T10:00:00Z  paid_search     Brand
      L2       2026-05-03T10:00:00Z  organic_search  -
      L3       2026-05-03T10:00:00Z  -               -
      L4       2026-05-03T10:00:00Z  unknown         -`,
  });
  const answer = await api.ask({ indicator: "cost-per-lead", variant: "blended", by: ["channel"], ...may });
  expect(part(answer, "spend")).toEqual({
    display: 300,
    paid_search: 100,
    "(none)": 60,
    organic_search: 0,
    unknown: 0,
  });
  expect(part(answer, "leads")).toEqual({ display: 0, paid_search: 1, "(none)": 1, organic_search: 1, unknown: 1 });
  expect(values(answer)).toEqual({ display: null, paid_search: 100, "(none)": 60, organic_search: 0, unknown: 0 });
  expect(answer.rows.find((row) => row.key["channel"] === "display")?.flags).toEqual(["no-denominator"]);
  expect(answer.total).toMatchObject({ value: 115, parts: { spend: 460, leads: 4 } });
  const none = await api.ask({ indicator: "leads", where: { channel: [null] }, ...may });
  const others = await api.ask({ indicator: "leads", where: { channel: { not: ["paid_search"] } }, ...may });
  expect([none.total.value, others.total.value]).toEqual([1, 3]);
  close();
});

test("a total is the ratio of sums, never the mean of its rows or days (T11)", async () => {
  const { api, close } = await company({
    spend: rows`
      day         category  amount  currency  campaign
      2026-05-01  media     10      EUR       A
      2026-05-02  media     90      EUR       B`,
    lead: [
      ...times(1, (nth) => ({ lead_id: `A${nth}`, created_at: "2026-05-01T10:00:00Z", campaign: "A" })),
      ...times(9, (nth) => ({ lead_id: `B${nth}`, created_at: "2026-05-02T10:00:00Z", campaign: "B" })),
      { lead_id: "B0", created_at: "2026-05-02T10:00:00Z", campaign: "A" },
    ],
  });
  const byCampaign = await api.ask({ indicator: "cost-per-lead", variant: "blended", by: ["campaign"], ...may });
  const byDay = await api.ask({
    indicator: "cost-per-lead",
    variant: "blended",
    grain: "day",
    from: "2026-05-01",
    to: "2026-05-03",
  });
  expect(values(byCampaign)).toEqual({ A: 5, B: 10 });
  expect(values(byDay)).toEqual({ "2026-05-01": 10, "2026-05-02": 9 });
  expect(byCampaign.total.value).toBeCloseTo(100 / 11, 12);
  expect(byDay.total.value).toBeCloseTo(100 / 11, 12);
  close();
});

test("three campaigns of leads and two of spend do not multiply each other (T10)", async () => {
  const { api, close } = await company({
    spend: times(3, (nth) => ({
      day: `2026-05-0${nth}`,
      category: "media",
      amount: 10,
      currency: "EUR",
      campaign: "A",
    })),
    lead: times(4, (nth) => ({ lead_id: `L${nth}`, created_at: `2026-0${4 + (nth % 3)}-10T10:00:00Z`, campaign: "A" })),
  });
  for (const grain of ["day", "week", "month", "quarter", "year"] as const) {
    const answer = await api.ask({
      indicator: "cost-per-lead",
      variant: "blended",
      by: ["campaign"],
      grain,
      from: "2026-01-01",
      to: "2027-01-01",
    });
    expect(answer.total.parts).toEqual({ spend: 30, leads: 4 });
  }
  close();
});

test("cost per lead has no rep, and says what it can be split by", async () => {
  const { api, close } = await company({
    lead: rows`
      lead_id  created_at            rep
      L1       2026-05-03T10:00:00Z  Ana`,
  });
  await expect(api.ask({ indicator: "cost-per-lead", by: ["rep"] })).rejects.toMatchObject({
    code: "cannot-split",
    message: "cost-per-lead cannot be split by rep: spend has no rep",
    remedy: expect.stringContaining("channel") as string,
  });
  close();
});
