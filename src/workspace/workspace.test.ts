import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Problem } from "../engine/problem.ts";
import { databasePath, openWorkspace } from "./workspace.ts";

const folder = mkdtempSync(join(tmpdir(), "embudo-workspace-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("of a database that cannot be read it is said what only it held, before anybody deletes it", async () => {
  writeFileSync(join(folder, "embudo.yaml"), "name: Test\ncurrency: EUR\ntime_zone: UTC\n");
  mkdirSync(dirname(databasePath(folder)));
  writeFileSync(databasePath(folder), "no database".repeat(1000));
  for (const readOnly of [true, false]) {
    const problem: unknown = await openWorkspace(folder, { readOnly }).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ code: "database-unreadable" });
    expect((problem as Problem).remedy).toMatch(
      /copy data\/ aside .*goals set by hand.* only there\. Then delete data\//,
    );
  }
});
