import { readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { utils, write as writeBook } from "@e965/xlsx";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sniffFile, type FileFormat } from "./index.ts";
import { company } from "./test-company.ts";

let here: Awaited<ReturnType<typeof company>>;
beforeEach(async () => {
  here = await company();
});
afterEach(() => here.end());

const sniff = (name: string, format: FileFormat = {}) =>
  here.database.use((connection) => sniffFile(connection, join(here.folder, name), format));

describe("JSON", () => {
  const lines = [
    '{"id":"00123","n":1,"amount":1.234,"day":"2026-01-31","at":"2026-01-31T10:00:00Z","who":{"name":"Ñ"}}',
    '{"id":"00124","n":2,"amount":2.345,"day":"2026-02-01","at":"2026-01-31T10:00:00+02:00","who":{"name":"O"}}',
  ];
  const types = ["VARCHAR", "BIGINT", "DECIMAL(18,9)", "DATE", "TIMESTAMP WITH TIME ZONE", "VARCHAR"];
  const select = (file: string) => `SELECT id, n, amount, day, "at", who.name AS who FROM '${file}'`;

  test.each<[string, string | Buffer]>([
    ["x.jsonl", lines.join("\n")],
    ["x.ndjson", `${lines.join("\r\n")}\r\n`],
    ["x.json", `[${lines.join(",\n")}]\n`],
    ["y.json", lines.join("\n")],
    ["x.jsonl.gz", gzipSync(lines.join("\n"))],
    ["z.jsonl", Buffer.from(`\ufeff${lines.join("\n")}`, "utf16le")],
  ])("of %s keeps numbers numbers and text text", async (name, content) => {
    here.write(name, content);
    const result = await here.load(select(name));
    expect(result.types).toEqual(types);
    expect(result.rows[1]).toEqual({
      id: "00124",
      n: 2,
      amount: 2.345,
      day: "2026-02-01",
      at: "2026-01-31T08:00:00Z",
      who: "O",
    });
  });

  test("does not guess days, nor numbers in text", async () => {
    here.write("x.jsonl", '{"d":"03/04/2026","v":"1.234"}\n');
    expect((await here.load("SELECT * FROM 'x.jsonl'")).types).toEqual(["VARCHAR", "VARCHAR"]);
    expect((await here.load("SELECT * FROM 'x.jsonl'", { dates: "dd/mm/yyyy", decimal: "," })).rows).toEqual([
      { d: "2026-04-03", v: 1234 },
    ]);
  });

  test("tells broken lines and reads the others", async () => {
    here.write("x.jsonl", '{"id":1}\n{"id":2\n\n{"id":3}\n');
    const { rows, unreadable } = await here.load("SELECT id FROM 'x.jsonl'");
    expect(rows).toEqual([{ id: 1 }, { id: 3 }]);
    expect(unreadable).toEqual([{ file: "x.jsonl", line: 2, raw: '{"id":2', reason: "it is no JSON value" }]);
  });

  test("reads whole numbers that later have decimals", async () => {
    here.write("x.jsonl", `${'{"n":1}\n'.repeat(30_000)}{"n":12.5}\n`);
    expect((await here.load("SELECT max(n) AS n FROM 'x.jsonl'")).rows).toEqual([{ n: 12.5 }]);
  });

  test.each([
    ["lines.jsonl", '{"id":1}\n{"id":'],
    ["array.json", '[{"id":1},{"id":'],
  ])("cut in the middle is refused: %s", async (name, content) => {
    here.write(name, content);
    expect(await here.refused(`SELECT * FROM '${name}'`)).toBe("file-cut");
  });

  test("that is something else is refused", async () => {
    here.write("x.json", "<html></html>");
    here.write("y.json", '[{"id":1},{"id":,}]');
    expect([await here.refused("SELECT * FROM 'x.json'"), await here.refused("SELECT * FROM 'y.json'")]).toEqual([
      "file-unreadable",
      "file-unreadable",
    ]);
  });
});

