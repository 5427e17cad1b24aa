import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { publish } from "../../src/cli/operations.ts";
import type { Rehearsal } from "../../src/contract/rehearsal.ts";
import { raw } from "../../src/engine/sql.ts";
import { now, workspaceOf, type RealWorkspace } from "../real-data/workspace.ts";

const files = {
  "lead.csv": `lead_id,created_at,person_id,channel,disqualified_as
L1,2026-09-05T10:00:00Z,P1,paid_search,
L2,2026-09-06T10:00:00Z,P2,organic_search,student
L3,2026-10-05T10:00:00Z,P3,paid_search,
L4,2026-10-06T10:00:00Z,P4,paid_search,
L5,2026-11-07T10:00:00Z,P5,email,test
`,
  "stage.csv": `subject,subject_id,stage,entered_at
lead,L1,mql,2026-09-20T10:00:00Z
lead,L3,demo,2026-10-20T10:00:00Z
lead,L4,mql,2026-11-20T10:00:00Z
`,
  "spend.csv": `day,category,amount,currency
2026-09-10,media,100,EUR
2026-10-10,media,60,EUR
2026-10-10,agency,40,EUR
2026-10-10,tools,20,EUR
2026-11-10,media,30,EUR
`,
  "touch.csv": `touch_id,occurred_at,kind,person_id,channel
T1,2026-08-01T10:00:00Z,click,P1,display
T2,2026-09-04T10:00:00Z,visit,P1,email
T3,2026-10-01T10:00:00Z,click,P3,video
`,
  "goal.csv": `indicator,variant,scope_kind,period_start,grain,target,currency
cost-per-lead,loaded,company,2026-10-01,month,55,EUR
cost-per-lead,loaded,company,2026-09-01,month,60,EUR
marketing-qualified-leads,count,company,2026-10-01,month,1,
`,
};
const facts = { lead: "lead", stage_entry: "stage", spend: "spend", touch: "touch", goal: "goal" };
const settings = {
  name: "Rehearsed",
  currency: "EUR",
  time_zone: "UTC",
  sources: {
    crm: {
      kind: "files",
      facts: Object.fromEntries(Object.entries(facts).map(([fact, file]) => [fact, `SELECT * FROM '${file}.csv'`])),
    },
  },
};
const viable = 'title: Viable\nbetter: lower\nvalue: spend(category = "media") / leads(disqualified_as = null)\n';

async function loaded(): Promise<RealWorkspace> {
  const one = await workspaceOf(
    settings,
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])),
  );
  await one.sync("crm");
  return one;
}

const content = async (one: RealWorkspace) => ({
  facts: await one.contents(),
  definitions: await one.workspace.database.use((connection) =>
    connection.rows(
      raw(
        "SELECT * FROM definition UNION ALL SELECT name, NULL, NULL, value, NULL, NULL, NULL, NULL FROM setting ORDER BY ALL",
      ),
    ),
  ),
  loads: await one.workspace.database.use((connection) => connection.rows(raw("SELECT * FROM load ORDER BY load_id"))),
  files: readdirSync(one.folder).toSorted(),
});

const indexed = (rehearsal: Rehearsal, indicator: string, variant: string) => {
  const found = rehearsal.variants.find((each) => each.indicator === indicator && each.variant === variant);
  if (found === undefined) throw new Error(`${indicator} ${variant} is not in the rehearsal`);
  return found;
};

const byMonth = (months: Rehearsal["variants"][number]["months"], side: "before" | "after") =>
  Object.fromEntries(months.flatMap((each) => (each[side]?.value == null ? [] : [[each.period, each[side].value]])));

