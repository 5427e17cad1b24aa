import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase, type Database, type Tuple } from "../engine/database.ts";
import type { Table } from "../engine/table.ts";
import { lead } from "./lead.ts";
import { reading, type TextFormat } from "./reading.ts";
import { revenue } from "./revenue.ts";
import { spend } from "./spend.ts";
import { touch } from "./touch.ts";

let database: Database;
beforeAll(async () => {
  database = await openDatabase(":memory:");
});
afterAll(() => database.close());

/** One row as a mapping gives it (column → SQL) as the fact reads it. */
const read = (
  fact: Table,
  cells: Readonly<Record<string, string>>,
  format: TextFormat = {},
  zone = "UTC",
): Promise<Tuple> =>
  database.use(async (connection) => {
    const select = `SELECT ${Object.entries(cells)
      .map(([column, value]) => `${value} AS ${column}`)
      .join(", ")}`;
    const columns = await connection.describe(select);
    const [row] = await connection.rows(
      reading(fact, { select, columns, source: "test" }, format, { zone, pepper: "" }),
    );
    return row ?? {};
  });

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
const cost = { day: "'2026-05-01'", category: "'media'", currency: "'EUR'" };
const amountOf = async (value: string, format: TextFormat = {}) => {
  const row = await read(spend, { ...cost, amount: value }, format);
  return row["_reason"] === null ? row["amount"] : "refused";
};

describe("a number written", () => {
  test.each([
    ["1234.56", 1234.56],
    ["-12", -12],
    [" 12.5 ", 12.5],
    ["0.125", 0.125],
    ["0.250", 0.25],
    ["1.5", 1.5],
    ["12345.678", 12345.678],
    ["1.234", "refused"],
    ["1,234", "refused"],
    ["12.500", "refused"],
    ["1.234.567", "refused"],
    ["1.234,56", "refused"],
    ["12,5", "refused"],
    ["€ 12", "refused"],
    ["12 %", "refused"],
    ["NaN", "refused"],
    ["inf", "refused"],
  ])("%s without a declared mark", async (written, value) => {
    expect(await amountOf(text(written))).toBe(value);
  });

  test.each([
    ["1.234,56", 1234.56],
    ["1.234", 1234],
    ["1.234.567,8", 1234567.8],
    ["-0,5", -0.5],
    [",5", 0.5],
    ["1234,56", 1234.56],
    ["12.5", "refused"],
    ["0.125", "refused"],
    ["1.23,4", "refused"],
    ["1,234.56", "refused"],
    ["1,2,3", "refused"],
    ["12.3456", "refused"],
  ])("%s with a decimal comma", async (written, value) => {
    expect(await amountOf(text(written), { decimal: "," })).toBe(value);
  });

  test.each([
    ["1,234.56", 1234.56],
    ["1,234", 1234],
    ["1.234", 1.234],
    ["1,5", "refused"],
    ["1.234,56", "refused"],
    ["12,34", "refused"],
  ])("%s with a decimal point", async (written, value) => {
    expect(await amountOf(text(written), { decimal: "." })).toBe(value);
  });

  test("and one that came as a number is what it is", async () => {
    expect(await amountOf("1.234")).toBe(1.234);
    expect(await amountOf("CAST(1.234 AS DOUBLE)", { decimal: "," })).toBe(1.234);
    expect(await amountOf("1e30")).toBe("refused");
  });

  test.each([
    ["'12'", 12],
    ["12.0", 12],
    ["'12.5'", "refused"],
    ["12.5", "refused"],
    ["CAST(0.5 AS DOUBLE)", "refused"],
  ])("whole numbers are never rounded: %s", async (written, value) => {
    const row = await read(spend, { ...cost, amount: "1", clicks: written });
    expect(row["_reason"] === null ? row["clicks"] : "refused").toBe(value);
  });

  test("the reason names the column, the value and the way out", async () => {
    const row = await read(spend, { ...cost, amount: "'1.234'" });
    expect(row["_reason"]).toBe('amount: 1.234 may be thousands or decimals; declare decimal: "," or decimal: "."');
    expect(JSON.parse(String(row["_raw"]))).toMatchObject({ amount: "1.234", category: "media" });
  });
});

describe("a day written", () => {
  const dayOf = async (value: string, format: TextFormat = {}, zone = "UTC") => {
    const row = await read(
      revenue,
      { revenue_id: "'R1'", customer_id: "'C1'", amount: "1", currency: "'EUR'", occurred_on: value },
      format,
      zone,
    );
    return row["_reason"] === null ? row["occurred_on"] : "refused";
  };

  test.each([
    ["'2026-12-31'", {}, "2026-12-31"],
    ["'31/12/2026'", {}, "refused"],
    ["'31/12/2026'", { dates: "dd/mm/yyyy" }, "2026-12-31"],
    ["'1/2/2026'", { dates: "dd/mm/yyyy" }, "2026-02-01"],
    ["'1/2/2026'", { dates: "mm/dd/yyyy" }, "2026-01-02"],
    ["'31/12/2026'", { dates: "mm/dd/yyyy" }, "refused"],
    ["'31.12.26'", { dates: "dd.mm.yy" }, "2026-12-31"],
    ["'31/12/26'", { dates: "dd/mm/yyyy" }, "refused"],
    ["'2026-12-31'", { dates: "dd/mm/yyyy" }, "2026-12-31"],
    ["'2026-02-30'", {}, "refused"],
    ["'30/02/2026'", { dates: "dd/mm/yyyy" }, "refused"],
    ["'0026-12-31'", {}, "refused"],
    ["DATE '2026-12-31'", {}, "2026-12-31"],
    ["''", {}, "refused"],
  ] as const)("%s, %j", async (written, format, day) => {
    expect(await dayOf(written, format)).toBe(day);
  });

  test("an instant with an offset falls on its day in the workspace's zone, as text too", async () => {
    for (const written of ["'2026-05-01T23:30:00Z'", "TIMESTAMPTZ '2026-05-01 23:30:00+00'"]) {
      expect(await dayOf(written, {}, "Asia/Kolkata")).toBe("2026-05-02");
      expect(await dayOf(written, {}, "America/Bogota")).toBe("2026-05-01");
    }
  });
});

