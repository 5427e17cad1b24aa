import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { openDatabase, type Database, type Tuple } from "../../engine/database.ts";
import { raw } from "../../engine/sql.ts";
import { noChannelSettings } from "../../facts/channels/grouping.ts";
import { stageAlone } from "../../facts/mql/rule.ts";
import { prepareStore } from "../../facts/store.ts";
import { archiveFolder, journalFolder } from "../folders.ts";
import { framed } from "../../engine/journal/framing.ts";
import type { Recorded } from "../record.ts";
import type { Tally } from "../memory/tallies.ts";
import { drain } from "./drain.ts";

const rules = {
  stages: { mql: ["mql"], sql: ["sql"] },
  mql: [{ version: 1, from: null, to: null, rule: stageAlone }],
  lookBackDays: 90,
  retention: { by: null, inactivityDays: 90 },
  shared: { people: 5, touches: 10_000 },
  pepper: "00",
  halfLifeDays: 7,
  custom: { first: 40, lead: 0, opportunity: 0, last: 40, other: 20 },
  zone: "America/Bogota",
  channels: noChannelSettings,
};
const now = () => new Date();

let folder: string;
let database: Database;
const opened: { folder: string; database: Database }[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "embudo-drain-"));
  database = await openDatabase(":memory:", { folders: [folder] });
  opened.push({ folder, database });
  await database.use((connection) => prepareStore(connection, rules.zone));
});

afterAll(() => {
  for (const each of opened) {
    each.database.close();
    rmSync(each.folder, { recursive: true, force: true });
  }
});

/** Writes a segment as the journal would. */
function segment(name: string, entries: readonly (Recorded | Tally)[], rest = ""): void {
  mkdirSync(journalFolder(folder), { recursive: true });
  const text = entries.map((each) => framed(JSON.stringify(each))).join("");
  writeFileSync(join(journalFolder(folder), `${name}.journal`), text + rest);
}

const drained = () => database.use((connection) => drain(connection, { folder, rules, now }));
const rows = (text: string): Promise<Tuple[]> => database.use((connection) => connection.rows(raw(text)));

const event = (id: string, more: Partial<Recorded> = {}, touch: Record<string, string> = {}): Recorded => ({
  site: "www",
  id,
  type: "page",
  received: "2026-11-23T04:30:00.000Z",
  touch: { touch_id: `www:${id}`, occurred_at: "2026-11-23T04:30:00.000Z", kind: "visit", ...touch },
  ...more,
});

const named = (person: string, seen: string) => [
  { alias_kind: "visitor", alias: "v1", person_id: person, seen_at: `2026-11-23T${seen}:00.000Z` },
];

test("events become touches, and every one of them is counted by day of the workspace's zone", async () => {
  segment("1", [
    event("a", {}, { source: "google", medium: "cpc", visitor: "visit:1" }),
    event("b", { flag: "bot" }),
    event("c", { flag: "flood", received: "2026-11-23T05:30:00.000Z" }),
    { site: "www", tally: "duplicate", events: 3, received: "2026-11-23T04:30:00.000Z" },
  ]);
  await drained();
  expect(await rows("SELECT touch_id, kind, source, visitor, channel FROM touch")).toEqual([
    { touch_id: "www:a", kind: "visit", source: "google", visitor: "visit:1", channel: "paid_search" },
  ]);
  expect(await rows("SELECT day, type, outcome, events FROM collected ORDER BY day, outcome")).toEqual([
    { day: "2026-11-22", type: "page", outcome: "bot", events: 1 },
    { day: "2026-11-22", type: "page", outcome: "counted", events: 1 },
    { day: "2026-11-22", type: "any", outcome: "duplicate", events: 3 },
    { day: "2026-11-23", type: "page", outcome: "flood", events: 1 },
  ]);
  expect(readdirSync(archiveFolder(folder))).toEqual(["1.journal"]);
  expect(await drained()).toBeUndefined();
});

test("an event that slipped in again, in the same segment or another, counts once and stays as it was first", async () => {
  segment("1", [event("a"), event("a", {}, { occurred_at: "2026-11-23T05:00:00.000Z" })]);
  await drained();
  segment("2", [event("a", {}, { source: "later" })]);
  await drained();
  expect(await rows("SELECT occurred_at, source FROM touch")).toEqual([
    { occurred_at: "2026-11-23T04:30:00Z", source: null },
  ]);
});

