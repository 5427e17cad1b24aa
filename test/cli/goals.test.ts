import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { Attainment } from "../../src/contract/attainment.ts";
import { GoalOutcome, GoalVersion } from "../../src/contract/goal.ts";
import { embudo, temporaryFolder } from "./terminal.ts";

const folder = temporaryFolder();
const own = ["--workspace", "own"];
const file = (name: string, text: string) => writeFileSync(join(folder, "own", name), text);
const goal = (...args: string[]) => embudo(folder, ["goal", ...args, ...own]);
const stated = "indicator,variant,scope_kind,scope,period_start,grain,target,currency,set_by,set_at";

beforeAll(async () => {
  await embudo(folder, ["init", "own", "--currency", "EUR", "--time-zone", "UTC"]);
  file(
    "leads.csv",
    `id,born,rep\n${["Ana", "Ana", "Caro"].map((rep, i) => `L${i},2026-11-0${i + 2},${rep}`).join("\n")}\n`,
  );
  file("reps.csv", "rep,team\nAna,North\nCaro,South\n");
  file("goals.csv", `${stated}\nleads,,company,,2026-11-01,month,1000,,Sol,2026-10-28T09:00:00Z\n`);
  appendFileSync(
    join(folder, "own", "embudo.yaml"),
    `
sources:
  plan:
    kind: files
    facts:
      goal: SELECT * FROM 'goals.csv'
      rep: SELECT * FROM 'reps.csv'
      lead: SELECT id AS lead_id, born AS created_at, rep FROM 'leads.csv'
`,
  );
  expect(await embudo(folder, ["sync", ...own])).toMatchObject({ code: 0 });
});

const november = ["--period", "2026-11", "--by", "Ana"];

describe("a goal by hand", () => {
  test("is set, stands against the file, and says what was there", async () => {
    const set = await goal("set", "leads", "--target", "1200", ...november);
    expect(set).toMatchObject({ code: 0, out: "leads · company · 2026-11: 1,200 (was 1,000, set by Sol)\n" });
    file("goals.csv", `${stated}\nleads,,company,,2026-11-01,month,1100,,Sol,2026-11-20T09:00:00Z\n`);
    const synced = await embudo(folder, ["sync", ...own]);
    expect(synced.out).toMatch(/1 rejected, e\.g\. somebody set this goal by hand, which stands; `embudo goal remove`/);
    expect((await embudo(folder, ["goals", ...own])).out).toMatch(/2026-11 +leads +company +1,200 +3 +0\.25 %/);
  });

  test("one that says the default variant is the same goal", async () => {
    const set = await goal("set", "leads:all", "--target", "1300", "--format", "json", ...november);
    expect(GoalOutcome.parse(JSON.parse(set.out))).toMatchObject({
      goal: { variant: null, target: 1300 },
      before: { target: 1200, setBy: "Ana", source: "(goals)" },
    });
  });

  test("is removed, and the file's counts again from its next load", async () => {
    expect((await goal("remove", "leads", "--period", "2026-11", "--by", "Beto")).out).toContain("is removed");
    expect((await embudo(folder, ["goals", ...own])).out).toBe("there are no such goals\n");
    expect((await embudo(folder, ["sync", ...own])).out).toMatch(/plan +goal +1 +1 +0/);
    expect((await embudo(folder, ["goals", ...own])).out).toMatch(/leads +company +1,100/);
    expect((await embudo(folder, ["sync", ...own])).out).toContain("nothing has changed");
  });

  test("its history says who set what, when, and who ended it", async () => {
    const shown = await embudo(folder, ["goals", "leads", "--history", "--format", "json", ...own]);
    const versions = GoalVersion.array().parse(JSON.parse(shown.out));
    expect(versions.map((each) => [each.target, each.setBy, each.source, each.endedBy])).toEqual([
      [1000, "Sol", "plan", "Ana"],
      [1200, "Ana", "(goals)", "Ana"],
      [1300, "Ana", "(goals)", "Beto"],
      [1100, "Sol", "plan", null],
    ]);
    expect(versions.map((each) => each.setAt?.slice(0, 10))).toEqual([
      "2026-10-28",
      "2026-11-23",
      "2026-11-23",
      "2026-11-20",
    ]);
    expect(versions.slice(1, 3).every((each, i) => each.knownFrom === versions[i]?.knownTo)).toBe(true);
    expect((await embudo(folder, ["goals", "--history", ...own])).out).toMatch(/1,000 +Sol \(plan\) +2026-10-28 09:00/);
  });

  test("a team's is held against its own number, and below the company's", async () => {
    await goal("set", "leads", "--target", "700", "--scope", "team=North", ...november);
    const shown = await embudo(folder, ["goals", "--format", "json", ...own]);
    const found = (JSON.parse(shown.out) as { standing: unknown }[]).map((each) => Attainment.parse(each.standing));
    expect(found).toMatchObject([
      { value: 3, rollUps: [{ by: "team", children: 1, target: 700, gap: 400 }] },
      { goal: { scope: "North" }, value: 2, passed: 16, days: 21 },
    ]);
    const north = await embudo(folder, ["goals", "--scope", "team=North", ...own]);
    expect(north.out.trim().split("\n")).toHaveLength(3);
  });

  test("one of a quarter to come in another currency is kept so", async () => {
    const set = await goal("set", "sales-revenue", "--target", "5000.5", "--currency", "USD", "--period", "2027-Q1");
    expect(set.code).toBe(2);
    const signed = await goal(
      "set",
      "sales-revenue",
      "--target",
      "5000.5",
      "--currency",
      "USD",
      "--period",
      "2027-Q1",
      "--by",
      "Ana",
    );
    expect(signed.out).toBe("sales-revenue · company · 2027-Q1: 5,000.50 USD\n");
    expect((await embudo(folder, ["goals", "sales-revenue", ...own])).out).toMatch(
      /2027-Q1 .* 5,000\.50 USD .* to come/,
    );
  });
});

