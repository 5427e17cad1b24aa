import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { csvFile, csvLine, money, quote } from "./csv.ts";

let folder = "";
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "demo-csv-"))));
afterAll(() => rm(folder, { recursive: true }));

test("quotes as RFC 4180 has it", () => {
  expect(quote("Gómez, Ruiz")).toBe('"Gómez, Ruiz"');
  expect(quote('Óptica "Faro"')).toBe('"Óptica ""Faro"""');
  expect(quote("llano")).toBe("llano");
});

test("leaves empty what is not given", () => {
  expect(csvLine(["a", "b", "c", "d"], { a: "x", c: 0, d: false })).toBe("x,,0,false\n");
});

test("writes money with a dot and two decimals", () => {
  expect([money(0), money(5), money(-5), money(123_456), money(-120)]).toEqual([
    "0.00",
    "0.05",
    "-0.05",
    "1234.56",
    "-1.20",
  ]);
});

test("keeps every row in order when the disk is behind", async () => {
  const path = join(folder, "rows.csv");
  const file = csvFile(path, ["n"]);
  const text = "ñ".repeat(1000);
  let waits = 0;
  for (let row = 0; row < 5000; row++) {
    file.add(`${row}${text}\n`, 1);
    if (file.behind()) {
      waits += 1;
      await file.ready();
    }
  }
  await file.close();
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  expect(lines.length).toBe(5001);
  expect(lines.slice(1).every((line, row) => line === `${row}${text}`)).toBe(true);
  expect(file.rows()).toBe(5000);
  expect(waits).toBeGreaterThan(0);
});

test("fails when the file cannot be written", async () => {
  const file = csvFile(join(folder, "nowhere", "rows.csv"), ["n"]);
  file.add("1\n", 1);
  await expect(file.close()).rejects.toThrow("ENOENT");
});
