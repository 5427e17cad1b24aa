import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { Answer } from "../../src/contract/answer.ts";
import { Catalogue } from "../../src/contract/catalogue.ts";
import { Rehearsal } from "../../src/contract/rehearsal.ts";
import { embudo, temporaryFolder } from "./terminal.ts";

const folder = temporaryFolder();
const demo = ["--workspace", "demo"];
const proposed = join("proposed", "cost-per-lead.yaml");

beforeAll(async () => {
  await embudo(folder, ["demo", "demo", "--leads", "300", "--touches", "900", "--today", "2026-11-23"]);
  mkdirSync(join(folder, "proposed"));
  writeFileSync(join(folder, proposed), "owner: Ana\ncosts: [media, agency]\n");
  writeFileSync(join(folder, "proposed", "broken.yaml"), "title: B\nbetter: lower\nvalue: spend / leeds\n");
});

const ask = async (...args: string[]) => {
  const { out, err } = await embudo(folder, ["ask", ...args, "--format", "json", ...demo]);
  expect(err).toBe("");
  return Answer.parse(JSON.parse(out));
};

test("the demo company has an indicator of its own, listed after the shipped ones", async () => {
  const { out } = await embudo(folder, ["indicators", "--format", "json", ...demo]);
  const { indicators } = Catalogue.parse(JSON.parse(out));
  expect(indicators.at(-1)).toMatchObject({ id: "cost-per-viable-lead", own: true, nine: null });
  const own = await ask("cost-per-viable-lead", "--by", "channel");
  expect(own.rows).toEqual((await ask("cost-per-lead", "--variant", "viable", "--by", "channel")).rows);
});

test("a change is rehearsed, published, listed with what it changed, and asked by its number", async () => {
  const range = ["--variant", "loaded", "--from", "2026-10-01", "--to", "2026-11-24"];
  const before = await ask("cost-per-lead", ...range);
  const told = await embudo(folder, ["rehearse", proposed, ...demo]);
  expect(told).toMatchObject({ code: 0, err: "" });
  expect(told.out).toContain("cost-per-lead, definition 2 (Ana), in force since 2026-11-23\n\n  + costs: [");
  expect(told.out).toMatch(/^cost-per-lead · loaded · .*\n +before +after +change$/m);
  expect(told.out).toContain("cost-per-lead · viable · Leads that can buy: nothing changes");
  expect(told.out).toContain("Nothing of this is kept");
  const rehearsal = Rehearsal.parse(
    JSON.parse((await embudo(folder, ["rehearse", proposed, "--format", "json", ...demo])).out),
  );
  expect(await ask("cost-per-lead", ...range)).toMatchObject({ total: before.total, indicator: { version: 1 } });

  const published = await embudo(folder, ["publish", proposed, "--by", "Luis", ...demo]);
  expect(published).toMatchObject({ code: 0, err: "" });
  expect(published.out).toMatch(/^cost-per-lead, definition 2 \(Ana\), in force since 2026-11-23\n {2}\+ costs: /);
  const after = await ask(
    "cost-per-lead",
    "--variant",
    "loaded",
    "--grain",
    "month",
    "--from",
    rehearsal.from,
    "--to",
    rehearsal.to,
  );
  const loaded = rehearsal.variants.find(({ variant }) => variant === "loaded");
  expect(after.rows).toEqual(loaded?.months.map((each) => each.after));
  expect((await ask("cost-per-lead", ...range, "--definition", "1")).total).toEqual(before.total);
  expect((await ask("cost-per-lead", ...range)).total).not.toEqual(before.total);
  expect((await embudo(folder, ["definitions", "cost-per-lead", ...demo])).out).toBe(
    `cost-per-lead, definition 1, in force since ever, shipped with Embudo; known from the beginning
cost-per-lead, definition 2 (Ana), in force since 2026-11-23; known since 2026-11-23T10:12:00Z, by Luis
  + costs: ["media","agency"]
  + owner: Ana
`,
  );
  const again = await embudo(folder, ["publish", proposed, ...demo]);
  expect(again.out).toContain("it said so already, nothing is recorded");
});

test("settings are rehearsed too", async () => {
  const told = await embudo(folder, ["rehearse", join("demo", "embudo.yaml"), ...demo]);
  expect(told.out).toContain("It says what is in force already.");
  expect(told.out).toContain("No number changes.");
  expect((await embudo(folder, ["definitions", "embudo.yaml", ...demo])).out).toMatch(/^embudo\.yaml, definition 1, /);
});

test("what is wrong is told with its way out", async () => {
  const broken = await embudo(folder, ["publish", join("proposed", "broken.yaml"), ...demo]);
  expect(broken).toMatchObject({ code: 1, out: "" });
  expect(broken.err).toContain(
    "indicators/broken.yaml, line 3, column 16: there is no measure leeds; did you mean leads?",
  );
  expect((await embudo(folder, ["rehearse", ...demo])).code).toBe(2);
  expect((await embudo(folder, ["rehearse", proposed, "--effective", "soon", ...demo])).code).toBe(2);
  expect((await embudo(folder, ["rehearse", "nowhere.yaml", ...demo])).err).toContain("is not there");
  expect((await embudo(folder, ["definitions", "cost-per-laed", ...demo])).err).toContain(
    "did you mean cost-per-lead?",
  );
});
