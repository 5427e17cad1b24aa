import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase, type Database } from "../../engine/database.ts";
import { raw } from "../../engine/sql.ts";
import { land, spooled, type DialectName, type Landed } from "./index.ts";
import { relationOf, streamsOf } from "./streams.ts";

let folder: string;
let database: Database;
let clock: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "embudo-messages-"));
  database = await openDatabase(":memory:", { folders: [folder] });
  clock = Date.parse("2026-11-23T10:00:00Z");
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

type Said = Readonly<Record<string, unknown>> | string;

async function* bytesOf(said: readonly Said[], size = 40): AsyncGenerator<Uint8Array> {
  const text = said.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join("\n");
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function say(said: readonly Said[], dialect: DialectName = "singer", enough = 1): Promise<Landed[]> {
  const done: Landed[] = [];
  for await (const chunk of spooled(bytesOf(said), folder, { enough, longest: 2000 }))
    done.push(
      await database.use((connection) =>
        land(connection, { source: "crm", dialect, chunk, now: () => new Date((clock += 1000)) }),
      ),
    );
  return done;
}

const rows = (text: string) => database.use((connection) => connection.rows(raw(text)));

async function standing(stream: string): Promise<unknown[]> {
  return database.use(async (connection) => {
    const found = (await streamsOf(connection, "crm")).find(({ name }) => name === stream);
    if (found === undefined) return [];
    return connection.rows(raw(`SELECT * EXCLUDE (_key, _emitted_at) FROM (${relationOf("crm", found)}) ORDER BY ALL`));
  });
}

const contacts = { type: "SCHEMA", stream: "contacts", key_properties: ["id"], schema: { type: "object" } };
const contact = (id: number, stage: string) => ({ type: "RECORD", stream: "contacts", record: { id, stage } });
const state = (value: unknown) => ({ type: "STATE", value });

test("the last that was said of a record stands, and what it was before is kept", async () => {
  const [first] = await say([contacts, contact(1, "lead"), contact(2, "lead"), contact(1, "mql"), state("a")]);
  expect(first).toEqual({ records: 3, changed: 2, ended: 0, unreadable: 0, logs: 0, state: "a" });
  const [second] = await say([contacts, contact(1, "sql"), contact(2, "lead"), state("b")]);
  expect(second).toMatchObject({ changed: 1, ended: 1, state: "b" });
  expect(await standing("contacts")).toEqual([
    { id: 1, stage: "sql" },
    { id: 2, stage: "lead" },
  ]);
  expect(await rows("SELECT count(*) AS n FROM raw_record")).toEqual([{ n: 3 }]);
});

test("what is no message is counted, and what is no record is kept aside; the rest is landed", async () => {
  const [done] = await say([
    "INFO starting",
    contacts,
    contact(1, "lead"),
    '{"type": "RECORD", "stream": "contacts"}',
    `{"type": "RECORD", "stream": "contacts", "record": {"id": 2, "note": "${"x".repeat(2000)}"}}`,
    '{"type": "RECORD", "stream": "contacts", "record": {"id": 3}',
    state(1),
  ]);
  expect(done).toEqual({ records: 1, changed: 3, ended: 0, unreadable: 2, logs: 2, state: 1 });
  expect(await rows("SELECT count(*) AS n FROM raw_record WHERE stream = '(unreadable)'")).toEqual([{ n: 2 }]);
});

test("a record that is deleted is gone, however that is said", async () => {
  const gone = { ...contact(2, "lead"), record: { id: 2, stage: "lead", _sdc_deleted_at: "2026-11-01T00:00:00Z" } };
  await say([contacts, contact(1, "lead"), contact(2, "lead"), contact(3, "lead"), state(1)]);
  await say([gone, { type: "DELETE", stream: "contacts", key: { id: 3 } }, state(2)]);
  expect(await standing("contacts")).toMatchObject([{ id: 1, stage: "lead" }]);
});

test("a stream that was read whole keeps only what is of its version", async () => {
  const of = (id: number, version: number) => ({ ...contact(id, "lead"), version });
  const activate = (version: number) => ({ type: "ACTIVATE_VERSION", stream: "contacts", version });
  await say([contacts, of(1, 7), of(2, 7), activate(7), state(1)]);
  await say([contacts, of(2, 8), of(3, 8), activate(8), state(2)]);
  expect(await standing("contacts")).toMatchObject([{ id: 2 }, { id: 3 }]);
});

test("days that are stated anew replace what was said of them, and of no others", async () => {
  const ads = { type: "SCHEMA", stream: "ads", key_properties: ["account", "day", "ad"], schema: {} };
  const spend = (account: string, day: string, ad: string, cost: number) => ({
    type: "RECORD",
    stream: "ads",
    record: { account, day, ad, cost },
  });
  const scope = { account: "A", day_from: "2026-11-01", day_to: "2026-11-03" };
  await say([
    ads,
    spend("A", "2026-10-31", "x", 1),
    spend("A", "2026-11-01", "x", 2),
    spend("A", "2026-11-02", "y", 3),
    spend("B", "2026-11-01", "x", 4),
    state(1),
  ]);
  await say([{ type: "REPLACE", stream: "ads", scope }, spend("A", "2026-11-01", "x", 5), state(2)]);
  expect(await standing("ads")).toEqual([
    { account: "A", day: "2026-10-31", ad: "x", cost: 1 },
    { account: "A", day: "2026-11-01", ad: "x", cost: 5 },
    { account: "B", day: "2026-11-01", ad: "x", cost: 4 },
  ]);
});

test("without a declared key a record is found by its id, and without an id by all of it", async () => {
  const hit = (page: string) => ({ type: "RECORD", stream: "hits", record: { page } });
  await say([contact(1, "lead"), hit("/a"), hit("/a"), hit("/b"), contact(1, "mql")]);
  expect(await standing("contacts")).toEqual([{ id: 1, stage: "mql" }]);
  expect(await standing("hits")).toEqual([{ page: "/a" }, { page: "/b" }]);
});

describe("fields", () => {
  test("are of the type that every record so far allows, objects as they are", async () => {
    const of = (record: object) => ({ type: "RECORD", stream: "deals", record });
    await say([of({ id: 1, amount: 10, props: { stage: "new", at: null } })]);
    await say([of({ id: 2, amount: 10.5, props: { stage: "won", at: "2026-11-01" } }), of({ id: 3, amount: "12" })]);
    expect(
      await database.use(async (connection) => {
        const [stream] = await streamsOf(connection, "crm");
        if (stream === undefined) throw new Error("no stream");
        return connection.rows(
          raw(
            `SELECT id, amount, props.stage AS stage, props.at AS at FROM (${relationOf("crm", stream)}) ORDER BY id`,
          ),
        );
      }),
    ).toEqual([
      { id: 1, amount: "10", stage: "new", at: null },
      { id: 2, amount: "10.5", stage: "won", at: "2026-11-01" },
      { id: 3, amount: "12", stage: null, at: null },
    ]);
  });

  test("that are declared are there before any record has them", async () => {
    const schema = { type: "object", properties: { id: { type: "integer" }, email: { type: ["null", "string"] } } };
    await say([{ ...contacts, schema }, contact(1, "lead")]);
    expect(await standing("contacts")).toEqual([{ id: 1, email: null, stage: "lead" }]);
  });
});

test("Airbyte's messages are read alike, and each stream goes on from its own state", async () => {
  const record = (id: number, name: string) => ({
    type: "RECORD",
    record: { stream: "deals", data: { id, name }, emitted_at: 1_700_000_000_000 + id },
  });
  const of = (name: string, cursor: string) => ({
    type: "STATE",
    state: { type: "STREAM", stream: { stream_descriptor: { name }, stream_state: { cursor } } },
  });
  const log = { type: "LOG", log: { level: "INFO", message: "hello" } };
  const [done] = await say(
    [log, record(1, "a"), record(1, "b"), of("deals", "1"), of("owners", "2"), of("deals", "3")],
    "airbyte",
    1e6,
  );
  expect(done).toMatchObject({ records: 2, changed: 1, logs: 0 });
  expect(done?.state).toEqual([of("deals", "3").state, of("owners", "2").state]);
  expect(await standing("deals")).toEqual([{ id: 1, name: "b" }]);
  expect(await rows("SELECT emitted_at FROM raw_record")).toEqual([{ emitted_at: "2023-11-14T22:13:20.001Z" }]);
});

test("a chunk ends with a STATE, and the last one with the stream", async () => {
  const said = [contacts, contact(1, "a"), state(1), contact(2, "b"), state(2), contact(3, "c")];
  expect((await say(said)).map((each) => [each.records, each.state])).toEqual([
    [1, 1],
    [1, 2],
    [1, 2],
  ]);
  expect(await say(said, "singer", 1e6)).toMatchObject([{ records: 3, changed: 0, ended: 0 }]);
});

test("killed anywhere and begun again from the last state, it comes to the same", async () => {
  const change = fc.record({ id: fc.integer({ min: 1, max: 6 }), stage: fc.constantFrom("a", "b", "c") });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), fc.nat(12), async (changes, cut) => {
      const said = changes.flatMap(({ id, stage }, i): Said[] =>
        i % 3 === 2 ? [contact(id, stage), state(i + 1)] : [contact(id, stage)],
      );
      const before = await standing("contacts");
      await say([contacts, ...said.slice(0, cut)]);
      await say([contacts, ...said]);
      const last = new Map(changes.map(({ id, stage }) => [id, stage]));
      const kept = (before as { id: number; stage: string }[]).filter(({ id }) => !last.has(id));
      const expected = [...kept, ...[...last].map(([id, stage]) => ({ id, stage }))].toSorted((a, b) => a.id - b.id);
      expect(await standing("contacts")).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});