test("a process that died between the commit and putting segments away loads nothing twice", async () => {
  segment("1", [event("a"), event("b", { flag: "bot" })], "00000000 changed\n");
  await drained();
  copyFileSync(join(archiveFolder(folder), "1.journal"), join(journalFolder(folder), "1.journal"));
  segment("2", [event("c")]);
  await drained();
  expect(await rows("SELECT count(*) AS touches FROM touch")).toEqual([{ touches: 2 }]);
  expect(await rows("SELECT sum(events) AS events FROM collected")).toEqual([{ events: 3 }]);
  expect(await rows("SELECT count(*) AS lines FROM rejected")).toEqual([{ lines: 1 }]);
  expect(readdirSync(archiveFolder(folder))).toEqual(["1.journal", "2.journal"]);
});

test("a torn last line is nothing; any other line that is not as it was written is rejected", async () => {
  segment("1", [event("a")], `00000000 ${JSON.stringify(event("b"))}\n${framed(JSON.stringify(event("c")))}0123`);
  await drained();
  expect(await rows("SELECT touch_id FROM touch ORDER BY 1")).toEqual([{ touch_id: "www:a" }, { touch_id: "www:c" }]);
  const [rejected] = await rows("SELECT fact, reason, raw FROM rejected");
  expect(rejected).toMatchObject({
    fact: "(line)",
    reason: "the disk changed this line of the journal after it was written",
  });
  expect(rejected?.["raw"]).toMatch(/^1\.journal:2 /);
});

test("a form that makes a lead does so once, and the lead says all that its sender is known by", async () => {
  const lead = {
    lead_id: "www:f",
    created_at: "2026-11-23T04:30:00.000Z",
    form: "contact",
    visitor: "v1",
    email: "8e43",
  };
  segment("1", [
    event("f", { type: "form", lead }, { visitor: "v1" }),
    event("f", { lead: { ...lead, email: "other" } }),
  ]);
  await drained();
  segment("2", [event("f", { lead: { ...lead, form: "later" } }), event("i", { identity: named("u1", "05:00") })]);
  await drained();
  expect(await rows("SELECT created_at, created_on, form, visitor FROM lead")).toEqual([
    { created_at: "2026-11-23T04:30:00Z", created_on: "2026-11-22", form: "contact", visitor: "v1" },
  ]);
  const who = await rows("SELECT DISTINCT person_id FROM person WHERE known_to IS NULL AND alias IN ('v1', '8e43')");
  expect(who).toHaveLength(1);
});

test("saying again who a visitor is, is no new version; saying another is another name", async () => {
  segment("1", [event("a", { identity: named("u1", "05:00") }), event("b", { identity: named("u1", "04:00") })]);
  await drained();
  segment("2", [event("c", { identity: named("u1", "06:00") })]);
  const again = await drained();
  expect(again?.facts.find(({ fact }) => fact === "identity")).toMatchObject({ loaded: 0, changed: 0 });
  segment("3", [event("d", { identity: named("u2", "07:00") })]);
  await drained();
  expect(await rows("SELECT person_id, seen_at FROM identity WHERE known_to IS NULL ORDER BY 1")).toEqual([
    { person_id: "u1", seen_at: "2026-11-23T04:00:00Z" },
    { person_id: "u2", seen_at: "2026-11-23T07:00:00Z" },
  ]);
});

test("a visit that is claimed has its visitor, in the same load and in a later one, and is there once", async () => {
  const claimed = (id: string) => ({ ...event(id, {}, { visitor: "visit:1" }).touch, visitor: "v1" });
  segment("1", [event("a", {}, { visitor: "visit:1" }), event("b", { claimed: claimed("a") }, { visitor: "v1" })]);
  segment("2", [event("c", {}, { visitor: "visit:1" })]);
  await drained();
  segment("3", [event("d", { claimed: claimed("c") }, { visitor: "v1" })]);
  await drained();
  expect(await rows("SELECT touch_id, visitor FROM touch WHERE known_to IS NULL ORDER BY 1")).toEqual(
    ["a", "b", "c", "d"].map((id) => ({ touch_id: `www:${id}`, visitor: "v1" })),
  );
});
