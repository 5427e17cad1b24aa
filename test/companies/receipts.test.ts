import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { fingerprintOf } from "../../src/ask/receipt/fingerprint.ts";
import { digestOf, sealed } from "../../src/ask/receipt/seal.ts";
import { canonical } from "../../src/contract/canonical.ts";
import type { Question } from "../../src/contract/question.ts";
import { Receipt } from "../../src/contract/receipt.ts";
import { Problem } from "../../src/engine/problem.ts";
import { raw } from "../../src/engine/sql.ts";
import { factNamed } from "../../src/facts/index.ts";
import { company, rows, type Company, type CompanySpec, type Facts } from "../company.ts";
import { companies, today } from "../oracle/companies.ts";
import { dice, questionOf } from "../oracle/questions.ts";

const facts = {
  lead: rows`
    lead_id  created_at            person_id  channel
    L1       2026-11-01T10:00:00Z  P1         email
    L2       2026-11-02T10:00:00Z  -          paid_search
    L3       2026-11-03T10:00:00Z  -          paid_search`,
  touch: rows`
    touch_id  occurred_at           kind   person_id  channel
    T1        2026-10-31T10:00:00Z  click  P1         paid_search`,
  spend: rows`
    day         category  amount  currency  channel
    2026-11-01  media     20      EUR       paid_search
    2026-11-02  media     10      USD       paid_search`,
  rate: rows`
    day         currency  rate
    2026-11-02  USD       0.9`,
};

const question: Question = {
  indicator: "cost-per-lead",
  by: ["channel"],
  from: "2026-11-01",
  to: "2026-12-01",
  where: { channel: ["paid_search", null] },
};

