import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { part, values } from "../company.ts";
import { answersOf, present, skipped, workspaceOf, type RealWorkspace } from "./workspace.ts";

const answers = answersOf<"totals" | "by_origin" | "days_to_close">("olist");

const lead = `
  SELECT mql_id AS lead_id, first_contact_date AS created_at, origin AS source, origin AS channel, landing_page_id AS landing_page
  FROM 'leads.csv'`;
const wonDeals = `
  SELECT deals.mql_id AS deal_id, deals.mql_id AS lead_id, first_contact_date AS created_at, 'won' AS outcome, won_date AS closed_at,
    sr_id AS rep, sdr_id AS sourcer, business_segment AS segment
  FROM 'deals.csv' AS deals LEFT JOIN 'leads.csv' AS leads USING (mql_id)`;
const allDeals = (unwon: "lost" | "open") => `
  SELECT leads.mql_id AS deal_id, leads.mql_id AS lead_id, first_contact_date AS created_at,
    CASE WHEN won_date IS NULL THEN '${unwon}' ELSE 'won' END AS outcome,
    coalesce(won_date, ${unwon === "lost" ? "TIMESTAMP '2018-12-31 12:00:00'" : "NULL"}) AS closed_at, sr_id AS rep
  FROM 'leads.csv' AS leads LEFT JOIN 'deals.csv' AS deals USING (mql_id)`;

const opened = (facts: Record<string, string>) =>
  workspaceOf(
    { name: "Olist", currency: "BRL", time_zone: "UTC", sources: { olist: { kind: "files", facts } } },
    {
      "leads.csv": "olist/olist_marketing_qualified_leads_dataset.csv",
      "deals.csv": "olist/olist_closed_deals_dataset.csv",
    },
  );

describe.skipIf(!present)(`Olist: 8,000 leads, 842 of them won${skipped}`, () => {
  let olist: RealWorkspace;
  beforeAll(async () => {
    olist = await opened({ lead, deal: wonDeals });
    const { facts } = await olist.sync("olist");
    expect(facts).toMatchObject([
      { fact: "lead", loaded: 8000, rejected: 0 },
      { fact: "deal", loaded: 842, rejected: 0 },
    ]);
  });
  afterAll(() => olist.close());

  test("10.525 % became customers", async () => {
    const { total } = await olist.api.ask({ indicator: "lead-to-customer-rate" });
    expect(total).toMatchObject({ value: 0.10525, n: 8000, parts: { customers: 842, leads: 8000 } });
  });

  test.each(["source", "channel"])("by %s as known, the empty origin apart from the unknown one", async (dimension) => {
    const answer = await olist.api.ask({ indicator: "lead-to-customer-rate", by: [dimension] });
    const [leads, customers, rate] = [part(answer, "leads"), part(answer, "customers"), values(answer)];
    expect(answer.rows).toHaveLength(answers.by_origin.rows.length);
    for (const row of answers.by_origin.rows) {
      const origin = String(row["origin"] ?? "(none)");
      expect([origin, leads[origin], customers[origin]]).toEqual([origin, row["mql"], row["won"]]);
      expect(rate[origin]).toBeCloseTo(Number(row["conversion"]), 12);
    }
    expect(answer.rows.filter((row) => row.key[dimension] === null)).toHaveLength(1);
    const none = await olist.api.ask({ indicator: "leads", where: { [dimension]: [null] } });
    expect(none.total.value).toBe(60);
  });

  test("half of the won deals took 14 days or fewer", async () => {
    const { total } = await olist.api.ask({ indicator: "sales-cycle-days" });
    expect(total).toMatchObject({ value: answers.days_to_close.rows[0]?.["median_cal"], n: 842 });
  });

  test("customers are counted once each, from won deals without a payment", async () => {
    const { total } = await olist.api.ask({ indicator: "customers", variant: "new" });
    expect(total.value).toBe(842);
  });

  test("by segment, which only won deals know, is refused too", async () => {
    await expect(olist.api.ask({ indicator: "win-ratio", variant: "closed", by: ["segment"] })).rejects.toMatchObject({
      code: "one-sided-dimension",
    });
  });
});

describe.skipIf(!present)(`Olist: a win ratio per rep cannot be had${skipped}`, () => {
  test.each([
    ["deals only for the 842 won", { lead, deal: wonDeals }, 842],
    ["deals for all 8,000, lost without rep", { lead, deal: allDeals("lost") }, 8000],
    ["deals for all 8,000, open without rep", { lead, deal: allDeals("open") }, 8000],
    ["deals for all 8,000, lost, and no leads", { deal: allDeals("lost") }, 8000],
    ["deals for all 8,000, open, and no leads", { deal: allDeals("open") }, 8000],
  ] as const)("with %s", async (_, facts, loaded) => {
    const olist = await opened(facts);
    const { facts: done } = await olist.sync("olist");
    expect(done.find((each) => each.fact === "deal")?.loaded).toBe(loaded);
    const variants = ["created", "created-value", ...("lead" in facts || loaded === 842 ? ["closed"] : [])];
    for (const variant of variants)
      await expect(olist.api.ask({ indicator: "win-ratio", variant, by: ["rep"] })).rejects.toMatchObject({
        code: "one-sided-dimension",
        remedy: expect.stringContaining("split by") as string,
      });
    if (loaded === 8000)
      expect((await olist.api.ask({ indicator: "win-ratio", variant: "created" })).total.value).toBe(0.10525);
    olist.close();
  });
});
