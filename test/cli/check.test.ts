import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { Answer } from "../../src/contract/answer.ts";
import { CheckReport } from "../../src/contract/check.ts";
import { Receipt, Verification } from "../../src/contract/receipt.ts";
import { openDatabase } from "../../src/engine/database.ts";
import { raw } from "../../src/engine/sql.ts";
import { embudo, temporaryFolder } from "./terminal.ts";

const folder = temporaryFolder();
const demo = ["--workspace", "demo"];

beforeAll(async () => {
  const made = await embudo(folder, [
    "demo",
    "demo",
    "--leads",
    "400",
    "--touches",
    "2000",
    "--today",
    "2026-11-23",
    "--loads",
    "1",
  ]);
  expect(made).toMatchObject({ code: 0, err: "" });
});

describe("receipts", () => {
  const ask = [
    "ask",
    "cost-per-lead",
    "--by",
    "channel",
    "--compare",
    "previous",
    "--receipt",
    "receipt.json",
    ...demo,
  ];
  const file = () => join(folder, "receipt.json");

  test("an answer is exported with its receipt, which verifies as equal", async () => {
    const asked = await embudo(folder, [...ask, "--format", "json"]);
    expect(asked).toMatchObject({ code: 0, err: expect.stringContaining("the receipt is in receipt.json") as string });
    const receipt = Receipt.parse(JSON.parse(readFileSync(file(), "utf8")));
    const { rows, total, comparison, ranking } = Answer.parse(JSON.parse(asked.out));
    expect(receipt.answer).toEqual({ rows, total, comparison, ranking });
    expect(await embudo(folder, ["verify", "receipt.json", ...demo])).toMatchObject({
      code: 0,
      out: "equal: receipt.json was computed again, and its answer, definition, settings, SQL and inputs are the same\n",
    });
  });

  test("one flipped byte fails, text or not, and says so", async () => {
    const bytes = readFileSync(file());
    for (const [at, bit] of [
      [40, 1],
      [bytes.length >> 1, 0x80],
      [bytes.length - 1, 4],
    ] as const) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ bit;
      writeFileSync(join(folder, "flipped.json"), flipped);
      const verified = await embudo(folder, ["verify", "flipped.json", ...demo]);
      expect(verified).toMatchObject({ code: 1, err: "" });
      expect(verified.out).toContain("flipped.json differs:\n✗ the receipt itself was altered");
    }
    const { out } = await embudo(folder, ["verify", "flipped.json", "--format", "json", ...demo]);
    expect(Verification.parse(JSON.parse(out))).toMatchObject({ equal: false, differences: [{ where: "receipt" }] });
  });

  test("a receipt that is not there, or none named, is refused", async () => {
    expect(await embudo(folder, ["verify", "none.json", ...demo])).toMatchObject({ code: 1, out: "" });
    expect(await embudo(folder, ["verify", ...demo])).toMatchObject({ code: 2, out: "" });
  });
});

async function changed(statement: string): Promise<void> {
  const database = await openDatabase(join(folder, "demo", "data", "facts.duckdb"));
  await database.use((connection) => connection.run(raw(statement)));
  database.close();
}

describe("check", () => {
  test("a load was checked, and every check says what it expected and found", async () => {
    const { code, out } = await embudo(folder, ["check", ...demo]);
    expect(code).toBe(0);
    expect(out).toMatch(/^✓ +leads by channel, team \(model last_non_direct\) +(\d+) +\1$/m);
    expect(out).toMatch(/^✓ +credit +(\d+ entries) +\1$/m);
    expect(Math.max(...out.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(100);
    expect(out).toMatch(/all \d+ checks hold after load 1\n$/);
    const report = CheckReport.parse(JSON.parse((await embudo(folder, ["check", "--format", "json", ...demo])).out));
    expect(report.violations).toEqual([]);
  });

  test("a rep that is there twice fails the check, and stands on what is loaded next and on what is asked", async () => {
    await changed("INSERT INTO rep SELECT * FROM rep LIMIT 1");
    const { code, out } = await embudo(folder, ["check", ...demo]);
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ +unique-rep/m);
    expect(out).toContain("numbers that rest on them are wrong");
    const synced = await embudo(folder, ["sync", ...demo]);
    expect(synced).toMatchObject({ code: 1, out: "demo: nothing has changed since the last load\n" });
    expect(synced.err).toMatch(/^✗ rows do not land exactly once: keys of rep: expected \d+, found \d+$/m);
    expect((await embudo(folder, ["ask", "leads", "--by", "team", ...demo])).out).toContain("✗ rows are counted twice");
    await changed("DELETE FROM rep WHERE rowid = (SELECT max(rowid) FROM rep)");
    expect(await embudo(folder, ["check", ...demo])).toMatchObject({ code: 0 });
  });

  test("a check of many figures that does not hold says each that differs, in lines that fit", async () => {
    await changed("DELETE FROM credit WHERE channel IS NOT NULL");
    const lines = (await embudo(folder, ["check", ...demo])).out.split("\n");
    const at = lines.indexOf("✗ credit");
    expect(lines[at + 1]).toMatch(/^ {2}expected \d+ \w+ by custom, /);
    expect(lines.slice(at).find((line) => line.startsWith("  found "))).toBe("  found    0");
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(100);
  });
});
