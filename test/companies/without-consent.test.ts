import { expect, test } from "vitest";
import { company, rows } from "../company.ts";

const facts = {
  lead: rows`
    lead_id  created_at  person_id
    L1       2026-11-10  P1
  `,
  touch: rows`
    touch_id  occurred_at  kind   visitor  channel
    T1        2026-11-09   visit  visit:1  paid_search
    T2        2026-11-09   visit  visit:2  email
    T3        2026-11-10   visit  V1       email
  `,
};

const codes = (warnings: readonly { code: string; count?: number | undefined }[]) =>
  warnings.filter(({ code }) => code === "without-consent").map(({ count }) => count);

test("an answer by channel says how many touches without consent could earn no credit, others do not", async () => {
  const { api, load, close } = await company({});
  await load(facts, { source: "web" });
  const days = { from: "2026-11-01", to: "2026-12-01" };
  expect(codes((await api.ask({ indicator: "leads", by: ["channel"], ...days })).warnings)).toEqual([2]);
  expect(codes((await api.ask({ indicator: "leads", ...days })).warnings)).toEqual([]);
  expect(codes((await api.ask({ indicator: "touches", by: ["channel"], ...days })).warnings)).toEqual([]);
  close();
});
