import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { Retention } from "../../src/contract/retention.ts";
import { embudo, temporaryFolder } from "./terminal.ts";

const folder = temporaryFolder();
const demo = ["--workspace", "demo"];

beforeAll(async () => {
  const made = await embudo(folder, ["demo", "demo", "--today", "2026-11-23", "--loads", "1"]);
  expect(made).toMatchObject({ code: 0, err: "" });
}, 120_000);

test("the channel whose customers leave is what it says first", async () => {
  const { stories } = JSON.parse(await readFile(join(folder, "demo", "truth.json"), "utf8")) as {
    stories: { cheap_leads_that_leave: { channel: string } };
  };
  const { out, code } = await embudo(folder, ["retention", "--format", "json", ...demo]);
  expect(code).toBe(0);
  const { worst, months } = Retention.parse(JSON.parse(out));
  expect(worst).toBe(stories.cheap_leads_that_leave.channel);
  expect(months).toHaveLength(13);

  const text = await embudo(folder, ["retention", ...demo]);
  const [, first] = text.out.split("\n\n");
  expect(first).toMatch(/of customers are there after 12 months/);
  expect(first).toMatch(/Customers of paid_social leave [\d.]+ times as fast as the others/);
});

test("as CSV, every month closes where the next one opens", async () => {
  const { out } = await embudo(folder, ["retention", "--format", "csv", ...demo]);
  const [head, ...lines] = out.trim().split(/\r?\n/);
  expect(head).toBe("month,movement,customers,amount");
  const of = (movement: string) => lines.map((line) => line.split(",")).filter(([, each]) => each === movement);
  expect(
    of("closing")
      .slice(0, -1)
      .map(([, , , amount]) => amount),
  ).toEqual(
    of("opening")
      .slice(1)
      .map(([, , , amount]) => amount),
  );
});

test("what is asked wrongly is refused", async () => {
  expect((await embudo(folder, ["retention", "churn", ...demo])).code).toBe(2);
  expect((await embudo(folder, ["retention", "--by", "moon", ...demo])).code).toBe(1);
});
