import { expect, test } from "vitest";
import { company, rows, values } from "../company.ts";

const all = { from: "2026-01-01", to: "2027-01-01" };

test("merged leads count once, as the survivor, with the history of both (T15)", async () => {
  const { api, close } = await company({
    lead: rows`
      lead_id  created_at            person_id  customer_id  channel  merged_into
      L1       2026-05-01T10:00:00Z  P1         C1           direct   L2
      L2       2026-05-09T10:00:00Z  P2         -            direct   L3
      L3       2026-05-10T10:00:00Z  P3         -            direct   -`,
    touch: rows`
      touch_id  occurred_at           kind   person_id  channel
      T1        2026-04-30T10:00:00Z  click  P1         paid_search
      T2        2026-05-08T10:00:00Z  visit  P2         email`,
    stage_entry: rows`
      subject  subject_id  stage  entered_at
      lead     L1          mql    2026-05-02T10:00:00Z
      lead     L3          mql    2026-05-11T10:00:00Z`,
    deal: rows`
      deal_id  created_at            outcome  lead_id
      D1       2026-05-12T10:00:00Z  open     L2`,
    revenue: rows`
      revenue_id  customer_id  occurred_on  amount  currency
      R1          C1           2026-05-20   100     EUR`,
  });
  const ask = async (indicator: string, rest = {}) => api.ask({ indicator, ...all, ...rest });
  expect((await ask("leads")).total.value).toBe(1);
  expect(
    (await ask("marketing-qualified-leads", { grain: "month" })).rows.map((row) => row.value).filter((n) => n !== 0),
  ).toEqual([1]);
  expect((await ask("lead-to-customer-rate")).total.parts).toEqual({ customers: 1, leads: 1 });
  expect((await ask("cost-per-lead", { variant: "per-opportunity" })).total.parts["opportunities"]).toBe(1);
  expect(values(await ask("leads", { by: ["channel"], model: "first" }))).toEqual({ paid_search: 1 });
  expect(values(await ask("leads", { by: ["channel"], model: "last" }))).toEqual({ email: 1 });
  expect(values(await ask("customers", { by: ["channel"], model: "first" }))).toEqual({ paid_search: 1 });
  expect(values(await ask("sales-revenue", { by: ["channel"], model: "first" }))).toEqual({ paid_search: 100 });
  close();
});

test("a lead merged into one that nobody knows, or in a circle, is not lost", async () => {
  const { api, close } = await company({
    lead: rows`
      lead_id  created_at            merged_into
      L1       2026-05-01T10:00:00Z  nobody
      L2       2026-05-01T10:00:00Z  L3
      L3       2026-05-01T10:00:00Z  L2
      L4       2026-05-01T10:00:00Z  -`,
  });
  expect((await api.ask({ indicator: "leads", ...all })).total.value).toBe(4);
  close();
});

test("a merge that is learned later changes the present and not the past", async () => {
  const one = await company({}, { now: "2026-06-01T12:00:00Z" });
  const before = rows`
    lead_id  created_at            merged_into
    L1       2026-05-01T10:00:00Z  -
    L2       2026-05-02T10:00:00Z  -`;
  await one.load({ lead: before }, { now: "2026-06-01T12:00:00Z" });
  one.at("2026-06-05T12:00:00Z");
  await one.load({ lead: [{ ...before[0], merged_into: "L2" }, before[1] ?? {}] });
  const leads = async (asOf?: string) =>
    (await one.api.ask({ indicator: "leads", ...all, ...(asOf === undefined ? {} : { asOf }) })).total.value;
  expect(await leads()).toBe(1);
  expect(await leads("2026-06-03T00:00:00Z")).toBe(2);
  one.close();
});
