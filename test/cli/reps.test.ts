import { beforeAll, expect, test } from "vitest";
import { Reps } from "../../src/contract/reps.ts";
import { closer, opener } from "../../src/sources/demo/team.ts";
import { embudo, temporaryFolder } from "./terminal.ts";

const folder = temporaryFolder();
const demo = ["--workspace", "demo"];

beforeAll(async () => {
  const made = await embudo(folder, ["demo", "demo", "--today", "2026-11-23", "--loads", "1"]);
  expect(made).toMatchObject({ code: 0, err: "" });
}, 120_000);

test("who creates and does not close, and who closes and does not open, is what it says first, and names nobody else", async () => {
  const { out, code } = await embudo(folder, ["reps", "--format", "json", ...demo]);
  expect(code).toBe(0);
  const { reps } = Reps.parse(JSON.parse(out));
  const called = (verdict: string) => reps.filter((each) => each.verdict === verdict).map(({ rep }) => rep);
  expect(called("creates-does-not-close")).toEqual([opener]);
  expect(called("closes-does-not-open")).toEqual([closer]);
  expect(reps.find(({ rep }) => rep === opener)).toMatchObject({ weakest: "opportunity", train: "opportunity" });

  const text = await embudo(folder, ["reps", ...demo]);
  const [, first] = text.out.split("\n\n");
  expect(first).toBe(`Create and do not close: ${opener}.\nClose and do not open: ${closer}.`);
  expect(text.out).toMatch(new RegExp(`Weakest stages\n(.*\n)*${opener}: from opportunity to sale`));
});

test("one alone is shown with a band of the others, whom nothing names", async () => {
  const { out } = await embudo(folder, ["reps", "--only", closer, ...demo]);
  expect(out).toContain("15 others, a quarter below · half · a quarter above");
  expect(out).not.toContain(opener);
});

test("one rep: the stage that costs most, what is at risk and the goals, and nobody else's name", async () => {
  const { out, code } = await embudo(folder, ["reps", opener, ...demo]);
  expect(code).toBe(0);
  expect(out).toMatch(/Won within the window, adjusted: .* below the others/);
  expect(out).toMatch(/opportunity .* worse/);
  expect(out).toMatch(/At risk: \d+ of \d+ open deals/);
  expect(out).toMatch(/sales-revenue .*2026-11-01/);
  expect(out).not.toContain(closer);
  const csv = await embudo(folder, ["reps", opener, "--format", "csv", ...demo]);
  expect(csv.out.trim().split(/\r?\n/)).toHaveLength(5);
});

test("as CSV, every rep is a line", async () => {
  const { out } = await embudo(folder, ["reps", "--format", "csv", "--where", "team=Sur", ...demo]);
  const [head, ...lines] = out.trim().split(/\r?\n/);
  expect(head).toMatch(/^rep,team,weeks,sqls,opened,.*verdict,train$/);
  expect(lines.map((line) => line.split(",")[0])).toEqual([
    "Elena Pascual",
    "Francisco Jurado",
    "Macarena Olmedo",
    closer,
    "Rocío Almansa",
  ]);
});

test("what is asked wrongly is refused", async () => {
  expect((await embudo(folder, ["reps", "Ana", "Luis", ...demo])).code).toBe(2);
  expect((await embudo(folder, ["reps", "Nobody", ...demo])).code).toBe(1);
  expect((await embudo(folder, ["reps", "--opener", "moon", ...demo])).code).toBe(1);
  expect((await embudo(folder, ["reps", "--only", "Nobody", ...demo])).code).toBe(1);
});
