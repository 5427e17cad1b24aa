import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { part, values } from "../company.ts";
import { answersOf, present, skipped, workspaceOf, type RealWorkspace } from "./workspace.ts";

const answers = answersOf<"totals" | "by_campaign" | "zero_traps">("kag_facebook");

const common = "'paid_social' AS channel, xyz_campaign_id AS campaign, ad_id AS ad";
const facts = {
  spend: `
    SELECT DATE '2017-08-01' AS day, 'media' AS category, Spent AS amount, 'USD' AS currency, ${common},
      Impressions AS impressions, Clicks AS clicks, Total_Conversion AS platform_leads
    FROM 'ads.csv'`,
  lead: `
    SELECT ad_id || '-' || nth AS lead_id, DATE '2017-08-01' AS created_at, ${common}
    FROM (SELECT *, unnest(range(Total_Conversion)) AS nth FROM 'ads.csv')`,
  revenue: `
    SELECT ad_id || '-' || nth AS revenue_id, ad_id || '-' || nth AS customer_id, ad_id || '-' || nth AS lead_id,
      DATE '2017-08-01' AS occurred_on, 1 AS amount, 'USD' AS currency
    FROM (SELECT *, unnest(range(Approved_Conversion)) AS nth FROM 'ads.csv')`,
};

describe.skipIf(!present).each([
  ["as it was made, with CR alone at its line ends", "kag_facebook/KAG_conversion_data.original_CR_line_ends.csv"],
  ["with LF", "kag_facebook/KAG_conversion_data.csv"],
])(`KAG: 1,143 ads, %s${skipped}`, (_, file) => {
  let kag: RealWorkspace;
  beforeAll(async () => {
    kag = await workspaceOf(
      { name: "KAG", currency: "USD", time_zone: "UTC", sources: { ads: { kind: "files", facts } } },
      { "ads.csv": file },
    );
    const { facts: done } = await kag.sync("ads");
    expect(done).toMatchObject([
      { fact: "spend", loaded: 1143, rejected: 0 },
      { fact: "lead", loaded: 3264, rejected: 0 },
      { fact: "revenue", loaded: 1079, rejected: 0 },
    ]);
  });
  afterAll(() => kag.close());
  const ask = (indicator: string, variant: string, by: string[] = []) => kag.api.ask({ indicator, variant, by });

  test.each(["platform", "paid", "blended"])("a lead costs 17.9857 (%s)", async (variant) => {
    const { total } = await ask("cost-per-lead", variant);
    expect(total.parts["leads"]).toBe(3264);
    expect(total.parts["spend"]).toBeCloseTo(Number(answers.totals.rows[0]?.["spent"]), 2);
    expect(total.value).toBeCloseTo(17.98567094307751, 6);
  });

  test.each(["paid", "loaded", "blended"])("a customer costs 54.4071 (%s)", async (variant) => {
    const { total } = await ask("customer-acquisition-cost", variant);
    expect(total.parts["customers"]).toBe(1079);
    expect(total.value).toBeCloseTo(54.40707132363761, 6);
  });

  test("by campaign as known", async () => {
    const [claimed, leads] = [
      values(await ask("cost-per-lead", "platform", ["campaign"])),
      values(await ask("cost-per-lead", "paid", ["campaign"])),
    ];
    const customers = values(await ask("customer-acquisition-cost", "paid", ["campaign"]));
    for (const row of answers.by_campaign.rows) {
      const campaign = String(row["xyz_campaign_id"]);
      expect(claimed[campaign]).toBeCloseTo(Number(row["cpl"]), 5);
      expect(leads[campaign]).toBeCloseTo(Number(row["cpl"]), 5);
      expect(customers[campaign]).toBeCloseTo(Number(row["cac"]), 5);
    }
    expect(Object.keys(claimed)).toHaveLength(3);
  });

  test("ads that sold nothing have no cost per customer, ads that cost nothing have leads for 0", async () => {
    const zero = answers.zero_traps.rows[0];
    const answer = await ask("customer-acquisition-cost", "paid", ["ad"]);
    const unsold = answer.rows.filter((row) => row.parts["customers"] === 0 && (row.parts["costs"] ?? 0) > 0);
    expect(unsold).toHaveLength(Number(zero?.["spend_no_customer"]));
    for (const row of unsold) expect([row.value, row.flags]).toEqual([null, ["no-denominator"]]);
    const leads = await ask("cost-per-lead", "platform", ["ad"]);
    expect(leads.rows.filter((row) => row.parts["spend"] === 0 && row.value === 0)).toHaveLength(
      Number(zero?.["zero_spend_with_leads"]),
    );
    expect(leads.rows).toHaveLength(1143);
  });

  test("the rate from lead to customer", async () => {
    const { total } = await ask("lead-to-customer-rate", "rate");
    expect(total.value).toBeCloseTo(0.33057598039215685, 12);
    expect(part(await ask("customers", "new", ["campaign"]), "customers")).toEqual({
      "1178": 872,
      "936": 183,
      "916": 24,
    });
  });
});