describe("an instant written", () => {
  const instantOf = async (value: string, format: TextFormat = {}, zone = "America/Bogota") => {
    const row = await read(lead, { lead_id: "'L1'", created_at: value }, format, zone);
    return row["_reason"] === null ? [row["created_at"], row["created_on"]] : "refused";
  };

  test.each([
    ["'2026-05-01T10:00:00Z'", {}, "2026-05-01T10:00:00Z", "2026-05-01"],
    ["'2026-05-01 10:00:00+02:00'", {}, "2026-05-01T08:00:00Z", "2026-05-01"],
    ["'2026-05-01T23:30:00-0500'", {}, "2026-05-02T04:30:00Z", "2026-05-01"],
    ["'2026-05-01 23:30:00-05'", {}, "2026-05-02T04:30:00Z", "2026-05-01"],
    ["'2026-05-01'", {}, "2026-05-01T05:00:00Z", "2026-05-01"],
    ["DATE '2026-05-01'", {}, "2026-05-01T05:00:00Z", "2026-05-01"],
    ["'2026-05-01 03:00:00'", {}, "2026-05-01T03:00:00Z", "2026-04-30"],
    ["TIMESTAMP '2026-05-01 03:00:00'", {}, "2026-05-01T03:00:00Z", "2026-04-30"],
    ["'2026-05-01 03:00:00'", { zone: "America/Bogota" }, "2026-05-01T08:00:00Z", "2026-05-01"],
    ["'2026-05-01 03:00:00'", { zone: "Europe/Madrid" }, "2026-05-01T01:00:00Z", "2026-04-30"],
    ["TIMESTAMPTZ '2026-05-01 10:00:00+02'", {}, "2026-05-01T08:00:00Z", "2026-05-01"],
    ["'01/05/2026'", { dates: "dd/mm/yyyy" }, "2026-05-01T05:00:00Z", "2026-05-01"],
    ["'01/05/2026 18:30'", { dates: "dd/mm/yyyy" }, "2026-05-01T18:30:00Z", "2026-05-01"],
    ["'01/05/2026 18:30:15'", { dates: "dd/mm/yyyy", zone: "America/Bogota" }, "2026-05-01T23:30:15Z", "2026-05-01"],
  ] as const)("%s, %j", async (written, format, instant, day) => {
    expect(await instantOf(written, format)).toEqual([instant, day]);
  });

  test.each(["'yesterday'", "'01/05/2026'", "'2026-13-01'", "'2026-05-01T25:00:00Z'", "'0001-01-01T00:00:00Z'"])(
    "%s is refused",
    async (written) => {
      expect(await instantOf(written)).toBe("refused");
    },
  );

  test("local midnight is the first instant of the day, where clocks were just turned too", async () => {
    expect(await instantOf("'2026-03-29'", {}, "Europe/Madrid")).toEqual(["2026-03-28T23:00:00Z", "2026-03-29"]);
    expect(await instantOf("'2026-10-25'", {}, "Europe/Madrid")).toEqual(["2026-10-24T22:00:00Z", "2026-10-25"]);
    expect(await instantOf("'2017-10-15'", {}, "America/Sao_Paulo")).toEqual(["2017-10-15T03:00:00Z", "2017-10-15"]);
  });
});

describe("text", () => {
  test("is trimmed, and empty text is nothing", async () => {
    const row = await read(lead, { lead_id: "' L1 '", created_at: "'2026-05-01'", channel: "'  '", country: "''" });
    expect(row).toMatchObject({ lead_id: "L1", channel: null, country: null, _reason: null });
  });

  test("of a closed list is of the list, and a currency is a code", async () => {
    const kind = await read(touch, { touch_id: "'T1'", occurred_at: "'2026-05-01'", kind: "'fax'" });
    expect(kind["_reason"]).toMatch(/^kind: fax is none of impression, click/);
    const euros = await read(spend, { ...cost, currency: "'Euro'", amount: "1" });
    expect(euros["_reason"]).toBe("currency: Euro is no ISO 4217 code such as EUR");
    expect((await read(spend, { ...cost, currency: "'eur'", amount: "1" }))["currency"]).toBe("EUR");
  });
});

describe("a mapping", () => {
  const problem = (cells: Readonly<Record<string, string>>) => read(revenue, cells).catch((error: unknown) => error);

  test("that lacks a required column, gives an unknown one, or money without a currency is refused by name", async () => {
    expect(await problem({ revenue_id: "'R1'" })).toMatchObject({
      code: "mapping-lacks-column",
      message: "the mapping of test to revenue lacks customer_id, occurred_on, amount, currency",
    });
    const whole = {
      revenue_id: "'R1'",
      customer_id: "'C1'",
      occurred_on: "'2026-05-01'",
      amount: "1",
      currency: "'EUR'",
    };
    expect(await problem({ ...whole, total: "1" })).toMatchObject({
      code: "mapping-unknown-column",
      detail: { column: "total" },
    });
    const lacks = await read(touch, { touch_id: "'T1'", occurred_at: "'2026-05-01'", kind: "'click'", value: "1" });
    expect(lacks["_reason"]).toBeNull();
  });
});
