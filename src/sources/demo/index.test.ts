import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customer } from "../../facts/customer.ts";
import { deal } from "../../facts/deal.ts";
import { goal } from "../../facts/goal.ts";
import { identity } from "../../facts/identity.ts";
import { lead } from "../../facts/lead.ts";
import { rate } from "../../facts/rate.ts";
import { rep } from "../../facts/rep.ts";
import { revenue } from "../../facts/revenue.ts";
import { spend } from "../../facts/spend.ts";
import { stageEntry } from "../../facts/stage-entry.ts";
import { subscriptionChange } from "../../facts/subscription-change.ts";
import { touch } from "../../facts/touch.ts";
import type { Table } from "../../engine/table.ts";
import { columns, factNames, type FactName } from "./columns.ts";
import { writeDemo, type DemoCounts, type DemoOptions } from "./index.ts";
import type { truth } from "./truth.ts";

type Row = Readonly<Record<string, string>>;
type Truth = ReturnType<typeof truth>;

const facts: Readonly<Record<FactName, Table>> = {
  lead,
  stage_entry: stageEntry,
  deal,
  spend,
  touch,
  identity,
  customer,
  revenue,
  subscription_change: subscriptionChange,
  rep,
  goal,
  rate,
};

const today = "2026-03-15";
let root = "";
let folders = 0;

async function demo(options: Partial<DemoOptions> = {}): Promise<{ folder: string; counts: DemoCounts }> {
  const folder = join(root, String(folders++));
  return { folder, counts: await writeDemo(folder, { leads: 1500, touches: 9000, seed: 4, today, ...options }) };
}

const textOf = (folder: string, name: FactName) => readFile(join(folder, "files", `${name}.csv`), "utf8");
const cellsOf = (line: string) =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    (found) => found[1]?.replaceAll('""', '"') ?? found[2] ?? "",
  );

async function rowsOf(folder: string, name: FactName): Promise<Row[]> {
  const [header, ...lines] = (await textOf(folder, name)).trimEnd().split("\n").map(cellsOf);
  return lines.map((cells) =>
    Object.fromEntries((header as string[]).map((column, index) => [column, cells[index] as string])),
  );
}

const truthOf = async (folder: string): Promise<Truth> =>
  JSON.parse(await readFile(join(folder, "truth.json"), "utf8")) as Truth;

async function digest(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const name of factNames) hash.update(await textOf(folder, name));
  for (const name of ["truth.json", "embudo.yaml"]) hash.update(await readFile(join(folder, name), "utf8"));
  return hash.digest("hex");
}

const shapes: Readonly<Record<string, RegExp>> = {
  instant: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  day: /^\d{4}-\d\d-\d\d$/,
  money: /^-?\d+(\.\d{1,6})?$/,
  integer: /^\d+$/,
};

const cents = (text: string | undefined) => Math.round(Number(text) * 100);
const total = (rows: readonly Row[], column: string) => rows.reduce((sum, row) => sum + cents(row[column]), 0) / 100;
const values = (rows: readonly Row[], column: string) =>
  new Set(rows.map((row) => row[column]).filter((value) => value !== ""));

beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), "demo-"))));
afterAll(() => rm(root, { recursive: true }));