describe("Excel", () => {
  function book(sheets: Record<string, unknown[][]>, bookType: "xlsx" | "xls" = "xlsx"): Buffer {
    const made = utils.book_new();
    for (const [name, rows] of Object.entries(sheets))
      utils.book_append_sheet(made, utils.aoa_to_sheet(rows, { cellDates: true, UTC: true }), name);
    return writeBook(made, { type: "buffer", bookType, compression: true }) as Buffer;
  }
  const rows = [
    ["id", "amount", "day", "at", "note", "zip"],
    ["a", 1.234, new Date("2026-01-31T00:00:00Z"), new Date("2026-01-31T10:30:00Z"), 'x, "y"\nz', "00123"],
    ["b", 1234567.5, new Date("2026-02-01T00:00:00Z"), new Date("2026-02-01T00:00:01Z"), null, "28001"],
  ];

  test.each(["xlsx", "xls"] as const)("%s: days and numbers are as the sheet has them", async (type) => {
    here.write(`x.${type}`, book({ Deals: rows }, type));
    for (const format of [{}, { decimal: "," as const, dates: "dd/mm/yyyy" }]) {
      const { rows: read1, types } = await here.load(`SELECT * FROM 'x.${type}'`, format);
      expect(types).toEqual(["VARCHAR", "DECIMAL(18,9)", "DATE", "TIMESTAMP", "VARCHAR", "VARCHAR"]);
      expect(read1[0]).toEqual({
        id: "a",
        amount: 1.234,
        day: "2026-01-31",
        at: "2026-01-31T10:30:00Z",
        note: 'x, "y"\nz',
        zip: "00123",
      });
    }
    expect(readdirSync(join(here.folder, "data/prepared"))).toEqual([]);
  });

  test("reads the sheet that is named", async () => {
    here.write("x.xlsx", book({ One: [["n"], [1]], Two: [["n"], [2]] }));
    expect((await here.load("SELECT * FROM 'x.xlsx'")).rows).toEqual([{ n: 1 }]);
    expect((await here.load("SELECT * FROM 'x.xlsx'", { sheet: "Two" })).rows).toEqual([{ n: 2 }]);
    expect(await here.refused("SELECT * FROM 'x.xlsx'", { sheet: "Three" })).toBe("sheet-missing");
  });

  test("refuses a cut workbook, one that is none, and one that unpacks to too much", async () => {
    const whole = book({ Deals: rows });
    here.write("cut.xlsx", whole.subarray(0, whole.length - 200));
    here.write("none.xlsx", "id,n\n1,2\n");
    here.write("bomb.xlsx", bomb());
    expect(await here.refused("SELECT * FROM 'cut.xlsx'")).toBe("file-cut");
    expect(await here.refused("SELECT * FROM 'none.xlsx'")).toBe("file-unreadable");
    expect(await here.refused("SELECT * FROM 'bomb.xlsx'")).toBe("file-unreadable");
  });

  /** One part of 600 MB of zeros that states a size of 1000 bytes. */
  function bomb(): Buffer {
    const packed = gzipSync(Buffer.alloc(600e6), { level: 1 }).subarray(10, -8);
    const local = Buffer.alloc(31);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(1, 26);
    local.write("x", 30);
    const entry = Buffer.alloc(47);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(1000, 24);
    entry.writeUInt16LE(1, 28);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(local.length + packed.length, 16);
    return Buffer.concat([local, packed, entry, end]);
  }
});

describe("a look at a file for a guided import", () => {
  test("tells what it is and what only a person knows", async () => {
    here.write(
      "ventas.csv",
      Buffer.from("id;día;importe;canal\n00123;03/04/2026;1.234;señal\n00124;13/04/2026;999;x\n", "latin1"),
    );
    expect(await sniff("ventas.csv")).toEqual({
      columns: [
        { name: "id", type: "VARCHAR", examples: ["00123", "00124"] },
        { name: "día", type: "VARCHAR", examples: ["03/04/2026", "13/04/2026"] },
        { name: "importe", type: "VARCHAR", examples: ["1.234", "999"] },
        { name: "canal", type: "VARCHAR", examples: ["señal", "x"] },
      ],
      delimiter: ";",
      encoding: "windows-1252",
      ambiguous: [
        { column: "día", kind: "date", examples: ["03/04/2026", "13/04/2026"] },
        { column: "importe", kind: "number", examples: ["1.234", "999"] },
      ],
    });
    const declared = await sniff("ventas.csv", { decimal: ",", dates: "dd/mm/yyyy" });
    expect([declared.ambiguous, declared.columns.map((column) => column.type)]).toEqual([
      [],
      ["VARCHAR", "DATE", "DECIMAL(18,9)", "VARCHAR"],
    ]);
  });

  test("works for JSON, Parquet and Excel, and leaves nothing behind", async () => {
    here.write("x.jsonl", '{"id":"a","d":"03/04/2026"}\n');
    expect((await sniff("x.jsonl")).ambiguous).toEqual([{ column: "d", kind: "date", examples: ["03/04/2026"] }]);
    const sheet = utils.book_new();
    utils.book_append_sheet(sheet, utils.aoa_to_sheet([["n"], [1.234]]), "S");
    here.write("x.xlsx", writeBook(sheet, { type: "buffer", bookType: "xlsx" }) as Buffer);
    expect((await sniff("x.xlsx")).columns).toEqual([{ name: "n", type: "DECIMAL(18,9)", examples: ["1.2340"] }]);
    expect(readdirSync(here.folder).toSorted()).toEqual(["x.jsonl", "x.xlsx"]);
  });
});