describe("what makes no sense is refused", () => {
  const refused: [string, string[], number, RegExp][] = [
    ["25 for a share", ["set", "win-ratio:closed", "--target", "25", ...november], 1, /did you mean 0\.25\?/],
    ["an unknown indicator", ["set", "lead", "--target", "2", ...november], 1, /did you mean leads\?/],
    ["an unknown variant", ["set", "win-ratio:close", "--target", "0.2", ...november], 1, /did you mean closed\?/],
    ["a goal of goals", ["set", "scoreboard", "--target", "0.8", ...november], 1, /counts the goals/],
    [
      "a scope it lacks",
      ["set", "cost-per-lead", "--target", "9", "--scope", "rep=Ana", ...november],
      1,
      /one of company/,
    ],
    [
      "an unknown team",
      ["set", "leads", "--target", "9", "--scope", "team=Nort", ...november],
      1,
      /did you mean North\?/,
    ],
    [
      "an unknown kind",
      ["set", "leads", "--target", "9", "--scope", "city=Lima", ...november],
      2,
      /--scope takes company/,
    ],
    ["less than nothing", ["set", "leads", "--target=-1", ...november], 1, /never below zero/],
    ["money of a count", ["set", "leads", "--target", "9", "--currency", "EUR", ...november], 1, /no money/],
    ["a currency that is none", ["set", "spend", "--target", "9", "--currency", "euro", ...november], 2, /currency: /],
    [
      "a period that is none",
      ["set", "leads", "--target", "9", "--period", "2026-13", "--by", "A"],
      1,
      /names no period/,
    ],
    ["no target", ["set", "leads", ...november], 2, /--target/],
    ["a number that is none", ["set", "leads", "--target", "many", ...november], 2, /takes a number/],
    ["a removal of nothing", ["remove", "spend", ...november], 1, /no such goal/],
    ["a removal of the file's", ["remove", "leads", ...november], 1, /the source plan states this goal/],
    ["another verb", ["raise", "leads", ...november], 2, /say set or remove, not raise/],
  ];
  test.each(refused)("%s", async (_, args, code, message) => {
    const ran = await goal(...args);
    expect(ran).toMatchObject({ code, out: "" });
    expect(ran.err).toMatch(message);
  });

  test("and a file's goal that does not begin its period is rejected with the reason", async () => {
    const before = readFileSync(join(folder, "own", "goals.csv"), "utf8");
    file("goals.csv", `${before}leads,,company,,2026-12-05,month,9,,Sol,\nleads,,team,,2026-12-01,month,9,,Sol,\n`);
    const { out } = await embudo(folder, ["sync", ...own]);
    expect(out).toContain("period_start is not the first day of a period of its grain");
    expect(out).toContain("scope is required unless scope_kind is company");
  });
});
