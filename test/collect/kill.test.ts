import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { raw } from "../../src/engine/sql.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { embudo } from "../cli/terminal.ts";
import { serveApart } from "./served.ts";
import { siteYaml } from "./sender.ts";
import { secretIn, storm } from "./storm.ts";

const built = existsSync("dist/web/server/render.js");
const folder = mkdtempSync(join(tmpdir(), "embudo-kill-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test.skipIf(!built)(
  "killed under load, also while it loads, every acknowledged event is there once",
  async () => {
    writeFileSync(join(folder, "embudo.yaml"), `name: Andina\ncurrency: EUR\ntime_zone: UTC\n${siteYaml}`);
    const state = { acknowledged: new Set<string>(), sent: new Set<string>() };
    for (let kill = 0; kill < 3; kill++) {
      const server = await serveApart(folder);
      const secret = await secretIn(folder, server.url);
      const raging = storm(server.url, secret, state, String(kill));
      await wait(700);
      // Loading goes on while the power goes.
      const loading = embudo(folder, ["sync", "web"]).catch(() => undefined);
      await wait(150 * kill);
      await server.kill();
      await Promise.all([raging, loading]);
    }
    expect((await embudo(folder, ["sync", "web"])).code).toBe(0);
    const workspace = await openWorkspace(folder, { readOnly: true });
    const touches = await workspace.database.use((connection) =>
      connection.rows(raw("SELECT touch_id FROM touch WHERE known_to IS NULL")),
    );
    workspace.close();
    const found = touches.map((row) => String(row["touch_id"]).slice("www:".length));
    const there = new Set(found);
    expect(found.length).toBe(there.size);
    expect([...state.acknowledged].filter((id) => !there.has(id))).toEqual([]);
    expect(found.filter((id) => !state.sent.has(id))).toEqual([]);
    expect(state.acknowledged.size).toBeGreaterThan(1000);
  },
  90_000,
);
