import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { Funnel } from "../../src/contract/funnel.ts";
import { embudo, temporaryFolder } from "./terminal.ts";

const folder = temporaryFolder();
const demo = ["--workspace", "demo"];

beforeAll(async () => {
  const made = await embudo(folder, ["demo", "demo", "--today", "2026-11-23", "--loads", "1"]);
  expect(made).toMatchObject({ code: 0, err: "" });
}, 120_000);

test("the stage that broke and the channel whose leads are cheap and leave are what it says first", async () => {
  const { stories } = JSON.parse(await readFile(join(folder, "demo", "truth.json"), "utf8")) as {
    stories: { broken_stage: { from: string }; cheap_leads_that_leave: { channel: string } };
  };
  const { out, code } = await embudo(folder, ["funnel", "--format", "json", ...demo]);
  expect(code).toBe(0);
  const { worst, flips, steps } = Funnel.parse(JSON.parse(out));
  expect(worst).toBe(stories.broken_stage.from);
  expect(steps.filter(({ held }) => held?.certain === true).map(({ stage }) => stage)).toEqual([worst]);
  expect(flips[0]?.cheaper).toBe(stories.cheap_leads_that_leave.channel);

  const text = await embudo(folder, ["funnel", ...demo]);
  const [, first] = text.out.split("\n\n");
  expect(first).toMatch(/loses most against the norm: from mql to sql/);
  expect(first).toMatch(/Leads of paid_social look cheap/);
});

test("as CSV, every lead of a stage is on one of its lines", async () => {
  const { out } = await embudo(folder, ["funnel", "--format", "csv", ...demo]);
  const [head, ...lines] = out.trim().split(/\r?\n/);
  expect(head).toBe("stage,place,reason,leads,days,value");
  const leads = (test: (cells: string[]) => boolean) =>
    lines
      .map((line) => line.split(","))
      .filter(test)
      .reduce((sum, cells) => sum + Number(cells[3]), 0);
  expect(leads(([stage]) => stage === "mql")).toBe(leads(([stage, place]) => stage === "lead" && place === "went on"));
});

test("what is asked wrongly is refused", async () => {
  expect((await embudo(folder, ["funnel", "mql", ...demo])).code).toBe(2);
  expect((await embudo(folder, ["funnel", "--by", "moon", ...demo])).code).toBe(1);
});
