import { beforeAll, expect, test } from "vitest";
import { Attribution } from "../../src/contract/attribution.ts";
import { Explanation } from "../../src/contract/explanation.ts";
import { Journey } from "../../src/contract/journey.ts";
import { embudo, temporaryFolder } from "./terminal.ts";

const folder = temporaryFolder();
const demo = ["--workspace", "demo"];
const autumn = ["--settings", "models", "--from", "2026-09-01", "--to", "2026-11-01", ...demo];

beforeAll(async () => {
  const size = ["--leads", "400", "--touches", "2000", "--today", "2026-11-23", "--loads", "1"];
  expect(await embudo(folder, ["demo", "demo", ...size])).toMatchObject({ code: 0, err: "" });
});

test("the table ends with what is unattributed and the whole, and says how many pairs hold", async () => {
  const { out, code } = await embudo(folder, ["attribution", "compare", ...autumn]);
  expect(code).toBe(0);
  expect(out).toMatch(/^revenue by channel · 2026-09-01 to 2026-11-01 .* · last_non_direct, held against/);
  expect(out).toMatch(/\n\(unattributed\) .*\ntotal /);
  expect(out).toContain("\nreturn = (revenue × 0.78 − costs) ÷ costs\n");
  expect(out).toContain("the costs of (unattributed) name no channel");
  expect(out).toMatch(/\d+ of \d+ pairs are robust; \d+ come in the same order under every setting/);
});

test("as JSON it is what the contract says, and as CSV each setting's lines come to the same sum", async () => {
  const json = await embudo(folder, ["attribution", "compare", "--of", "leads", "--format", "json", ...autumn]);
  const { settings, total } = Attribution.parse(JSON.parse(json.out));
  const csv = await embudo(folder, ["attribution", "compare", "--of", "leads", "--format", "csv", ...autumn]);
  const lines = csv.out.trim().split(/\r?\n/).slice(1);
  const sums = settings.map(({ id }) =>
    lines
      .map((line) => line.split(","))
      .filter(([, setting]) => setting === id)
      .reduce((sum, cells) => sum + Number(cells[3]), 0),
  );
  expect(sums.map((sum) => Math.round(sum * 1e6) / 1e6)).toEqual(settings.map(() => total.chosen.credited));
});

test("wrong usage is told", async () => {
  expect(await embudo(folder, ["attribution", ...demo])).toMatchObject({ code: 2 });
  const wrong = await embudo(folder, ["attribution", "compare", "--by", "rep", ...demo]);
  expect([wrong.code === 0, wrong.err]).toEqual([
    false,
    expect.stringContaining("channel, source, medium, campaign, ad\n  → use one of these"),
  ]);
  const unknown = await embudo(folder, ["attribution", "compare", "--model", "none", ...demo]);
  expect(unknown.err).toContain("no attribution model is named none");
});

test("the journey of a lead is told as a table, as JSON and as CSV", async () => {
  const explained = await embudo(folder, ["explain", "leads", "--limit", "1", "--format", "json", ...demo]);
  const { parts } = Explanation.parse(JSON.parse(explained.out));
  const lead = String(parts[0]?.rows[0]?.["lead_id"]);
  const json = await embudo(folder, ["journey", lead, "--format", "json", ...demo]);
  const found = Journey.parse(JSON.parse(json.out));
  expect(found.events).toContainEqual(expect.objectContaining({ type: "outcome", kind: "lead", id: lead }));
  const csv = await embudo(folder, ["journey", lead, "--format", "csv", ...demo]);
  expect(csv.out.trim().split(/\r?\n/)).toHaveLength(found.events.length + 1);
  expect((await embudo(folder, ["journey", lead, ...demo])).out).toContain(`→ lead ${lead}`);
});

test("a journey of nobody is refused", async () => {
  expect(await embudo(folder, ["journey", ...demo])).toMatchObject({ code: 2 });
  const unknown = await embudo(folder, ["journey", "nobody-at-all", ...demo]);
  expect([unknown.code === 0, unknown.err]).toEqual([false, expect.stringContaining("nobody is known")]);
});
