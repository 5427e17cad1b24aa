import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publish } from "../../src/cli/operations.ts";
import { now, workspaceOf, type RealWorkspace } from "../real-data/workspace.ts";

// `early` and `both` have the CRM's stage; `both` and `new` have the points. `deal` went straight to a deal.
const files = {
  "lead.csv": `lead_id,created_at,person_id,country
early,2026-09-05T10:00:00Z,P1,FR
both,2026-09-06T10:00:00Z,P2,ES
new,2026-10-05T10:00:00Z,P3,ES
deal,2026-10-06T10:00:00Z,P4,FR
`,
  "stage.csv": `subject,subject_id,stage,entered_at,outcome,reason
lead,early,mql,2026-09-20T10:00:00Z,,
lead,both,mql,2026-10-20T10:00:00Z,,
lead,both,sales,2026-10-21T10:00:00Z,accepted,
lead,both,sql,2026-10-22T10:00:00Z,,
lead,early,sales,2026-09-22T10:00:00Z,rejected,no need
`,
  "deal.csv": `deal_id,created_at,outcome,lead_id
D1,2026-10-07T10:00:00Z,open,deal
`,
  "touch.csv": `touch_id,occurred_at,kind,person_id,url
T1,2026-09-07T10:00:00Z,page,P2,https://x.org/pricing
T2,2026-09-08T10:00:00Z,page,P2,https://x.org/pricing
T3,2026-10-05T09:00:00Z,page,P3,https://x.org/pricing
T4,2026-10-10T10:00:00Z,page,P3,https://x.org/blog
T5,2026-10-10T10:00:00Z,page,P1,https://x.org/pricing
`,
};
const facts = { lead: "lead", stage_entry: "stage", deal: "deal", touch: "touch" };
const settings = {
  name: "Previewed",
  currency: "EUR",
  time_zone: "UTC",
  sources: {
    crm: {
      kind: "files",
      facts: Object.fromEntries(Object.entries(facts).map(([fact, file]) => [fact, `SELECT * FROM '${file}.csv'`])),
    },
  },
};

// By hand: `both` has 10 + 6 = 16 with its first page of prices, on September 7th; `new` has 10 + 6 from when it came in, as it
// looked at prices an hour before. `early` and `deal` have no fit.
const rule = `fit:
  - {where: {country: ES}, points: 10}
behaviour:
  - {kind: page, url: /pricing, points: 6}
  - {kind: page, url: /blog, points: 1}
threshold: 15
or_stage: false
`;

async function loaded(): Promise<RealWorkspace> {
  const one = await workspaceOf(
    settings,
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])),
  );
  await one.sync("crm");
  return one;
}

const pageOn = (url: string) => [
  { name: "kind", values: ["page"] },
  { name: "page", values: [url] },
];

