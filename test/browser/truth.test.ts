import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi } from "../../src/ask/api.ts";
import type { Answer } from "../../src/contract/answer.ts";
import type { Catalogue } from "../../src/contract/catalogue.ts";
import type { Listening } from "../../src/server/listen.ts";
import type { Page } from "../../src/web/page.ts";
import { openWorkspace, type Workspace } from "../../src/workspace/workspace.ts";
import { frozen, serve } from "./serve.ts";

const command = join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");
const folder = join(mkdtempSync(join(tmpdir(), "embudo-truth-")), "demo");

describe("the pages of the demo company", () => {
  let workspace: Workspace;
  let server: Listening;
  let catalogue: Catalogue;

  beforeAll(async () => {
    const args = [
      "--disable-warning=ExperimentalWarning",
      command,
      "demo",
      folder,
      "--leads",
      "2000",
      "--today",
      "2026-11-23",
    ];
    execFileSync(process.execPath, args, { stdio: "pipe" });
    workspace = await openWorkspace(folder, { now: () => frozen });
    server = await serve(openApi(workspace, () => frozen));
    catalogue = await json("/api/v1/indicators");
  }, 120_000);

  afterAll(async () => {
    await server.close();
    workspace.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function json<T>(path: string): Promise<T> {
    const response = await fetch(server.url + path);
    expect([path, response.status]).toEqual([path, 200]);
    return (await response.json()) as T;
  }

  const pageOf = (path: string) => json<Page>(`/api/page?${new URLSearchParams({ path })}`);

  test("a number is the same on its tile, in the API, in its explanation and in its rows", async () => {
    const page = await pageOf("/");
    const { period } = page.shell;
    const tiles = page.screen.name === "home" ? page.screen.home.tiles : [];
    expect(tiles).toHaveLength(9);
    for (const tile of tiles) {
      const answer = await json<Answer>(`/api/v1/ask?indicator=${tile.id}&from=${period.from}&to=${period.to}`);
      const { explained } = await pageOf(`/?x=${tile.id}`);
      const { value } = answer.total;
      expect([tile.id, tile.total?.value, explained?.explanation?.cell.value]).toEqual([tile.id, value, value]);
      for (const part of explained?.explanation?.parts ?? []) {
        const csv = await (await fetch(server.url + (explained?.csv[part.id] ?? ""))).text();
        const rows = csv.trimEnd().split("\r\n").length - 1;
        expect([tile.id, part.id, rows]).toEqual([tile.id, part.id, part.rowCount]);
      }
    }
  }, 60_000);

  test("every cell of every breakdown opens, with the value that it shows", async () => {
    for (const entry of catalogue.indicators.filter(({ nine }) => nine !== null)) {
      const { screen } = await pageOf(`/kpi/${entry.id}?p=qtd`);
      const breakdown = screen.name === "indicator" ? screen.detail.breakdown : null;
      for (const row of breakdown?.rows ?? []) {
        const value = row.key[breakdown?.by ?? ""];
        const x = `${entry.id}.${entry.variants[0]?.id}~${breakdown?.by}:${value === null ? "(none)" : encodeURIComponent(value ?? "")}`;
        const { explained } = await pageOf(`/kpi/${entry.id}?${new URLSearchParams({ p: "qtd", x })}`);
        expect([x, explained?.explanation?.cell.value, explained?.explanation?.sql !== ""]).toEqual([
          x,
          row.value,
          true,
        ]);
      }
    }
  }, 120_000);

  test("every variant can be seen by every grain, split and comparison", async () => {
    const refused: string[] = [];
    for (const entry of catalogue.indicators) {
      for (const variant of entry.variants) {
        const views = [
          "",
          "g=day",
          "g=week&c=yoy",
          "g=quarter&c=yoy",
          "p=2025&al=dow",
          ...variant.by.map((by) => `by=${by}`),
        ];
        for (const view of views) {
          const path = `/kpi/${entry.id}?v=${variant.id}&${view}`;
          const { screen, shell } = await pageOf(path);
          expect([path, ...shell.dropped]).toEqual([path]);
          const detail = screen.name === "indicator" ? screen.detail : null;
          const problems = [detail?.problem, detail?.trend.problem, detail?.breakdown?.problem].flatMap(
            (problem) => problem ?? [],
          );
          refused.push(...problems.map(({ code }) => code));
        }
      }
    }
    expect([...new Set(refused)].filter((code) => code !== "one-sided-dimension")).toEqual([]);
  }, 300_000);

  test("no page says NaN, Infinity or undefined", async () => {
    for (const path of ["/", ...catalogue.indicators.map(({ id }) => `/kpi/${id}?t=1&x=${id}`)]) {
      const html = await (await fetch(server.url + path)).text();
      // A nonce is drawn at random, and may spell anything.
      const said = html.slice(0, html.indexOf('id="page"')).replaceAll(/ nonce="[^"]*"/g, "");
      const words = said.match(/NaN|Infinity|undefined|\[object/);
      expect([path, words]).toEqual([path, null]);
    }
  }, 60_000);
});
