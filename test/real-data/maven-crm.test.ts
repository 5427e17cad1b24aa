import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { part, values } from "../company.ts";
import { answersOf, fileOf, present, skipped, workspaceOf, type RealWorkspace } from "./workspace.ts";

const deals = {
  deal: `
    SELECT opportunity_id AS deal_id, coalesce(engage_date, DATE '2017-12-31') AS created_at, sales_agent AS rep, product,
      CASE deal_stage WHEN 'Won' THEN 'won' WHEN 'Lost' THEN 'lost' ELSE 'open' END AS outcome,
      close_date AS closed_at, close_value AS amount, 'USD' AS currency, account AS customer_id
    FROM 'sales_pipeline.csv'`,
};
const team = { rep: `SELECT sales_agent AS rep, manager, regional_office AS team FROM 'sales_teams.csv'` };

const settings = {
  name: "Maven",
  currency: "USD",
  time_zone: "America/New_York",
  sources: { crm: { kind: "files", facts: deals }, team: { kind: "files", facts: team } },
};
const files = { "sales_pipeline.csv": "maven_crm/sales_pipeline.csv", "sales_teams.csv": "maven_crm/sales_teams.csv" };
const answers = answersOf<"totals" | "by_agent" | "by_manager" | "by_product" | "agents_without_opportunities">(
  "maven_crm",
);

describe.skipIf(!present)(`Maven: 8,800 opportunities of 35 agents${skipped}`, () => {
  let maven: RealWorkspace;
  beforeAll(async () => {
    maven = await workspaceOf(settings, files);
    await maven.sync("crm");
    await maven.sync("team");
  });
  afterAll(() => maven.close());
  const ask = (indicator: string, variant: string, by: string[] = []) => maven.api.ask({ indicator, variant, by });

  test("won 4,238 of the 6,711 closed, 48.16 % of all created", async () => {
    const closed = (await ask("win-ratio", "closed")).total;
    expect(closed).toMatchObject({ n: 6711, parts: { won: 4238, closed: 6711 } });
    expect(closed.value).toBeCloseTo(0.631500521531814, 12);
    const created = (await ask("win-ratio", "created")).total;
    expect(created).toMatchObject({ n: 8800, parts: { won: 4238, created: 8800 } });
    expect(created.value).toBeCloseTo(0.481590909090909, 12);
  });

  test("by age, the default, takes the export's own last day as the end of observation, not today", async () => {
    const answer = await maven.api.ask({ indicator: "win-ratio", grain: "quarter" });
    expect(answer.question).toMatchObject({ variant: "by-age", clock: "cohort", window: 90 });
    const { rows, total } = answer;
    expect(rows.map((row) => [row.period, row.parts["won"], row.n, row.flags.includes("estimated")])).toEqual([
      ["2016-10-01", 81, 358, false],
      ["2017-01-01", 606, 1619, false],
      ["2017-04-01", 981, 2388, false],
      ["2017-07-01", 967, 2770, false],
      ["2017-10-01", 637, 1665, true],
    ]);
    // Aalen–Johansen by a loop over the file's lines, written apart: F(90) with losses as the rival.
    expect(total.value).toBeCloseTo(0.3970147464494879, 12);
    expect(total.observed).toBe(3272 / 8800);
  });

  test.each([
    ["rep", "by_agent", "sales_agent"],
    ["manager", "by_manager", "manager"],
    ["product", "by_product", "product"],
  ] as const)("by %s as known", async (dimension, set, column) => {
    const wanted = answers[set].rows;
    const ratio = values(await ask("win-ratio", "closed", [dimension]));
    const revenue = values(await ask("sales-revenue", "net", [dimension]));
    const opened = part(await ask("opportunities-created", "count", [dimension]), "created");
    for (const row of wanted) {
      const name = String(row[column]);
      expect(ratio[name]).toBeCloseTo(Number(row["win_rate"]), 12);
      expect([name, revenue[name], opened[name]]).toEqual([name, row["value_won"], row["opps"]]);
    }
    const idle = dimension === "rep" ? answers.agents_without_opportunities.rows.length : 0;
    expect(Object.keys(ratio)).toHaveLength(wanted.length + idle);
  });

  test("the five agents without deals have no value", async () => {
    const { rows } = await ask("win-ratio", "closed", ["rep"]);
    const idle = rows.filter((row) => row.value === null);
    const wanted = answers.agents_without_opportunities.rows.map((row) => row["sales_agent"]);
    expect(new Set(idle.map((row) => row.key["rep"]))).toEqual(new Set(wanted));
    for (const row of idle) expect(row.flags).toEqual(["no-denominator"]);
  });

  test("bookings of 10,005,534, from won deals because there is no revenue, and it says so", async () => {
    const answer = await ask("sales-revenue", "net");
    expect(answer.total).toMatchObject({ value: 10_005_534, n: 4238 });
    expect(answer.warnings.map((each) => each.code)).toContain("revenue-from-bookings");
    expect((await ask("average-deal-value", "won")).total.value).toBeCloseTo(2360.9093912222747, 9);
    expect((await ask("sales-cycle-days", "median")).total.value).toBe(57);
  });

  test("by raw and by shrunk ratio agents stand in another order only where one with fewer deals was further out", async () => {
    const found = await maven.api.reps({ from: "2016-10-01" });
    // Amounts are those of won deals alone, so that nothing is adjusted for.
    expect(found.adjusted).toEqual([]);
    expect(found.usual.close).toBeCloseTo(0.3970147464494879, 12);
    const known = found.reps.flatMap(({ rep, close, deals }) => (close === null ? [] : [{ rep, deals, ...close }]));
    expect(known).toHaveLength(30);
    const order = (of: "raw" | "value") => known.toSorted((a, b) => b[of] - a[of]).map(({ rep }) => rep);
    const best = (of: "raw" | "value") => order(of).slice(0, 5);
    expect(best("raw")).toEqual([
      "Cecily Lampkin",
      "Reed Clapper",
      "Garret Kinder",
      "Donn Cantrell",
      "Darcel Schlecht",
    ]);
    // 237 deals say more than 203, and 747 more than 275.
    expect(best("value")).toEqual([
      "Reed Clapper",
      "Cecily Lampkin",
      "Garret Kinder",
      "Darcel Schlecht",
      "Donn Cantrell",
    ]);
    const usual = found.usual.close ?? 0;
    const out = (ratio: number) => Math.abs(ratio - usual);
    let swaps = 0;
    for (const one of known)
      for (const other of known) {
        if (one.raw <= other.raw || one.value >= other.value) continue;
        swaps += 1;
        // Nearer than half a point, it is also by whose pace the deals of the last ninety days are foretold: their own, or that of all.
        if (one.raw - other.raw < 0.005) continue;
        const [further, nearer] = out(one.raw) > out(other.raw) ? [one, other] : [other, one];
        expect(further.deals).toBeLessThan(nearer.deals);
      }
    expect(swaps).toBeGreaterThan(5);
    const spread = (of: "raw" | "value") => Math.max(...known.map((each) => out(each[of])));
    expect(spread("value")).toBeLessThan(0.6 * spread("raw"));
  });

  test("the five agents without deals have no value on the map, and are not called weak", async () => {
    const { reps } = await maven.api.reps({ from: "2016-10-01" });
    const idle = reps.filter(({ create, close }) => create === null && close === null);
    const wanted = answers.agents_without_opportunities.rows.map((row) => row["sales_agent"]);
    expect(new Set(idle.map(({ rep }) => rep))).toEqual(new Set(wanted));
    expect(new Set(idle.map(({ verdict }) => verdict))).toEqual(new Set(["too-few"]));
  });

  test("2,089 deals are open; as none has an amount their value is not recorded, and not 0", async () => {
    const answer = await maven.api.ask({ indicator: "pipeline-value", from: "2017-12-01", to: "2018-01-01" });
    expect(answer.total).toMatchObject({ value: null, n: 2089, flags: ["not-recorded"], parts: { open_value: null } });
  });

  test("the sum of the quarters is the total", async () => {
    const answer = await maven.api.ask({ indicator: "win-ratio", variant: "closed", grain: "quarter" });
    expect(answer.rows.reduce((sum, row) => sum + (row.parts["closed"] ?? 0), 0)).toBe(6711);
  });
});