const proposals: [name: string, file: string, text: string, changed: [string, string][]][] = [
  ["an own indicator", "indicators/viable.yaml", viable, [["viable", "value"]]],
  ["other costs", "indicators/cost-per-lead.yaml", "costs: [media, agency]\n", [["cost-per-lead", "loaded"]]],
  [
    "another expression",
    "indicators/cost-per-lead.yaml",
    "variants: {paid: {value: spend / leads}}\n",
    [["cost-per-lead", "paid"]],
  ],
  [
    "another window",
    "indicators/marketing-qualified-leads.yaml",
    "variants: {rate: {window: 60}}\n",
    [["marketing-qualified-leads", "rate"]],
  ],
  ["another model", "indicators/cost-per-lead.yaml", "model: first\n", [["cost-per-lead", "paid"]]],
  [
    "other stages",
    "embudo.yaml",
    stringify({ ...settings, stages: { mql: ["mql", "demo"] } }),
    [["marketing-qualified-leads", "count"]],
  ],
  ["another look-back", "embudo.yaml", stringify({ ...settings, look_back_days: 1 }), [["cost-per-lead", "paid"]]],
  [
    "a rule for MQLs",
    "rules/mql.yaml",
    "behaviour: [{kind: click, channel: video, points: 10}]\nhalf_life_days: 7\nthreshold: 5\neffective: 2026-01-01\n",
    [
      ["marketing-qualified-leads", "count"],
      ["marketing-qualified-leads", "rate"],
    ],
  ],
  ["a rule for MQLs from today on", "rules/mql.yaml", "hand_raise: {forms: demo}\nor_stage: false\n", []],
  ["another zone", "embudo.yaml", stringify({ ...settings, time_zone: "Pacific/Kiritimati" }), []],
];

describe.each(proposals)("%s", (_, file, text, changed) => {
  let one: RealWorkspace;
  beforeAll(async () => {
    one = await loaded();
  });
  afterAll(() => one.close());

  test("what was rehearsed is what is answered once it is published, and nothing is kept before", async () => {
    const before = await content(one);
    const rehearsal = await one.api.rehearse({ file, text });
    expect(await content(one)).toEqual(before);
    for (const [indicator, variant] of changed) expect(indexed(rehearsal, indicator, variant).changed).toBe(true);
    const asked = rehearsal.variants.map(({ indicator, variant }) =>
      one.api.ask({ indicator, variant, grain: "month", from: rehearsal.from, to: rehearsal.to }).then(
        ({ rows, total }) => ({ rows, total }),
        () => undefined,
      ),
    );
    const present = await Promise.all(asked);
    expect(
      rehearsal.variants.map(({ months, total }) =>
        total.before === null ? undefined : { rows: months.flatMap((each) => each.before ?? []), total: total.before },
      ),
    ).toEqual(present);

    const version = await publish(one.workspace, { file, text, by: "Ana" }, now);
    expect(version).toEqual(rehearsal.version);
    for (const { indicator, variant, months, total } of rehearsal.variants) {
      const answer = await one.api.ask({ indicator, variant, grain: "month", from: rehearsal.from, to: rehearsal.to });
      expect([answer.rows, answer.total]).toEqual([months.flatMap((each) => each.after ?? []), total.after]);
    }
    const board = await one.api.ask({
      indicator: "scoreboard",
      grain: "month",
      from: rehearsal.from,
      to: rehearsal.to,
    });
    expect([board.rows, board.total]).toEqual([
      rehearsal.scoreboard.months.flatMap((each) => each.after ?? []),
      rehearsal.scoreboard.total.after,
    ]);
    const [history] = await one.api.definitions({ id: version.id });
    expect(history?.versions.at(-1)).toMatchObject({
      version: version.version,
      by: "Ana",
      since: "2026-11-23T12:00:00Z",
    });
    expect(readFileSync(join(one.folder, file), "utf8")).toBe(text);
    const again = await one.api.rehearse({ file, text });
    expect([again.version.changed, again.variants.some((each) => each.changed)]).toEqual([false, false]);
  });
});