describe("the preview of a rule", () => {
  let one: RealWorkspace;
  beforeAll(async () => {
    one = await loaded();
  });
  afterAll(() => one.close());

  test("says who would be an MQL and when, what sales made of them, and which line decides", async () => {
    const before = await one.contents();
    const found = await one.api.previewScore({ text: rule });
    expect(found).toMatchObject({
      from: "2025-11-01",
      to: "2026-12-01",
      effective: null,
      total: { before: 3, after: 3 },
    });
    expect(found.months).toEqual([
      { month: "2026-09-01", before: 1, after: 1 },
      { month: "2026-10-01", before: 2, after: 2 },
    ]);
    expect([found.earlier, found.later]).toEqual([1, 0]);
    expect(found.kept).toMatchObject({ leads: 2, accepted: 1, decided: 1, acceptance: 1, sqls: 2, sqlRate: 1 });
    expect(found.gained).toMatchObject({ leads: 1, decided: 0, acceptance: null, sqls: 0, sqlRate: 0 });
    expect(found.gained.examples).toEqual([{ lead: "new", at: "2026-10-05T10:00:00Z", reason: "score" }]);
    expect(found.lost).toMatchObject({ leads: 1, accepted: 0, decided: 1, acceptance: 0, sqls: 0 });
    expect(found.lost.examples).toEqual([{ lead: "early", at: "2026-09-20T10:00:00Z", reason: "stage" }]);
    expect(found.reasons).toEqual({ inferred: 1, score: 2 });
    expect(found.lines).toEqual([
      {
        part: "fit",
        line: 1,
        says: "country ES",
        asks: [{ name: "country", values: ["ES"] }],
        atMost: null,
        leads: 2,
        points: 10,
        decisive: 2,
      },
      {
        part: "behaviour",
        line: 1,
        says: "page, on /pricing",
        asks: pageOn("/pricing"),
        atMost: null,
        leads: 2,
        points: 6,
        decisive: 2,
      },
      {
        part: "behaviour",
        line: 2,
        says: "page, on /blog",
        asks: pageOn("/blog"),
        atMost: null,
        leads: 0,
        points: 0,
        decisive: 0,
      },
    ]);
    expect(await one.contents()).toEqual(before);
  });

  test("is refused where there is nothing to preview, or no sense in it", async () => {
    await expect(one.api.previewScore({})).rejects.toMatchObject({ code: "no-rule" });
    await expect(one.api.previewScore({ text: "threshold: 5\n" })).rejects.toMatchObject({
      code: "definition-invalid",
    });
    await expect(one.api.previewScore({ text: rule, from: "2026-11-01", to: "2026-11-01" })).rejects.toMatchObject({
      code: "empty-range",
    });
  });

  test("from a day on is what publishing it from that day on gives", async () => {
    const effective = "2026-10-01";
    const preview = await one.api.previewScore({ text: rule, effective });
    const { variants } = await one.api.rehearse({ file: "rules/mql.yaml", text: rule, effective });
    await publish(one.workspace, { file: "rules/mql.yaml", text: rule, effective, by: "Ana" }, now);
    const range = { from: preview.from, to: preview.to };
    const { rows } = await one.api.ask({ indicator: "marketing-qualified-leads", grain: "month", ...range });
    const published = rows.filter(({ value }) => value).map(({ period, value }) => [period, value]);
    expect(preview.months.map(({ month, after }) => [month, after])).toEqual(published);
    const rehearsed = variants.find(
      ({ indicator, variant }) => indicator === "marketing-qualified-leads" && variant === "count",
    );
    expect(rehearsed?.months.flatMap(({ after }) => (after?.value ? [[after.period, after.value]] : []))).toEqual(
      published,
    );
    // `both` had the stage in October and the points from the first day of the rule on: 16 with two views, none faded, are 22.
    expect((await one.api.mqlRule()).versions).toEqual([
      { version: 1, from: null, to: effective },
      { version: 2, from: effective, to: null },
    ]);
    expect(await one.api.score({ lead: "both" })).toMatchObject({
      mqlAt: "2026-10-01T00:00:00Z",
      reason: "score",
      definition: 2,
      touch: null,
      decision: { outcome: "accepted", source: "crm" },
      qualified: { score: 22, threshold: 15, fit: [{ where: "country ES", points: 10 }] },
    });
    const now2 = await one.api.previewScore({});
    expect(now2.edits).toEqual([]);
  });
});

test("a score is told touch by touch: when the lead became an MQL, and now", async () => {
  const one = await loaded();
  await publish(
    one.workspace,
    { file: "rules/mql.yaml", text: `${rule}half_life_days: 30\n`, effective: "2026-01-01" },
    now,
  );
  const both = await one.api.score({ lead: "both" });
  expect(both.qualified).toEqual({
    at: "2026-09-07T10:00:00Z",
    definition: 2,
    threshold: 15,
    fit: [{ line: 1, where: "country ES", points: 10 }],
    touches: [
      {
        touch: "T1",
        at: "2026-09-07T10:00:00Z",
        kind: "page",
        what: "/pricing",
        line: 1,
        points: 6,
        days: 0,
        worth: 6,
      },
    ],
    score: 16,
  });
  // 77 and 76 whole days later: 6 × 2^(−77 ÷ 30) and 6 × 2^(−76 ÷ 30).
  expect(both.now.touches.map(({ touch, days, worth }) => [touch, days, worth])).toEqual([
    ["T2", 76, 1.036434],
    ["T1", 77, 1.012764],
  ]);
  expect(await one.api.score({ lead: "deal" })).toMatchObject({
    reason: "inferred",
    definition: null,
    qualified: null,
  });
  expect(await one.api.score({ lead: "early" })).toMatchObject({ reason: null, mqlAt: null, now: { score: 2.170902 } });
  await expect(one.api.score({ lead: "nobody" })).rejects.toMatchObject({ code: "unknown-lead" });
  one.close();
});
