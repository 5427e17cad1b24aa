import { appendFileSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serverFile } from "../../src/cli/client.ts";
import { Answer } from "../../src/contract/answer.ts";
import { embudo, temporaryFolder, type Ran } from "./terminal.ts";

const folder = temporaryFolder();
const demo = ["--workspace", "demo"];
const leave = new AbortController();
let serving: Promise<Ran>;

const built = existsSync("dist/web/server/render.js");

beforeAll(async () => {
  await embudo(folder, ["demo", "demo", "--leads", "300", "--touches", "900", "--today", "2026-11-23"]);
  if (!built) return;
  serving = embudo(folder, ["serve", "--port", "0", ...demo], { signal: leave.signal });
  while (!existsSync(serverFile(join(folder, "demo"))))
    await Promise.race([serving, new Promise((resolve) => setTimeout(resolve, 20))]);
});

afterAll(async () => {
  leave.abort();
  if (built) expect(await serving).toMatchObject({ code: 0, err: "" });
  expect(existsSync(serverFile(join(folder, "demo")))).toBe(false);
});

test.skipIf(!built)("while a server holds the workspace, questions and loads go through it", async () => {
  const asked = await embudo(folder, ["ask", "leads", "--format", "json", ...demo]);
  expect(Answer.parse(JSON.parse(asked.out)).total.value).toBeGreaterThan(250);
  expect(await embudo(folder, ["sync", ...demo])).toMatchObject({
    code: 0,
    out: "demo: nothing has changed since the last load\n",
  });
  expect((await embudo(folder, ["ask", "leads", "--by", "colour", ...demo])).err).toContain("colour is no dimension");
  expect((await embudo(folder, ["explain", "leads", "--limit", "1", ...demo])).out).toContain("lead_id");
  expect((await embudo(folder, ["check", ...demo])).out).toMatch(/all \d+ checks hold/);
  await embudo(folder, ["ask", "leads", "--receipt", "receipt.json", ...demo]);
  expect((await embudo(folder, ["verify", "receipt.json", ...demo])).out).toMatch(/^equal/);
  appendFileSync(join(folder, "receipt.json"), " ");
  expect(await embudo(folder, ["verify", "receipt.json", ...demo])).toMatchObject({ code: 1, err: "" });
});

test.skipIf(!built)("a goal is set through it, and counts at once", async () => {
  const set = ["goal", "set", "leads", "--target", "7", "--period", "2026-11-23", "--by", "Ana"];
  expect(await embudo(folder, [...set, ...demo])).toMatchObject({ code: 0, out: "leads · company · 2026-11-23: 7\n" });
  expect((await embudo(folder, ["goals", "leads", ...demo])).out).toMatch(/2026-11-23 +leads +company +7 /);
  expect((await embudo(folder, ["goals", "leads", "--history", ...demo])).out).toMatch(/7 +Ana /);
  const wrong = await embudo(folder, [
    "goal",
    "set",
    "lead",
    "--target",
    "7",
    "--period",
    "2026",
    "--by",
    "A",
    ...demo,
  ]);
  expect(wrong).toMatchObject({ code: 1, out: "" });
});

test.skipIf(!built)("a second server on the workspace is refused", async () => {
  expect(await embudo(folder, ["serve", "--port", "0", ...demo])).toMatchObject({ code: 1 });
});

test.skipIf(!built)("only its owner can read how to reach the server", () => {
  expect(statSync(serverFile(join(folder, "demo"))).mode & 0o077).toBe(0);
});
