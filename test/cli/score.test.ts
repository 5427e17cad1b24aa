import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { Readiness } from "../../src/contract/readiness.ts";
import { LeadScore, ScorePreview } from "../../src/contract/score.ts";
import { embudo, temporaryFolder } from "./terminal.ts";

const folder = temporaryFolder();
const demo = ["--workspace", "demo"];
const proposed = join("proposed", "mql.yaml");
const rule = `owner: Ana
hand_raise: {forms: [demo]}
fit: [{where: {country: ES}, points: 10}]
behaviour:
  - {kind: page, points: 8}
  - {kind: [click, visit], points: 5, at_most: 3}
half_life_days: 30
threshold: 20
`;

beforeAll(async () => {
  await embudo(folder, ["demo", "demo", "--leads", "300", "--touches", "2400", "--today", "2026-11-23"]);
  mkdirSync(join(folder, "proposed"));
  writeFileSync(join(folder, proposed), rule);
});

const json = async (...args: string[]): Promise<unknown> => {
  const { out, err } = await embudo(folder, [...args, "--format", "json", ...demo]);
  expect(err).toBe("");
  return JSON.parse(out);
};

const previewOf = async (...args: string[]) => ScorePreview.parse(await json("score", "preview", ...args));

test("a rule is previewed as if it had always been in force", async () => {
  const told = await embudo(folder, ["score", "preview", proposed, ...demo]);
  expect(told).toMatchObject({ code: 0, err: "" });
  expect(told.out).toContain("by this rule as if it had always been in force");
  expect(told.out).toMatch(/^kept +\d+/m);
  expect(told.out).toMatch(/^behaviour 1 +page +\d+/m);
});

test("what is previewed from a day on is what is published", async () => {
  const preview = await previewOf(proposed, "--effective", "2026-01-01");
  const published = await embudo(folder, ["publish", proposed, "--effective", "2026-01-01", "--by", "Luis", ...demo]);
  expect(published).toMatchObject({ code: 0, err: "" });
  expect(published.out).toMatch(/^rules\/mql\.yaml, definition 2 \(Ana\), in force since 2026-01-01\n/);
  expect(readFileSync(join(folder, "demo", "rules", "mql.yaml"), "utf8")).toContain(rule);
  const again = await previewOf("--effective", "2026-01-01");
  expect(again.months.map(({ after }) => after)).toEqual(preview.months.map(({ after }) => after));
  expect([again.gained.leads, again.lost.leads, again.edits]).toEqual([0, 0, []]);
});

test("its versions are listed", async () => {
  const listed = await embudo(folder, ["definitions", "rules/mql.yaml", ...demo]);
  expect(listed.out).toMatch(/^rules\/mql\.yaml, definition 1, in force since ever, shipped with Embudo;/);
  expect(listed.out).toContain("definition 2 (Ana), in force since 2026-01-01; known since");
});

test("the touches of a lead add up to its score", async () => {
  const { kept, gained } = await previewOf("--effective", "2026-01-01");
  const example = [...kept.examples, ...gained.examples].find(({ reason }) => reason === "score");
  const lead = example?.lead ?? "";
  const score = LeadScore.parse(await json("score", lead));
  expect(score).toMatchObject({ lead, reason: "score", definition: 2, mqlAt: example?.at });
  const sum = (score.qualified?.touches ?? []).reduce((total, { worth }) => total + worth, 0);
  const fit = (score.qualified?.fit ?? []).reduce((total, { points }) => total + points, 0);
  expect(fit + sum).toBeCloseTo(score.qualified?.score ?? 0, 6);
  expect(score.qualified?.score).toBeGreaterThanOrEqual(20);
  const words = await embudo(folder, ["score", lead, ...demo]);
  expect(words.out).toContain(`is an MQL since ${example?.at}: it has the points by version 2 of the rule`);
});

test("sales decides on a lead, and its score says so", async () => {
  const { kept } = await previewOf(proposed);
  const lead = kept.examples[0]?.lead ?? "";
  const rejected = await embudo(folder, ["lead", "reject", lead, "--reason", "no budget", "--by", "Ana", ...demo]);
  expect(rejected).toMatchObject({ code: 0, err: "" });
  expect(rejected.out).toMatch(/: rejected \(no budget\) by Ana/);
  expect((await embudo(folder, ["score", lead, ...demo])).out).toContain("Sales rejected it (no budget): Ana");
  expect((await embudo(folder, ["lead", "undo", lead, "--by", "Ana", ...demo])).out).toContain(
    "(was rejected (no budget) by Ana)",
  );
});

test("steps to readiness are told with their interval", async () => {
  const { out, err, code } = await embudo(folder, ["readiness", "--by", "channel", "--from", "2025-01-01", ...demo]);
  expect({ err, code }).toEqual({ err: "", code: 0 });
  expect(out).toMatch(/^By channel\n +did it, MQLs +did not, MQLs +lift +80 %/m);
  expect(out).toContain("The most common paths, by channel");
  const all = Readiness.parse(await json("readiness", "--window", "60", "--landmark", "3"));
  expect([all.window, all.landmark, all.steps.length]).toEqual([60, 3, 6]);
});

test.each([
  [["score"], "name a lead"],
  [["score", "a", "b"], "one lead at a time"],
  [["score", "a", "--from", "2026-01-01"], "days belong to a preview"],
  [["lead", "reject", "a", "--by", "Ana"], "say why"],
  [["lead", "accept", "a"], "say who"],
  [["lead", "praise", "a"], "accept, reject, undo"],
  [["readiness", "--by", "colour"], "--by takes page"],
])("%j is wrong usage", async (args, says) => {
  const { code, err } = await embudo(folder, [...args, ...demo]);
  expect([code, err]).toEqual([2, expect.stringContaining(says) as string]);
});