describe("the files of a small demo", () => {
  let folder: string;
  let counts: DemoCounts;
  let known: Truth;
  const tables = {} as Record<FactName, Row[]>;

  beforeAll(async () => {
    ({ folder, counts } = await demo());
    known = await truthOf(folder);
    for (const name of factNames) tables[name] = await rowsOf(folder, name);
  });

  test.each(factNames)("%s has the columns of its fact, and every one that is required", (name) => {
    expect(Object.keys(facts[name].columns)).toEqual(expect.arrayContaining([...columns[name]]));
    const required = Object.values(facts[name].columns).filter((column) => column.required);
    const holes = required.filter((column) => tables[name].some((row) => (row[column.name] ?? "") === ""));
    expect(holes.map((column) => column.name)).toEqual([]);
  });

  test.each(factNames)("%s keeps to the closed lists, the kinds and the key of its fact", (name) => {
    const written = columns[name].map((column) => facts[name].columns[column]).filter((column) => column !== undefined);
    const offences = written.flatMap((column) =>
      [...values(tables[name], column.name)].filter(
        (value) =>
          column.oneOf?.includes(value as string) === false || shapes[column.kind]?.test(value as string) === false,
      ),
    );
    expect(offences).toEqual([]);
    const keys = tables[name].map((row) => facts[name].key.map((column) => row[column]).join("|"));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("rows are as many as reported and as the truth says", () => {
    expect(counts).toMatchObject({ leads: 1500, touches: 9000 });
    for (const name of factNames) expect([tables[name].length, known.rows[name]]).toEqual([counts[name], counts[name]]);
  });

  test.each([
    ["lead", "customer_id", "customer", "customer_id"],
    ["lead", "merged_into", "lead", "lead_id"],
    ["lead", "rep", "rep", "rep"],
    ["lead", "created_by", "rep", "rep"],
    ["lead", "sourcer", "rep", "rep"],
    ["deal", "lead_id", "lead", "lead_id"],
    ["deal", "customer_id", "customer", "customer_id"],
    ["deal", "rep", "rep", "rep"],
    ["revenue", "customer_id", "customer", "customer_id"],
    ["revenue", "deal_id", "deal", "deal_id"],
    ["revenue", "refund_of", "revenue", "revenue_id"],
    ["subscription_change", "customer_id", "customer", "customer_id"],
    ["touch", "person_id", "lead", "person_id"],
    ["identity", "person_id", "lead", "person_id"],
  ] as const)("%s.%s leads to %s.%s", (from, column, to, key) => {
    const there = values(tables[to], key);
    expect([...values(tables[from], column)].filter((value) => !there.has(value))).toEqual([]);
  });

  test("every stage is of a lead, deal or customer that exists", () => {
    const ids = {
      lead: values(tables.lead, "lead_id"),
      deal: values(tables.deal, "deal_id"),
      customer: values(tables.customer, "customer_id"),
    };
    const lost = tables.stage_entry.filter((row) => !ids[row["subject"] as keyof typeof ids].has(row["subject_id"]));
    expect(lost).toEqual([]);
  });

  test("nothing happens before the span or from today on", () => {
    const last = "2026-03-14T23:00:00Z";
    for (const [name, column] of [
      ["lead", "created_at"],
      ["touch", "occurred_at"],
      ["stage_entry", "entered_at"],
      ["deal", "closed_at"],
    ] as const) {
      const times = [...values(tables[name], column)];
      expect(times.filter((time) => time! < "2024-02-29T23:00:00Z" || time! >= last)).toEqual([]);
    }
    for (const [name, column] of [
      ["spend", "day"],
      ["revenue", "occurred_on"],
      ["subscription_change", "occurred_on"],
    ] as const)
      for (const day of values(tables[name], column)) expect(day! >= "2024-03-01" && day! < today).toBe(true);
  });

  test("a touch has a visitor or a person, and visitors of leads are known", () => {
    expect(tables.touch.filter((row) => (row["visitor"] === "") === (row["person_id"] === ""))).toEqual([]);
    const aliases = values(tables.identity, "alias");
    const forms = tables.touch.filter((row) => row["kind"] === "form");
    expect(forms.length).toBeGreaterThan(1000);
    expect(forms.filter((row) => !aliases.has(row["visitor"]))).toEqual([]);
    expect([...values(tables.touch, "visitor")].some((visitor) => !aliases.has(visitor))).toBe(true);
  });

  test("the truth's totals are the sums of the files", () => {
    const of = (rows: readonly Row[], currency: string) => rows.filter((row) => row["currency"] === currency);
    for (const currency of ["EUR", "USD", "MXN"] as const) {
      expect(total(of(tables.spend, currency), "amount")).toBeCloseTo(known.totals.spend[currency], 2);
      expect(total(of(tables.revenue, currency), "amount")).toBeCloseTo(known.totals.revenue[currency], 2);
      expect(total(of(tables.revenue, currency), "tax")).toBeCloseTo(known.totals.tax[currency], 2);
    }
    const outcomes = (outcome: string) => tables.deal.filter((row) => row["outcome"] === outcome).length;
    expect([outcomes("won"), outcomes("lost"), outcomes("open")]).toEqual([
      known.totals.wonDeals,
      known.totals.lostDeals,
      known.totals.openDeals,
    ]);
    expect(tables.lead.filter((row) => row["merged_into"] !== "").length).toBe(known.totals.mergedLeads);
    const mqls = tables.stage_entry.filter((row) => row["stage"] === "mql");
    const sqls = tables.stage_entry.filter((row) => row["stage"] === "sql");
    expect([values(mqls, "subject_id").size, values(sqls, "subject_id").size]).toEqual([
      known.totals.mqls,
      known.totals.sqls,
    ]);
  });

  test("euros in the truth are the files' amounts at the day's rate", () => {
    const rates = new Map(tables.rate.map((row) => [`${row["day"]} ${row["currency"]}`, Number(row["rate"])]));
    const euros = (rows: readonly Row[], dayColumn: string, amount: (row: Row) => number) =>
      rows.reduce(
        (sum, row) =>
          sum +
          amount(row) * (row["currency"] === "EUR" ? 1 : (rates.get(`${row[dayColumn]} ${row["currency"]}`) as number)),
        0,
      );
    expect(euros(tables.spend, "day", (row) => Number(row["amount"]))).toBeCloseTo(known.totals.spend_eur, 1);
    const net = (row: Row) => Number(row["amount"]) - Number(row["tax"]);
    expect(euros(tables.revenue, "occurred_on", net)).toBeCloseTo(known.totals.net_revenue_eur, 1);
  });

  test("goals cover the eight indicators of every month, and teams and people", () => {
    const company = tables.goal.filter((row) => row["scope_kind"] === "company");
    expect(values(company, "indicator")).toEqual(
      new Set([
        "cost-per-lead",
        "marketing-qualified-leads",
        "customer-acquisition-cost",
        "customer-retention",
        "marketing-roi",
        "sales-qualified-leads",
        "win-ratio",
        "sales-revenue",
      ]),
    );
    expect(values(company, "period_start").size).toBe(27);
    expect(values(tables.goal, "scope_kind")).toEqual(new Set(["company", "team", "rep"]));
    const of = (kind: string) =>
      values(
        tables.goal.filter((row) => row["scope_kind"] === kind),
        "indicator",
      );
    expect(of("team")).toEqual(new Set(["sales-revenue", "sales-qualified-leads", "opportunities-created"]));
    expect(of("rep")).toEqual(new Set(["sales-revenue", "sales-qualified-leads"]));
  });

  test("the settings map every fact to its file", async () => {
    const settings = await readFile(join(folder, "embudo.yaml"), "utf8");
    for (const name of factNames)
      expect(settings).toContain(`      ${name}: |\n        SELECT * FROM 'files/${name}.csv'\n`);
  });
});

describe("the same options", () => {
  test("give the same bytes, and another seed others", async () => {
    const [first, second, other] = await Promise.all([demo(), demo(), demo({ seed: 5 })]);
    const digests = await Promise.all([first, second, other].map(({ folder }) => digest(folder)));
    expect(digests[0]).toBe(digests[1]);
    expect(digests[0]).not.toBe(digests[2]);
  });

  test("give the same leads and deals whatever the number of touches", async () => {
    const [few, many] = await Promise.all([demo({ touches: 1000 }), demo({ touches: 40_000 })]);
    for (const name of ["lead", "deal", "revenue", "subscription_change", "stage_entry"] as const)
      expect(await textOf(few.folder, name)).toBe(await textOf(many.folder, name));
  });
});

describe("sizes", () => {
  test.each([
    [200, 1000],
    [200, 0],
    [300, 60_000],
    [1000, 777],
  ])("%i leads and %i touches are exactly that", async (leads, touches) => {
    expect((await demo({ leads, touches })).counts).toMatchObject({ leads, touches });
  });

  test("impossible ones are refused", async () => {
    await expect(demo({ leads: 0 })).rejects.toThrow("invalid leads: 0; expected a whole number from 1 on");
    await expect(demo({ touches: 1.5 })).rejects.toThrow("invalid touches: 1.5");
    await expect(demo({ today: "hoy" })).rejects.toThrow("invalid day: hoy");
  });

  test("50,000 leads stream by in bounded memory and report progress", async () => {
    const before = process.memoryUsage.rss();
    const progress: number[] = [];
    let most = before;
    const { counts } = await demo({
      leads: 50_000,
      touches: 250_000,
      onProgress: (done, all) => {
        progress.push(done / all);
        if (progress.length % 20 === 0) most = Math.max(most, process.memoryUsage.rss());
      },
    });
    expect(counts).toMatchObject({ leads: 50_000, touches: 250_000 });
    expect(progress.at(-1)).toBe(1);
    expect(progress.every((done, index) => done > (progress[index - 1] ?? 0))).toBe(true);
    expect((most - before) / 2 ** 20).toBeLessThan(300);
  });
});

describe("the company of 12,000 leads", () => {
  let known: Truth;
  beforeAll(async () => {
    known = await truthOf((await demo({ leads: 12_000, touches: 60_000, seed: 1 })).folder);
  });

  test("is healthy", () => {
    const within = (value: number | null, low: number, high: number) => {
      expect(value).toBeGreaterThan(low);
      expect(value).toBeLessThan(high);
    };
    within(known.rates.paid_cost_per_lead_eur, 20, 60);
    within(known.rates.mql, 0.22, 0.28);
    within(known.rates.sql_of_mql, 0.34, 0.42);
    within(known.rates.closed_win_ratio, 0.24, 0.32);
    within(known.rates.loaded_acquisition_cost_eur, 1000, 3000);
    within(known.rates.monthly_logo_retention, 0.968, 0.985);
    const revenue = known.by_month.map((month) => month.net_revenue_eur);
    const year = (from: number) => revenue.slice(from, from + 12).reduce((sum, each) => sum + each, 0);
    expect(year(12)).toBeGreaterThan(year(0));
  });

  test("sleeps in August", () => {
    const month = (name: string) => known.by_month.find((each) => each.month === name)?.leads ?? 0;
    expect(month("2025-08-01")).toBeLessThan(0.7 * month("2025-07-01"));
  });

  test("hides a channel whose cheap leads leave", () => {
    const { cheap_leads_that_leave: story } = known.stories;
    expect(story.cost_per_lead_eur).toBeLessThan((story.other_paid_cost_per_lead_eur ?? 0) / 2);
    const churn = (channel: string) => story.churn_by_channel[channel]?.monthly_churn_of_monthly_payers ?? 0;
    expect(churn("paid_social")).toBeGreaterThan(2 * churn("paid_search"));
  });

  test("hides a rep who opens and one who closes", () => {
    const { opens_many_closes_few: opener, opens_few_closes_many: closer } = known.stories;
    expect(opener.opportunities).toBeGreaterThan(3 * (closer.opportunities ?? 0));
    expect(closer.closed_win_ratio).toBeGreaterThan(3 * (opener.closed_win_ratio ?? 1));
  });

  test("hides a stage that broke 60 days ago", () => {
    const { broken_stage: story } = known.stories;
    expect(story.day).toBe("2026-01-14");
    expect(story.after.rate).toBeLessThan(0.6 * (story.before.rate ?? 0));
  });

  test("hides what impressions do without clicks", () => {
    const { impressions_without_clicks: story } = known.stories;
    expect(story.lift).toBeGreaterThan(1.6);
    expect(story.lift).toBeLessThan(2.4);
    expect(story.incremental_leads).toBeGreaterThan(story.recorded_leads);
  });

  test("knows what each channel really brought", () => {
    const { incremental } = known.stories;
    expect(incremental["direct"]).toMatchObject({ leads: 0, customers: 0, revenue_eur: 0 });
    const all = Object.values(incremental);
    expect(all.reduce((sum, channel) => sum + channel.leads, 0)).toBeLessThan(12_000);
    expect(all.reduce((sum, channel) => sum + channel.recorded.customers, 0)).toBe(known.totals.customers);
  });

  test("tells what came by a click from what came unclicked, and by which campaign", () => {
    const { incremental, incremental_by_campaign: campaigns } = known.stories;
    for (const [name, { unclicked, ...all }] of Object.entries(incremental))
      if (name !== "display") expect([name, unclicked]).toEqual([name, { leads: 0, customers: 0, revenue_eur: 0 }]);
      else expect(unclicked.leads).toBeGreaterThan(all.leads / 2);
    for (const [name, { unclicked, ...all }] of Object.entries(incremental)) {
      if (!["paid_search", "paid_social", "display", "events"].includes(name)) continue;
      const own = Object.values(campaigns).filter(({ channel }) => channel === name);
      const sum = (of: "leads" | "customers" | "revenue_eur") => own.reduce((total, each) => total + each[of], 0);
      expect(sum("leads")).toBe(all.leads - unclicked.leads);
      expect(sum("customers")).toBe(all.customers - unclicked.customers);
      expect(sum("revenue_eur")).toBeCloseTo(all.revenue_eur - unclicked.revenue_eur, 1);
    }
  });
});
