import { expect, test } from "vitest";
import { company, rows, times, values } from "../company.ts";

const customer = rows`
  customer_id  parent_id  rep
  Acme         -          Ana
  Acme-Peru    Acme       Berta
  Acme-Lima    Acme-Peru  Berta
  Bolt-North   Bolt       -
  Bolt-South   Bolt       -
  Cima         Dora       -
  Dora         Cima       -
  Etna         -          -
  Etna-Two     Etna       -`;
const lead = rows`
  lead_id  created_at            customer_id  channel
  L1       2026-01-10T10:00:00Z  Acme         paid_search
  L2       2026-03-01T10:00:00Z  Acme-Peru    email
  L3       2026-02-01T10:00:00Z  Bolt-South   email
  L4       2026-02-01T10:00:00Z  Cima         paid_social`;
const revenue = rows`
  revenue_id  customer_id  occurred_on  amount  kind     currency
  R1          Acme         2026-02-01   100     new      EUR
  R2          Acme-Peru    2026-03-10   200     new      EUR
  R3          Acme-Lima    2026-04-10   300     new      EUR
  R4          Bolt-South   2026-03-05   400     new      EUR
  R5          Bolt-North   2026-04-05   500     new      EUR
  R6          Dora         2026-04-20   600     new      EUR
  R7          Cima         2026-04-20   700     new      EUR
  R8          Etna         2026-03-01   50      renewal  EUR
  R9          Etna-Two     2026-04-02   60      new      EUR
  R10         Fuji         2026-04-02   70      new      EUR`;
const spend = rows`
  day         category  amount  currency
  2026-04-05  media     300     EUR`;
const facts = { customer, lead, revenue, spend };
const quarter = { from: "2026-02-01", to: "2026-05-01" } as const;

test("a family of customers is acquired once, when the first of it was, and what its others pay is revenue (T17)", async () => {
  const { api, close } = await company(facts, { checked: true });
  // Acme in February, Bolt-South in March; in April the circle of Cima and Dora, and Fuji. The day of Etna is not known.
  const customers = await api.ask({ indicator: "customers", grain: "month", ...quarter });
  expect(values(customers)).toEqual({ "2026-02-01": 1, "2026-03-01": 1, "2026-04-01": 2 });
  expect(customers.warnings.map((each) => each.code)).not.toContain("not-conserved");
  expect((await api.ask({ indicator: "sales-revenue", ...quarter })).total.value).toBe(2980);
  const cost = await api.ask({ indicator: "customer-acquisition-cost", from: "2026-04-01", to: "2026-05-01" });
  expect(cost.total).toMatchObject({ value: 150, parts: { costs: 300, customers: 2 } });
  close();
});

test("a family goes back to the lead and the channel that won its first one", async () => {
  const { api, close } = await company(facts);
  const byChannel = await api.ask({ indicator: "customers", by: ["channel"], ...quarter });
  expect(values(byChannel)).toEqual({ paid_search: 1, email: 1, paid_social: 1, "(none)": 1 });
  const cohort = await api.ask({
    indicator: "customer-acquisition-cost",
    clock: "cohort",
    grain: "month",
    from: "2026-01-01",
    to: "2026-04-01",
  });
  expect(cohort.rows.map((row) => row.parts["customers"])).toEqual([1, 2, 0]);
  close();
});

test("lifetime value is of the family: all that its customers paid, over one customer", async () => {
  const { api, close } = await company(facts);
  const value = await api.ask({ indicator: "lifetime-value", from: "2026-02-01", to: "2026-03-01" });
  expect(value.total).toMatchObject({ value: 600, parts: { revenue: 600, customers: 1 } });
  close();
});

test("without revenue the first won deal of a family makes it one new customer", async () => {
  const { api, close } = await company({
    customer,
    deal: rows`
      deal_id  created_at            outcome  closed_at             customer_id
      D1       2026-02-01T10:00:00Z  won      2026-03-01T10:00:00Z  Acme-Lima
      D2       2026-02-01T10:00:00Z  won      2026-02-20T10:00:00Z  Acme-Peru
      D3       2026-02-01T10:00:00Z  won      2026-04-01T10:00:00Z  Acme`,
  });
  expect(values(await api.ask({ indicator: "customers", grain: "month", ...quarter }))).toEqual({
    "2026-02-01": 1,
    "2026-03-01": 0,
    "2026-04-01": 0,
  });
  close();
});

test("retention counts each customer: one of a family that leaves is lost", async () => {
  const { api, close } = await company({
    customer,
    subscription_change: rows`
      customer_id  occurred_on  kind   mrr_after  currency  product
      Acme         2026-01-01   start  100        EUR       CRM
      Acme-Peru    2026-01-01   start  100        EUR       CRM
      Acme-Peru    2026-03-01   churn  0          EUR       CRM`,
  });
  const { total } = await api.ask({ indicator: "customer-retention", ...quarter });
  expect(total).toMatchObject({ value: 0.5, parts: { retained: 1, at_start: 2 } });
  close();
});

test("parents that are not there, and circles of them, are counted as families and told", async () => {
  const { api, close } = await company(facts);
  const { warnings } = await api.ask({ indicator: "customers", ...quarter });
  expect(warnings.flatMap(({ code, count }) => (code.endsWith("-parents") ? [[code, count]] : []))).toEqual([
    ["unknown-parents", 2],
    ["circular-parents", 2],
  ]);
  expect((await api.ask({ indicator: "leads" })).warnings.map((each) => each.code)).not.toContain("unknown-parents");
  close();
});

test("a customer cannot belong to itself", async () => {
  const { load, close } = await company({ revenue });
  const { facts: loaded } = await load({ customer: [{ customer_id: "Acme", parent_id: "Acme" }] });
  expect(loaded[0]).toMatchObject({ loaded: 0, rejected: 1 });
  close();
});

test("a circle of 500 customers and a chain of as many end, and are a family each", async () => {
  const chain = times(500, (nth) => ({ customer_id: `chain${nth}`, parent_id: `chain${nth + 1}` }));
  const circle = times(500, (nth) => ({ customer_id: `circle${nth}`, parent_id: `circle${(nth % 500) + 1}` }));
  const paying = [...chain, ...circle].map(({ customer_id = null }, i) => ({
    revenue_id: `R${i}`,
    customer_id,
    occurred_on: `2026-03-${String((i % 28) + 1).padStart(2, "0")}`,
    amount: 1,
    currency: "EUR",
  }));
  const { api, close } = await company({ customer: [...chain, ...circle], revenue: paying });
  expect((await api.ask({ indicator: "customers", ...quarter })).total.value).toBe(2);
  close();
});
