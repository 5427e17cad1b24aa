import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectedPurchases, probabilityAlive } from "../../src/methods/repurchase/expectations.ts";
import { fitBgNbd } from "../../src/methods/repurchase/fit.ts";
import type { BgNbd } from "../../src/methods/repurchase/likelihood.ts";
import { fileOf, pathOf, present, skipped, workspaceOf, type RealWorkspace } from "./workspace.ts";

interface Known {
  readonly params: BgNbd;
  readonly loglik: number;
  readonly examples: readonly Readonly<Record<"frequency" | "recency" | "T" | "palive" | "exp_39w", number>>[];
  readonly expected_total_next_39w: number;
}

const known = present
  ? (JSON.parse(fileOf("cdnow/answers.json").toString("utf8")) as { readonly bg_nbd: Known }).bg_nbd
  : undefined;

/** The purchases of the first nine months, to which the published models are fitted, as a file with commas. */
function purchases(): Buffer {
  const [, ...lines] = fileOf("cdnow/CDNOW_master.txt").toString("utf8").trim().split(/\r?\n/);
  const rows = lines.map((line, nth) => {
    const [customer, day = "", , amount] = line.trim().split(/ +/);
    return { day, text: `${nth},${customer},${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)},${amount}` };
  });
  const first = rows.filter(({ day }) => day <= "19970930").map(({ text }) => text);
  return Buffer.from(`id,customer,day,amount\n${first.join("\n")}\n`);
}

const revenue = `
  SELECT id AS revenue_id, 'C' || customer AS customer_id, day AS occurred_on, amount, 'USD' AS currency FROM 'purchases.csv'`;

const settings = {
  name: "CDNOW",
  currency: "USD",
  time_zone: "UTC",
  retention: { inactivity_days: 180 },
  sources: { shop: { kind: "files", facts: { revenue } } },
};

describe.skipIf(!present)(`CDNOW: the purchases of 23,570 customers in 1997${skipped}`, () => {
  let one: RealWorkspace;
  beforeAll(async () => {
    one = await workspaceOf(settings, { "purchases.csv": purchases() });
    await one.sync("shop");
  }, 60_000);
  afterAll(() => one.close());

  test("customers of the published model are there, and buy in 39 weeks, as often as is known of them", () => {
    for (const { frequency, recency, T, palive, exp_39w: expected } of known?.examples ?? []) {
      const seen = { repeats: frequency, recency, age: T };
      expect(probabilityAlive(known?.params as BgNbd, seen)).toBeCloseTo(palive, 6);
      expect(expectedPurchases(known?.params as BgNbd, seen, 39)).toBeCloseTo(expected, 6);
    }
    expect(known?.examples.length).toBe(7);
  });

  test("all customers, through the question: the model that another program finds of them, to the thousandth", async () => {
    const { repurchase, cohorts, customersBy } = await one.api.retention({ from: "1997-01-01", to: "1997-10-01" });
    expect(customersBy).toBe("purchases");
    expect(cohorts.reduce((sum, each) => sum + each.customers, 0)).toBe(repurchase?.customers);
    // The package lifetimes 0.11.3, of the days on which more than nothing was paid.
    const others = { r: 0.252737, alpha: 4.797585, a: 0.722552, b: 2.15822 };
    const boughtOnce = (repurchase?.customers ?? 0) - (repurchase?.repeaters ?? 0);
    expect((repurchase?.alive ?? 0) + boughtOnce).toBeCloseTo(19_146.565, 0);
    for (const [name, value] of Object.entries(others))
      expect(Math.abs(Number(repurchase?.[name as "r"]) / value - 1)).toBeLessThan(1e-4);
    expect(cohorts.map(({ month }) => month)).toEqual(["1997-01-01", "1997-02-01", "1997-03-01"]);
  });

  const sample = "cdnow/cdnow_customers_summary.csv";
  test.skipIf(!existsSync(pathOf(sample)))("the published tenth: parameters and likelihood to the thousandth", () => {
    const [, ...lines] = fileOf(sample).toString("utf8").trim().split(/\r?\n/);
    const buyers = lines.map((line) => {
      const [, repeats = 0, recency = 0, age = 0] = line.split(",").map(Number);
      return { repeats, recency, age, count: 1 };
    });
    const found = fitBgNbd(buyers);
    for (const [name, value] of Object.entries(known?.params ?? {}))
      expect(found?.[name as keyof BgNbd]).toBeCloseTo(value, 3);
    expect(found?.logLikelihood).toBeCloseTo(known?.loglik ?? 0, 3);
    const total = buyers.reduce((sum, each) => sum + expectedPurchases(found as BgNbd, each, 39), 0);
    expect(total).toBeCloseTo(known?.expected_total_next_39w ?? 0, 2);
  });
});
