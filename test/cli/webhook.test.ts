import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serverFile } from "../../src/cli/client.ts";
import { Answer } from "../../src/contract/answer.ts";
import { embudo, temporaryFolder, type Ran } from "./terminal.ts";

const folder = temporaryFolder();
const leave = new AbortController();
let serving: Promise<Ran>;

const built = existsSync("dist/web/server/render.js");

const settings = `name: Andina
currency: EUR
time_zone: Europe/Madrid
sources:
  forms:
    kind: webhook
    facts:
      lead: |
        SELECT id AS lead_id, created AS created_at, channel FROM events
  crm:
    kind: streams
    facts: {}
`;

beforeAll(async () => {
  writeFileSync(join(folder, "embudo.yaml"), settings);
  if (!built) return;
  serving = embudo(folder, ["serve", "--port", "0"], { signal: leave.signal });
  while (!existsSync(serverFile(folder)))
    await Promise.race([serving, new Promise((resolve) => setTimeout(resolve, 20))]);
});

afterAll(async () => {
  leave.abort();
  if (built) expect(await serving).toMatchObject({ code: 0, err: "" });
});

const sendTo = async (address: string, secret: string, body: string) =>
  fetch(address, {
    method: "POST",
    body,
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
  });

test.skipIf(!built)(
  "what a form sends to a running server is on the disk when it is answered, and counts once loaded",
  async () => {
    const { out } = await embudo(folder, ["webhook", "forms"]);
    const [, address = ""] = /address +(\S+)/.exec(out) ?? [];
    const [, secret = ""] = /secret +(\S+)/.exec(out) ?? [];
    const lead = { id: "L1", created: "2026-11-02T10:00:00Z", channel: "email" };
    expect((await sendTo(address, "wrong", JSON.stringify(lead))).status).toBe(401);
    expect((await sendTo(`${address}/no such`, secret, "{}")).status).toBe(404);
    expect((await sendTo(address, secret, "{")).status).toBe(400);
    const taken = await sendTo(address, secret, JSON.stringify([lead, { ...lead, id: "L2" }, lead]));
    expect([taken.status, await taken.json()]).toEqual([202, { taken: 3 }]);
    expect((await embudo(folder, ["sync", "forms"])).out).toMatch(/forms +lead +2 +2 /);
    expect((await embudo(folder, ["sync", "forms"])).out).toContain("nothing has changed");
    const asked = await embudo(folder, [
      "ask",
      "leads",
      "--from",
      "2026-11-01",
      "--to",
      "2026-12-01",
      "--format",
      "json",
    ]);
    expect(Answer.parse(JSON.parse(asked.out)).total.value).toBe(2);
    expect((await embudo(folder, ["streams", "forms"])).out).toMatch(/events +2 +lead/);
  },
);

test.skipIf(!built)("messages go through a running server too", async () => {
  const input = JSON.stringify({ type: "RECORD", stream: "owners", record: { id: 1 } });
  const { code, out } = await embudo(folder, ["import", "--singer", "--source", "crm"], { input });
  expect([code, out]).toEqual([0, expect.stringMatching(/^crm: 1 records read, 1 new versions/)]);
});

test("a source that takes nothing in has no address", async () => {
  expect(await embudo(folder, ["webhook", "crm"])).toMatchObject({ code: 1 });
  expect(await embudo(folder, ["webhook"])).toMatchObject({ code: 2 });
});
