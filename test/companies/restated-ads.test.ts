import { expect, test } from "vitest";
import { company, rows, values } from "../company.ts";

const may = { from: "2026-05-01", to: "2026-06-01" };

const first = rows`
  account  day         category  amount  currency  campaign  platform_leads
  meta     2026-05-01  media     100     EUR       A         5
  meta     2026-05-01  media     50      EUR       B         1
  meta     2026-05-02  media     70      EUR       A         2
  google   2026-05-01  media     30      EUR       A         1`;

const restated = rows`
  account  day         category  amount  currency  campaign  platform_leads
  meta     2026-05-01  media     90      EUR       A         4`;

test("a restated day with fewer rows replaces its day, and only its account's (T22)", async () => {
  const one = await company({}, { now: "2026-05-03T12:00:00Z" });
  await one.load({ spend: first });
  one.at("2026-05-20T12:00:00Z");
  const { facts } = await one.load({ spend: restated });
  expect(facts[0]).toMatchObject({ loaded: 0, changed: 1, closed: 1 });
  const spend = (rest = {}) => one.api.ask({ indicator: "spend", variant: "media", by: ["campaign"], ...may, ...rest });
  expect(values(await spend())).toEqual({ A: 190 });
  expect(values(await spend({ asOf: "2026-05-10T00:00:00Z" }))).toEqual({ A: 200, B: 50 });
  expect(values(await one.api.ask({ indicator: "spend", grain: "day", from: "2026-05-01", to: "2026-05-03" }))).toEqual(
    {
      "2026-05-01": 120,
      "2026-05-02": 70,
    },
  );
  one.close();
});

test("the same rows of another source are its own: a source replaces only what it said itself", async () => {
  const one = await company({});
  await one.load({ spend: first }, { source: "meta" });
  await one.load(
    {
      spend: rows`
    account  day         category  amount  currency  campaign
    meta     2026-05-01  media     1       EUR       C`,
    },
    { source: "corrections" },
  );
  expect(values(await one.api.ask({ indicator: "spend", by: ["campaign"], ...may }))).toEqual({ A: 200, B: 50, C: 1 });
  one.close();
});

test("rows of one load that agree on the key add up; null keys agree with each other", async () => {
  const { api, close } = await company({
    spend: rows`
      day         category  amount  currency  platform_leads
      2026-05-01  media     10      EUR       1
      2026-05-01  media     10      EUR       2
      2026-05-01  media     5       USD       4`,
    rate: rows`
      day         currency  rate
      2026-05-01  USD       2`,
  });
  const answer = await api.ask({ indicator: "cost-per-lead", variant: "platform", ...may });
  expect(answer.total.parts).toEqual({ spend: 30, leads: 7 });
  close();
});
