import { expect, test } from "vitest";
import { company, part, rows, values } from "../company.ts";

// 77 was called Spring and is now called Summer; two campaigns were called Brand, in different channels, and two Sale in one.
const spend = rows`
  day         category  amount  currency  account  channel      campaign  campaign_name
  2026-03-01  media     100     EUR       meta     paid_social  77        Spring
  2026-04-01  media     200     EUR       meta     paid_social  77        Summer
  2026-04-01  media     50      USD       meta     paid_social  88        Lonely
  2026-04-02  media     30      EUR       google   paid_search  5         Brand
  2026-04-02  media     40      EUR       meta     paid_social  6         Brand
  2026-04-03  media     7       EUR       meta     paid_social  8         Sale
  2026-04-03  media     8       EUR       meta     paid_social  9         Sale
  2026-04-03  media     20      EUR       bing     paid_search  -         -
  2026-04-05  salaries  900     EUR       -        -            -         -`;
const touch = rows`
  touch_id  occurred_at           kind   person_id  channel      campaign
  T1        2026-03-02T10:00:00Z  click  P1         paid_social  Spring
  T2        2026-04-02T10:00:00Z  click  P2         paid_social  Summer
  T3        2026-04-02T10:00:00Z  click  P3         paid_social  77
  T4        2026-04-03T10:00:00Z  click  P4         paid_search  Brand
  T5        2026-04-03T10:00:00Z  click  P5         paid_social  Brand
  T6        2026-04-04T10:00:00Z  click  P6         paid_social  Sale
  T7        2026-04-04T10:00:00Z  click  -          email        Letter`;
const lead = [
  ...[1, 2, 3, 4, 5, 6].map((nth) => ({
    lead_id: `L${nth}`,
    created_at: "2026-04-10T10:00:00Z",
    person_id: `P${nth}`,
  })),
  { lead_id: "L7", created_at: "2026-04-11T10:00:00Z", person_id: null, channel: "partner", campaign: "Friends" },
];
const rate = rows`
  day         currency  rate
  2026-04-01  USD       0.8`;
const facts = { spend, touch, lead, rate };

test("cost and leads of a campaign meet by its id through its names, and the last name is told", async () => {
  const { api, close } = await company(facts);
  const answer = await api.ask({ indicator: "cost-per-lead", variant: "blended", by: ["campaign"] });
  expect(part(answer, "leads")).toEqual({
    "77": 3,
    "5": 1,
    "6": 1,
    Sale: 1,
    Friends: 1,
    "88": 0,
    "8": 0,
    "9": 0,
    "(none)": 0,
  });
  expect(values(answer)).toMatchObject({ "77": 100, "5": 30, "6": 40, "88": null, Sale: 0 });
  expect(answer.names).toEqual({
    campaign: { "77": "Summer", "88": "Lonely", "5": "Brand", "6": "Brand", "8": "Sale", "9": "Sale" },
  });
  expect(answer.warnings).toContainEqual(expect.objectContaining({ code: "unmatched-spend" }));
  expect((await api.ask({ indicator: "cost-per-lead", by: ["channel"] })).names).toBeUndefined();
  close();
});

test("the audit lists spend without touches, campaigns without spend, and those that were renamed (T29)", async () => {
  const { api, close } = await company(facts);
  const audit = await api.spendAudit({ from: "2026-01-01", to: "2026-07-01" });
  // 88 is 50 USD; 8 and 9 are both called Sale, so that nobody knows whose the touch is; 20 names no campaign.
  expect(audit).toEqual({
    from: "2026-01-01",
    to: "2026-07-01",
    currency: "EUR",
    spend: 1345,
    ofChannels: 445,
    unmatchedSpend: 75,
    unmatched: [
      { campaign: "88", name: "Lonely", channel: "paid_social", amount: 40 },
      { campaign: null, name: null, channel: "paid_search", amount: 20 },
      { campaign: "9", name: "Sale", channel: "paid_social", amount: 8 },
      { campaign: "8", name: "Sale", channel: "paid_social", amount: 7 },
    ],
    unpaid: [
      { campaign: "Letter", channel: "email", touches: 1, leads: 0, meant: [] },
      { campaign: "Sale", channel: "paid_social", touches: 1, leads: 0, meant: ["8", "9"] },
      { campaign: "Friends", channel: "partner", touches: 0, leads: 1, meant: [] },
    ],
    renamed: [
      {
        campaign: "77",
        names: [
          { name: "Spring", from: "2026-03-01", to: "2026-03-01" },
          { name: "Summer", from: "2026-04-01", to: "2026-04-01" },
        ],
      },
    ],
  });
  const march = await api.spendAudit({ from: "2026-03-01", to: "2026-03-02" });
  expect(march).toMatchObject({
    spend: 100,
    unmatchedSpend: 100,
    unmatched: [{ campaign: "77", name: "Summer" }],
    unpaid: [],
  });
  close();
});

test("a name that comes later joins what was loaded before, and the past is asked as it was joined then", async () => {
  const { api, load, at, close } = await company({ ...facts, spend: spend.slice(1) }, { now: "2026-05-01T12:00:00Z" });
  const leads = async (asOf?: string) =>
    part(await api.ask({ indicator: "leads", by: ["campaign"], ...(asOf === undefined ? {} : { asOf }) }), "leads")[
      "77"
    ];
  expect(await leads()).toBe(2);
  at("2026-06-01T12:00:00Z");
  await load({ spend: spend.slice(0, 1) });
  expect(await leads()).toBe(3);
  expect(await leads("2026-05-02")).toBe(2);
  close();
});