const open: Company[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function opened(loaded: Facts = facts, spec: CompanySpec = {}): Promise<Company> {
  const one = await company(loaded, spec);
  open.push(one);
  return one;
}

const run = (one: Company, statement: string) => one.database.use((connection) => connection.run(raw(statement)));

const messages = async (one: Company, receipt: Receipt) => {
  const { equal, differences } = await one.api.verify(canonical(receipt));
  expect(equal).toBe(differences.length === 0);
  return differences.map((each) => each.message);
};

test("a receipt holds the question, the definition, the settings, the SQL, the answer and the inputs", async () => {
  const { api } = await opened();
  const receipt = Receipt.parse(await api.receipt(question));
  expect(receipt).toMatchObject({
    receipt: 1,
    createdAt: "2026-11-23T12:00:00.000Z",
    today: "2026-11-23",
    question: {
      ...question,
      variant: "paid",
      asOf: "2026-11-23T12:00:00.000Z",
      clock: "period",
      currency: "EUR",
      interval: 0.8,
    },
    definition: {
      id: "cost-per-lead",
      variant: "paid",
      version: 1,
      unit: "money",
      formula: "spend ÷ leads",
      parts: { spend: "sum of amount where category = media, dated by day" },
    },
    settings: { currency: "EUR", time_zone: "UTC", model: "last_non_direct", look_back_days: 90 },
    filters: ["channel = paid_search or (none)"],
    answer: { total: { value: 29 / 3, parts: { spend: 29, leads: 3 } } },
  });
  expect(receipt.settings).not.toHaveProperty("name");
  expect(Object.entries(receipt.inputs).map(([fact, { rows: n }]) => [fact, n])).toEqual([
    ["lead", 3],
    ["stage_entry", 0],
    ["deal", 0],
    ["spend", 2],
    ["touch", 1],
    ["identity", 0],
    ["person_link", 0],
    ["customer", 0],
    ["revenue", 0],
    ["rate", 1],
  ]);
  const { digest, ...rest } = receipt;
  expect(digest).toBe(digestOf(rest));
});

test("only what the answer rests on is an input", async () => {
  const { api } = await opened();
  const inputs = async (asked: Question) => Object.keys((await api.receipt(asked)).inputs);
  expect(await inputs({ indicator: "spend", where: { currency: ["EUR"] } })).toEqual(["spend", "rate"]);
  expect(await inputs({ indicator: "touches" })).toEqual(["touch"]);
  expect(await inputs({ indicator: "leads" })).toEqual(["lead", "stage_entry", "deal", "revenue"]);
  expect(await inputs({ indicator: "scoreboard" })).toContain("goal");
});

test("what was restated, added or gone since does not matter: as of then the answer is the same", async () => {
  const one = await opened();
  const receipt = await one.api.receipt({ ...question, compare: "previous", grain: "week" });
  one.at("2026-12-05T09:00:00Z");
  expect(await messages(one, receipt)).toEqual([]);
  await one.load({
    lead: rows`
      lead_id  created_at            channel
      L2       2026-11-02T10:00:00Z  email
      L9       2026-11-09T10:00:00Z  paid_search`,
    spend: rows`
      day         category  amount  currency  channel
      2026-11-01  media     999     EUR       paid_search`,
    rate: rows`
      day         currency  rate
      2026-11-02  USD       0.5`,
  });
  expect(await messages(one, receipt)).toEqual([]);
  const later = await one.api.receipt({ ...question, compare: "previous", grain: "week" });
  expect(later.answer.total.parts).toEqual({ spend: 1004, leads: 3 });
  expect(later.inputs["spend"]).not.toEqual(receipt.inputs["spend"]);
  expect(await messages(one, later)).toEqual([]);
});

test("a receipt as of a past instant is of that instant", async () => {
  const one = await opened();
  one.at("2026-12-05T09:00:00Z");
  await one.load({
    lead: rows`
    lead_id  created_at
    L9       2026-11-09T10:00:00Z`,
  });
  const receipt = await one.api.receipt({ indicator: "leads", asOf: "2026-11-23T13:00:00+01:00" });
  expect(receipt).toMatchObject({ today: "2026-11-23", answer: { total: { value: 3 } } });
  expect(await messages(one, receipt)).toEqual([]);
});

test("a definition that was changed since does not matter either, and is another one from then on", async () => {
  const one = await opened();
  await one.define({ "cost-per-lead": "costs: [media]\n" });
  one.at("2026-11-24T12:00:00Z");
  const receipt = await one.api.receipt(question);
  one.at("2026-11-25T12:00:00Z");
  await one.define({ "cost-per-lead": "costs: [media, tools]\n" });
  one.at("2026-11-26T12:00:00Z");
  expect(await messages(one, receipt)).toEqual([]);
  expect((await one.api.receipt(question)).definition.version).toBe(receipt.definition.version + 1);
});

describe.each([
  [
    "an amount",
    "UPDATE spend SET amount = 21 WHERE currency = 'EUR'",
    ["answer: rows.0.value 9.666666666666666 then, 10 now", "spend: the rows say something else than then"],
  ],
  [
    "a cell that no number rests on",
    "UPDATE lead SET country = 'CO' WHERE lead_id = 'L3'",
    ["lead: the rows say something else than then"],
  ],
  ["a lead that is gone", "DELETE FROM lead WHERE lead_id = 'L3'", ["lead: 3 rows then, 2 now"]],
  ["a rate", "UPDATE rate SET rate = 1.9", ["rate: the rows say something else than then"]],
])("%s that was changed behind the ledger's back", (_, statement, told) => {
  test("is told", async () => {
    const one = await opened();
    const receipt = await one.api.receipt(question);
    await run(one, statement);
    expect(await messages(one, receipt)).toEqual(expect.arrayContaining(told));
  });
});

test("another definition, setting, statement or question than then is told in words", async () => {
  const one = await opened();
  const { digest: _, ...receipt } = await one.api.receipt(question);
  const definition = { ...receipt.definition, version: 2 };
  expect(await messages(one, sealed({ ...receipt, definition }))).toEqual(["definition: version 2 then, 1 now"]);
  const settings = { ...receipt.settings, look_back_days: 30 };
  expect(await messages(one, sealed({ ...receipt, settings }))).toEqual(["settings: look_back_days 30 then, 90 now"]);
  expect(await messages(one, sealed({ ...receipt, sql: "SELECT 1" }))).toEqual(["sql: another statement than then"]);
  const asked = { ...receipt.question, indicator: "nothing" };
  expect(await messages(one, sealed({ ...receipt, question: asked }))).toEqual([
    "question answered then, no indicator is named nothing now",
  ]);
});

test("one flipped bit anywhere, and it is the receipt itself that was altered", async () => {
  const { api } = await opened();
  const bytes = Buffer.from(canonical(await api.receipt(question)));
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let unreadable = 0;
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << ((at * 5) % 8));
    let text;
    try {
      text = decoder.decode(flipped);
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError);
      unreadable++;
      continue;
    }
    expect(await api.verify(text)).toMatchObject({ equal: false, differences: [{ where: "receipt", now: "altered" }] });
  }
  expect(unreadable).toBeLessThan(bytes.length / 4);
});