describe("a rehearsal", () => {
  let one: RealWorkspace;
  beforeAll(async () => {
    one = await loaded();
  });
  afterAll(() => one.close());

  test("shows each month, the total and the goals before and after: loaded costs of October are 120 or 100 for two leads", async () => {
    const rehearsal = await one.api.rehearse({
      file: "indicators/cost-per-lead.yaml",
      text: "owner: Ana\ncosts: [media, agency]\neffective: 2026-10-01\n",
    });
    const { months, total } = indexed(rehearsal, "cost-per-lead", "loaded");
    expect([byMonth(months, "before"), byMonth(months, "after")]).toEqual([
      { "2026-09-01": 50, "2026-10-01": 60, "2026-11-01": 30 },
      { "2026-09-01": 50, "2026-10-01": 50, "2026-11-01": 30 },
    ]);
    expect([total.before?.value, total.after?.value, total.difference]).toEqual([50, 46, -4]);
    expect(
      rehearsal.goals.map(({ goal, before, after, changed }) => [goal.periodStart, before?.met, after?.met, changed]),
    ).toEqual([
      ["2026-09-01", true, true, false],
      ["2026-10-01", false, true, true],
    ]);
    expect(rehearsal.scoreboard.total).toMatchObject({
      before: { value: 1 / 3 },
      after: { value: 2 / 3 },
      difference: 1 / 3,
    });
    expect(rehearsal.version).toEqual({
      file: "indicators/cost-per-lead.yaml",
      id: "cost-per-lead",
      version: 2,
      effective: "2026-10-01",
      owner: "Ana",
      changed: true,
      edits: [
        { path: "costs", before: null, after: '["media","agency"]' },
        { path: "effective", before: null, after: "2026-10-01" },
        { path: "owner", before: null, after: "Ana" },
      ],
    });
  });

  test.each([
    "../embudo.yaml",
    "indicators/../embudo.yaml",
    "indicators/../../etc/passwd.yaml",
    "/etc/passwd",
    "indicators/a/b.yaml",
    String.raw`indicators\a.yaml`,
    "indicators/.yaml",
    "indicators/...yaml",
    "indicators/Mine.yaml",
    "indicators/a.yml",
    "data/facts.duckdb",
    "indicators/a.yaml\n",
  ])("of %j is refused, and so is publishing it", async (file) => {
    await expect(one.api.rehearse({ file, text: viable })).rejects.toMatchObject({ code: "unknown-file" });
    await expect(publish(one.workspace, { file, text: viable }, now)).rejects.toMatchObject({ code: "unknown-file" });
  });

  test("of what means nothing is refused with its place, and nothing is written", async () => {
    const file = "indicators/broken.yaml";
    const text = viable.replace("leads(", "leeds(");
    await expect(one.api.rehearse({ file, text })).rejects.toMatchObject({
      code: "definition-invalid",
      detail: { line: 3, column: 36 },
    });
    await expect(publish(one.workspace, { file, text }, now)).rejects.toMatchObject({ code: "definition-invalid" });
    expect(existsSync(join(one.folder, "indicators"))).toBe(false);
  });

  test("goals of days before it is in force are judged as before", async () => {
    const text = "costs: [media, agency]\neffective: 2026-11-01\n";
    const { goals } = await one.api.rehearse({ file: "indicators/cost-per-lead.yaml", text });
    expect(goals.map(({ changed }) => changed)).toEqual([false, false]);
  });

  test("a day of force is written into the file, and old days answer as before it", async () => {
    const order = {
      file: "indicators/cost-per-lead.yaml",
      text: "# the board's\ncosts: [media, agency]\n",
      effective: "2026-11-01",
    };
    const version = await publish(one.workspace, order, now);
    expect(version).toMatchObject({ version: 2, effective: "2026-11-01" });
    expect(readFileSync(join(one.folder, order.file), "utf8")).toBe(`${order.text}effective: 2026-11-01\n`);
    await publish(one.workspace, { ...order, text: `effective: 2025-01-01\n${order.text}` }, now);
    expect(readFileSync(join(one.folder, order.file), "utf8")).toBe(`effective: 2026-11-01\n${order.text}`);
    const loadedCost = async (from: string, to: string) => {
      const { total, indicator } = await one.api.ask({ indicator: "cost-per-lead", variant: "loaded", from, to });
      return [total.value, indicator.version];
    };
    expect(await loadedCost("2026-10-01", "2026-11-01")).toEqual([60, 1]);
    expect(await loadedCost("2026-10-01", "2026-11-23")).toEqual([130 / 3, 2]);
    await expect(publish(one.workspace, { ...order, file: "embudo.yaml" }, now)).rejects.toMatchObject({
      code: "definition-invalid",
    });
  });

  test("rehearsals and loads wait for each other", async () => {
    const text = stringify({ ...settings, stages: { mql: ["mql", "demo"] } });
    const before = await content(one);
    await Promise.all([
      one.api.rehearse({ file: "embudo.yaml", text }),
      one.api.rehearse({ file: "embudo.yaml", text }),
      one.api.ask({ indicator: "leads" }),
    ]);
    expect(await content(one)).toEqual(before);
  });
});
