import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "./database.ts";
import { raw } from "./sql.ts";

test("a file that is written anew holds nothing of what was deleted, and all of the rest", async () => {
  const folder = mkdtempSync(join(tmpdir(), "embudo-rewrite-"));
  const path = join(folder, "facts.duckdb");
  const bytes = () =>
    readdirSync(folder).some((file) => readFileSync(join(folder, file)).includes("secret of somebody"));
  const database = await openDatabase(path, { folders: [folder] });
  await database.use(async (one) => {
    await one.run(raw("SET GLOBAL force_compression = 'uncompressed'"));
    await one.run(raw("CREATE TABLE t (id INTEGER PRIMARY KEY, text VARCHAR)"));
    await one.run(raw("CREATE VIEW v AS SELECT id + 1 AS next FROM t"));
    await one.run(raw("INSERT INTO t SELECT range, 'secret of somebody ' || hash(range) FROM range(5000)"));
    await one.run(raw("CHECKPOINT"));
    await one.run(raw("CREATE TABLE behind AS SELECT hash(range) AS h FROM range(50000)"));
    await one.run(raw("CHECKPOINT"));
    await one.run(raw("UPDATE t SET text = NULL"));
    await one.run(raw("CHECKPOINT"));
  });
  expect(bytes()).toBe(true);
  const busy = database.use(() => new Promise((done) => setTimeout(done, 30)));
  const rewritten = database.rewrite();
  const after = database.use((one) => one.rows(raw("SELECT count(*) AS n, (SELECT max(next) FROM v) AS next FROM t")));
  await Promise.all([busy, rewritten]);
  expect(await after).toEqual([{ n: 5000, next: 5000 }]);
  expect(await database.use((one) => one.rows(raw("SELECT max(next) AS next FROM v")))).toEqual([{ next: 5000 }]);
  expect(bytes()).toBe(false);
  expect(readdirSync(folder)).toEqual(["facts.duckdb"]);
  database.close();
});
