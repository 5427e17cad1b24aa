import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase, type Database } from "../../engine/database.ts";
import { raw } from "../../engine/sql.ts";
import { recordsOf } from "./body.ts";
import { landInbox, openInbox, WebhookSource, type Delivery, type Inbox } from "./index.ts";

const secret = "a secret";
const now = () => new Date("2026-11-23T10:12:00Z");

const delivery = (body: string, headers: Record<string, string> = {}, query = ""): Delivery => ({
  body,
  header: (name) => headers[name.toLowerCase()],
  query: new URLSearchParams(query),
});

let folder: string;
let database: Database;
let opened: Inbox[];
beforeEach(async () => {
  opened = [];
  folder = mkdtempSync(join(tmpdir(), "embudo-webhook-"));
  database = await openDatabase(":memory:", { folders: [folder] });
});
afterEach(async () => {
  for (const each of opened) await each.end();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const inboxWith = (spec: object) => {
  const settings = WebhookSource.parse({ kind: "webhook", ...spec });
  const inbox = openInbox({
    folder,
    now,
    specOf: (source) => (source === "forms" ? settings : undefined),
    secretOf: () => secret,
  });
  opened.push(inbox);
  const land = async () =>
    database.use(async (connection) =>
      landInbox(connection, { folder, source: "forms", spec: settings, sealed: await inbox.seal("forms"), now }),
    );
  return { inbox, land };
};

const payloads = async () =>
  (
    await database.use((connection) =>
      connection.rows(raw("SELECT stream, payload FROM raw_record WHERE known_to IS NULL ORDER BY ALL")),
    )
  ).map(({ stream, payload }) => [stream, JSON.parse(String(payload)) as unknown]);

describe("who sends", () => {
  const bearer = { authorization: `Bearer ${secret}` };

  test("shows the secret, as a token or in the address", async () => {
    const { inbox } = inboxWith({});
    expect(await inbox.take("forms", undefined, delivery("{}", bearer))).toBe(1);
    expect(await inbox.take("forms", undefined, delivery("{}", {}, "key=a+secret"))).toBe(1);
    for (const wrong of [delivery("{}"), delivery("{}", { authorization: "Bearer no" }), delivery("{}", {}, "key=")])
      await expect(inbox.take("forms", undefined, wrong)).rejects.toMatchObject({ code: "wrong-key" });
  });

  test.each([
    ["sha256", "hex", "sha256="],
    ["sha1", "base64", ""],
  ] as const)("signs with %s in %s", async (algorithm, encoding, prefix) => {
    const { inbox } = inboxWith({ signature: { header: "X-Sign", algorithm, encoding, prefix } });
    const body = '{"id":1}';
    const sign = (text: string) => prefix + createHmac(algorithm, secret).update(text).digest(encoding);
    expect(await inbox.take("forms", undefined, delivery(body, { "x-sign": sign(body) }))).toBe(1);
    for (const wrong of [{ "x-sign": sign(`${body} `) }, {}, bearer])
      await expect(inbox.take("forms", undefined, delivery(body, wrong))).rejects.toMatchObject({
        code: "wrong-signature",
      });
  });

  test.each([
    ["other", undefined],
    ["../forms", undefined],
    ["forms", "../x"],
  ])("to %s, stream %s, is told that there is none", async (source, stream) => {
    const { inbox } = inboxWith({});
    await expect(inbox.take(source, stream, delivery("{}", bearer))).rejects.toMatchObject({ code: "not-found" });
  });
});

test("bodies are JSON, several of them, or forms; others are refused", () => {
  expect(recordsOf("application/json; charset=utf-8", '{"a":1}')).toEqual([{ a: 1 }]);
  expect(recordsOf("application/json", '[{"a":1},{"a":2}]')).toEqual([{ a: 1 }, { a: 2 }]);
  expect(recordsOf("application/x-www-form-urlencoded", "n=Ana+R&t=a&t=b")).toEqual([{ n: "Ana R", t: ["a", "b"] }]);
  for (const body of ["", "1", "null", '["a"]', '[{"a":1}, 2]', "{"])
    expect(() => recordsOf("application/json", body)).toThrow(expect.objectContaining({ code: "bad-request" }));
  expect(() => recordsOf("image/png", "x")).toThrow(expect.objectContaining({ code: "unsupported-type" }));
});

test("what is sent twice is kept once, and what is sent later stands; landing again changes nothing", async () => {
  const { inbox, land } = inboxWith({ key: ["form", "n"] });
  const send = (body: object, stream?: string) =>
    inbox.take("forms", stream, delivery(JSON.stringify(body), { authorization: `Bearer ${secret}` }));
  await send([
    { form: "a", n: 1, v: "x" },
    { form: "a", n: 1, v: "x" },
  ]);
  await land();
  await send({ form: "a", n: 1, v: "y" });
  await send({ form: "b", n: 1, v: "z" }, "other");
  await land();
  await land();
  expect(await payloads()).toEqual([
    ["events", { form: "a", n: 1, v: "y" }],
    ["other", { form: "b", n: 1, v: "z" }],
  ]);
});