test("nor is it equal with more or less than its bytes, in another order, or as anything else", async () => {
  const { api } = await opened();
  const text = canonical(await api.receipt(question));
  const value = JSON.parse(text) as Record<string, unknown>;
  const others = [
    `${text} `,
    text.trimEnd(),
    `\uFEFF${text}`,
    JSON.stringify(value),
    JSON.stringify(Object.fromEntries(Object.entries(value).toReversed()), null, 2),
    text.replace("{\n", '{\n  "extra": 1,\n'),
    text.replaceAll("\n", "\r\n"),
    "",
    "null",
    "[]",
    '{"digest": ""}',
    '{"__proto__": null}',
  ];
  for (const other of others)
    expect(await api.verify(other)).toMatchObject({ equal: false, differences: [{ where: "receipt" }] });
  const { digest: _, ...rest } = value;
  const unknown = canonical({ ...rest, more: 1, digest: digestOf({ ...rest, more: 1 }) });
  expect((await api.verify(unknown)).differences[0]?.message).toContain("of a form that this version");
});

const cells = {
  text: ["'a'", "'b'", "''", "'a' || chr(31)", "NULL"],
  money: ["1", "1.000001", "-1", "NULL"],
  integer: ["1", "2", "NULL"],
  number: ["0.5", "0.500000001", "NULL"],
  share: ["0.5", "0.500000000001", "NULL"],
  day: ["DATE '2026-05-01'", "DATE '2026-05-02'", "NULL"],
  instant: ["TIMESTAMP '2026-05-01 10:00:00'", "TIMESTAMP '2026-05-01 10:00:00.000001'", "NULL"],
  flag: ["true", "false", "NULL"],
} as const;

test("a fingerprint changes with any cell of any column, and not with the order of rows", async () => {
  const one = await opened();
  for (const name of ["lead", "spend", "revenue", "touch"]) {
    const fact = factNamed(name);
    if (fact === undefined) throw new Error(name);
    const found = async () => (await fingerprintOf(fact, undefined, one.database, {})).fingerprint;
    const key = fact.key[0] ?? "";
    await run(one, `DELETE FROM ${name}`);
    for (const nth of [1, 2, 3])
      await run(one, `INSERT INTO ${name} BY NAME SELECT 'K${nth}' AS ${key}, 'x' AS source_name`);
    for (const { name: column, kind } of Object.values(fact.columns)) {
      const seen = new Set<string>();
      for (const value of cells[kind]) {
        await run(one, `UPDATE ${name} SET "${column}" = ${value} WHERE rowid = (SELECT min(rowid) FROM ${name})`);
        seen.add(await found());
      }
      expect({ name, column, seen: seen.size }).toEqual({ name, column, seen: cells[kind].length });
    }
    const before = await found();
    await run(one, `CREATE OR REPLACE TEMP TABLE turned AS SELECT * FROM ${name} ORDER BY rowid DESC`);
    await run(one, `DELETE FROM ${name}`);
    await run(one, `INSERT INTO ${name} SELECT * FROM turned`);
    expect(await found()).toBe(before);
    await run(one, `INSERT INTO ${name} SELECT * FROM turned LIMIT 1`);
    expect(await found()).not.toBe(before);
  }
});

test(
  "every variant of every indicator gives a receipt that is equal again after other loads",
  { timeout: 240_000 },
  async () => {
    const property = fc.asyncProperty(companies, companies, fc.nat(), async (then, later, seed) => {
      const one = await opened(then as unknown as Facts, { now: `${today}T12:00:00Z` });
      const draw = dice(seed);
      const { indicators } = await one.api.catalogue();
      const asked = indicators.flatMap(({ id, variants }) =>
        id === "scoreboard" ? [] : [questionOf(id, draw.one(variants), 1, draw.often(0.5), draw)],
      );
      const receipts = [];
      for (const each of asked) {
        try {
          receipts.push(await one.api.receipt(each));
        } catch (error) {
          if (!(error instanceof Problem) || error.code !== "one-sided-dimension") throw error;
        }
      }
      expect(receipts.length).toBeGreaterThan(10);
      one.at("2026-07-01T09:00:00Z");
      await one.load(later as unknown as Facts);
      for (const receipt of receipts) expect(await messages(one, receipt)).toEqual([]);
    });
    await fc.assert(property, { seed: 20_261_125, numRuns: Number(process.env["ORACLE_RUNS"] ?? 1) });
  },
);