describe.skipIf(!present)(`Maven, loaded${skipped}`, () => {
  const touched = (folder: string, name: string) => utimesSync(join(folder, name), new Date(), new Date());

  test("twice changes nothing, though the file looks new", async () => {
    const maven = await workspaceOf(settings, files);
    for (const source of ["crm", "team"]) await maven.sync(source);
    const before = await maven.contents();
    expect(await maven.sync("crm")).toMatchObject({ unchanged: true });
    touched(maven.folder, "sales_pipeline.csv");
    const again = await maven.sync("crm");
    expect(again.unchanged).toBe(false);
    expect(again.facts).toMatchObject([
      { fact: "deal", read: 8800, loaded: 0, changed: 0, unchanged: 8800, closed: 0, rejected: 0 },
    ]);
    expect(await maven.contents()).toEqual(before);
    maven.close();
  });

  test("in another order, and with its lines in another order, ends the same", async () => {
    const [header = "", ...lines] = fileOf("maven_crm/sales_pipeline.csv").toString("utf8").trimEnd().split("\n");
    const turned = Buffer.from([header, ...lines.toReversed()].join("\n") + "\n");
    const one = await workspaceOf(settings, files);
    const other = await workspaceOf(settings, { ...files, "sales_pipeline.csv": turned });
    for (const source of ["crm", "team"]) await one.sync(source);
    for (const source of ["team", "crm"]) await other.sync(source);
    expect(await other.contents()).toEqual(await one.contents());
    one.close();
    other.close();
  });

  test.each(["first", "later"])("a file cut in the middle loads nothing and says so (%s load)", async (when) => {
    const whole = fileOf("maven_crm/sales_pipeline.csv");
    const end = whole.indexOf(",", Math.floor(whole.length / 2)) + 3;
    const maven = await workspaceOf(settings, files);
    if (when === "later") await maven.sync("crm");
    await maven.sync("team");
    const before = await maven.contents();
    writeFileSync(join(maven.folder, "sales_pipeline.csv"), whole.subarray(0, end));
    await expect(maven.sync("crm")).rejects.toMatchObject({
      code: "file-cut",
      message: expect.stringContaining("sales_pipeline.csv") as string,
    });
    expect(await maven.contents()).toEqual(before);
    maven.close();
  });
});
