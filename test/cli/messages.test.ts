import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/engine/database.ts";
import { raw } from "../../src/engine/sql.ts";
import { embudo, temporaryFolder } from "./terminal.ts";

const settings = `name: Andina
currency: EUR
time_zone: Europe/Madrid
sources:
  crm:
    kind: streams
    facts:
      lead: |
        SELECT id AS lead_id, properties.createdate AS created_at, properties.source AS channel FROM contacts
`;

const contact = (id: number, source: string) => ({
  type: "RECORD",
  stream: "contacts",
  record: { id, properties: { createdate: `2026-11-0${id}T10:00:00Z`, source } },
  time_extracted: "2026-11-20T10:00:00Z",
});
const schema = { type: "SCHEMA", stream: "contacts", key_properties: ["id"], schema: {} };
const owner = { type: "RECORD", stream: "owners", record: { id: 7, name: "Ana" } };
const lines = (...said: readonly unknown[]): string => said.map((each) => JSON.stringify(each)).join("\n");

const asJson = async <T>(folder: string, ...args: string[]): Promise<T> =>
  JSON.parse((await embudo(folder, [...args, "--format", "json"])).out) as T;

interface Counted {
  readonly rows: { key: { channel: string }; value: number }[];
}

const leads = async (folder: string) =>
  (
    await asJson<Counted>(folder, "ask", "leads", "--by", "channel", "--from", "2026-11-01", "--to", "2026-12-01")
  ).rows.map(({ key, value }) => [key.channel, value]);

test("what a tap says becomes facts; said again it changes nothing, and what is gone there is gone here", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "embudo.yaml"), settings);
  const args = ["import", "--singer", "--source", "crm", "--state-out", "state.json"];
  const said = lines(schema, contact(1, "email"), contact(2, "email"), owner, { type: "STATE", value: { since: 2 } });
  const first = await embudo(folder, args, { input: said });
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toContain("crm: 3 records read, 3 new versions, 0 ended");
  expect(first.out).toMatch(/contacts +2 +id +lead/);
  expect(first.out).toMatch(/owners +1 +unmapped/);
  expect(JSON.parse(readFileSync(join(folder, "state.json"), "utf8"))).toEqual({ since: 2 });
  expect(await leads(folder)).toEqual([["email", 2]]);

  const again = await embudo(folder, args, { input: said });
  expect(again.out).toContain("crm: 3 records read, 0 new versions, 0 ended");
  expect(await leads(folder)).toEqual([["email", 2]]);

  const gone = { type: "DELETE", stream: "contacts", key: { id: 1 } };
  await embudo(folder, args, { input: lines(contact(2, "referral"), gone, { type: "STATE", value: { since: 3 } }) });
  expect(await leads(folder)).toEqual([["referral", 1]]);
  expect((await embudo(folder, ["streams", "crm", "--state"])).out).toBe('{"since":3}\n');
});

test("a source that no facts are made of is kept, and says what is missing", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "embudo.yaml"), settings);
  const { code, out } = await embudo(folder, ["import", "--singer", "--source", "other"], { input: lines(owner) });
  expect(code).toBe(0);
  expect(out).toContain("No facts are made of other yet");
  expect(await asJson(folder, "streams", "other")).toMatchObject({
    source: "other",
    isMapped: false,
    streams: [{ stream: "owners", records: 1, facts: [] }],
  });
});

test("a mapping that names a stream that was not landed is refused with the ones that were", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "embudo.yaml"), settings.replace("FROM contacts", "FROM contactos"));
  const { code, err } = await embudo(folder, ["import", "--singer", "--source", "crm"], {
    input: lines(schema, contact(1, "email")),
  });
  expect(code).toBe(1);
  expect(err).toContain("contactos is no stream that was landed; did you mean contacts?");
});

test("who is erased is taken out of what was landed too, and out of what is landed again", async () => {
  const folder = temporaryFolder();
  const mapped = settings.replace("AS channel FROM", "AS channel, properties.email AS email FROM");
  writeFileSync(join(folder, "embudo.yaml"), mapped);
  const record = (id: number, email: string, name: string) => ({
    ...contact(id, "email"),
    record: { id, properties: { ...contact(id, "email").record.properties, email, name } },
  });
  const said = lines(schema, record(1, "Ana@Example.com", "Ana Ruiz"), record(2, "luis@example.com", "Luis Paz"), {
    type: "RECORD",
    stream: "notes",
    record: { id: 9, to: "ana@example.com", text: "call Ana" },
  });
  const args = ["import", "--singer", "--source", "crm"];
  await embudo(folder, args, { input: said });
  const erased = await embudo(folder, ["person", "erase", "ana@example.com", "--yes", "--by", "dpo"]);
  expect(erased).toMatchObject({ code: 0 });
  const kept = async (): Promise<string> => {
    const database = await openDatabase(join(folder, "data", "facts.duckdb"), { readOnly: true });
    const found = await database.use((connection) => connection.rows(raw("SELECT payload FROM raw_record")));
    database.close();
    return found.map(({ payload }) => String(payload)).join(" ");
  };
  for (const input of [undefined, said]) {
    if (input !== undefined) await embudo(folder, args, { input });
    expect(await kept()).not.toMatch(/ana/i);
    expect(await kept()).toContain("Luis Paz");
    expect(await leads(folder)).toEqual([["email", 2]]);
  }
});

test("usage", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "embudo.yaml"), settings);
  expect(await embudo(folder, ["import", "--airbyte"])).toMatchObject({ code: 2 });
  expect(await embudo(folder, ["import", "x.csv", "--singer", "--source", "crm"])).toMatchObject({ code: 2 });
  expect((await embudo(folder, ["sync"])).err).toContain("nothing was landed for crm yet");
});
