import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { raw } from "../../engine/sql.ts";
import { company, type Format } from "./test-company.ts";

let here: Awaited<ReturnType<typeof company>>;
beforeEach(async () => {
  here = await company();
});
afterEach(() => here.end());

describe("a clean file", () => {
  test("is read once, with its types", async () => {
    here.write(
      "deals.csv",
      "id,amount,closed,at,won,zip\nd1,12.50,2026-01-31,2026-01-31 10:00:00,true,00123\nd2,8,2026-02-01,2026-02-01T09:30:00,false,28001\n",
    );
    const { rows, rounds, types } = await here.load("SELECT * FROM 'deals.csv'");
    expect(rounds).toBe(1);
    expect(types).toEqual(["VARCHAR", "DECIMAL(18,9)", "DATE", "TIMESTAMP", "BOOLEAN", "VARCHAR"]);
    expect(rows[0]).toEqual({
      id: "d1",
      amount: 12.5,
      closed: "2026-01-31",
      at: "2026-01-31T10:00:00Z",
      won: true,
      zip: "00123",
    });
  });

  test.each([",", ";", "\t", "|"])("may be delimited by %j", async (delimiter) => {
    here.write(
      "deals.csv",
      ["id", "text", "n"].join(delimiter) + "\n" + ["1", '"a, b; c\t|"', "3"].join(delimiter) + "\n",
    );
    expect((await here.load("SELECT * FROM 'deals.csv'")).rows).toEqual([{ id: 1, text: "a, b; c\t|", n: 3 }]);
  });

  test.each(["\n", "\r\n", "\r"])("may end its lines with %j", async (end) => {
    here.write("deals.csv", ["id,n", "a,1", 'b,"2"', "c,3", ""].join(end));
    expect((await here.load("SELECT * FROM 'deals.csv'")).rows).toHaveLength(3);
  });

  test("may mix line ends", async () => {
    here.write("deals.csv", "id,n\r\na,1\nb,2\rc,3\r\n\r\nd,4");
    expect((await here.load("SELECT * FROM 'deals.csv'")).rows.map((row) => row["id"])).toEqual(["a", "b", "c", "d"]);
  });

  test.each([
    ["UTF-8", Buffer.from("id,name\n1,Muñoz €\n")],
    ["UTF-8 with mark", Buffer.from("\ufeffid,name\n1,Muñoz €\n")],
    ["UTF-16LE with mark", Buffer.from("\ufeffid,name\n1,Muñoz €\n", "utf16le")],
    ["UTF-16LE", Buffer.from("id,name\n1,Muñoz €\n", "utf16le")],
    ["UTF-16BE with mark", Buffer.from("\ufeffid,name\n1,Muñoz €\n", "utf16le").swap16()],
    ["Windows-1252", Buffer.concat([Buffer.from("id,name\n1,Mu\xf1oz ", "latin1"), Buffer.from([0x80, 10])])],
  ])("may be in %s", async (_, content) => {
    here.write("deals.csv", content);
    here.write("deals.csv.gz", gzipSync(content));
    for (const file of ["deals.csv", "deals.csv.gz"]) {
      const { rows, rounds } = await here.load(`SELECT * FROM '${file}'`);
      expect(rows).toEqual([{ id: 1, name: "Muñoz €" }]);
      expect(rounds).toBe(1);
    }
    expect(
      existsSync(join(here.folder, "data/prepared")) ? readdirSync(join(here.folder, "data/prepared")) : [],
    ).toEqual([]);
  });

  test("may be Windows-1252 only far from its beginning", async () => {
    const lines = Array.from({ length: 300_000 }, (_, i) => `${i},plain name`).join("\n");
    here.write(
      "deals.csv",
      Buffer.concat([
        Buffer.from(`id,name\n${lines}\n`),
        Buffer.from("7,Mu\xf1oz\n", "latin1"),
        Buffer.from(`${lines}\n`),
      ]),
    );
    const { rows, rounds, unreadable } = await here.load("SELECT * FROM 'deals.csv' WHERE name <> 'plain name'");
    expect([rows, rounds, unreadable]).toEqual([[{ id: 7, name: "Muñoz" }], 2, []]);
  });

  test("without a header has columns by number, and names that are empty or double are made apart", async () => {
    here.write("a.csv", "1,x\n2,y\n");
    expect((await here.load("SELECT * FROM 'a.csv'", { header: false })).rows[1]).toEqual({ column0: 2, column1: "y" });
    here.write("b.csv", "id,,Id, name \n1,2,3,4\n");
    expect((await here.load("SELECT * FROM 'b.csv'")).rows).toEqual([{ id: 1, column1: 2, Id_1: 3, name: 4 }]);
  });

  test("with nothing but a header gives no rows, and lets the SELECT calculate", async () => {
    here.write("a.csv", "id,amount,day");
    expect(
      (
        await here.load(
          "SELECT id, amount * 1.21 AS amount, date_trunc('month', CAST(day AS DATE)) AS month FROM 'a.csv'",
        )
      ).rows,
    ).toEqual([]);
  });

  test("reads NUL bytes inside a value, and refuses what is not text", async () => {
    here.write("a.csv", Buffer.concat([Buffer.from(`id,name\n${"1,x\n".repeat(2000)}`), Buffer.from("2,x\0y\n")]));
    expect((await here.load("SELECT * FROM 'a.csv' WHERE id = 2")).rows).toEqual([{ id: 2, name: "x\0y" }]);
    here.write("b.csv", Buffer.from([0, 1, 2, 0, 3, 0, 0, 0, 9]));
    expect(await here.refused("SELECT * FROM 'b.csv'")).toBe("file-unreadable");
    here.write("c.csv", "");
    expect(await here.refused("SELECT * FROM 'c.csv'")).toBe("file-unreadable");
  });
});

describe("lines that do not fit", () => {
  test("too short are padded and counted, too long or badly quoted are told", async () => {
    here.write("x.csv", 'id,name,n\na,A,1\nb\nc,C,3,extra\nd,D,4\ne,"E" and,5\nf,F\ng,"multi\nline",7\n');
    const { rows, unreadable, opened, rounds } = await here.load("SELECT * FROM 'x.csv'");
    expect(rounds).toBe(2);
    expect(rows.map((row) => row["id"])).toEqual(["a", "b", "d", "f", "g"]);
    expect(opened.short()).toEqual([{ file: "x.csv", lines: 2 }]);
    expect(unreadable).toEqual([
      { file: "x.csv", line: 4, raw: "c,C,3,extra", reason: "more columns than the header" },
      { file: "x.csv", line: 6, raw: 'e,"E" and,5', reason: "a quote is opened and not closed properly" },
    ]);
  });

  test("are no rows when they are empty", async () => {
    here.write("x.csv", "id,n\na,1\n\nb\n\nc,3\n\n");
    expect((await here.load("SELECT id FROM 'x.csv'")).rows.map((row) => row["id"])).toEqual(["a", "b", "c"]);
  });

  test("are told once, however often the file is read", async () => {
    here.write("x.csv", "id,n\na,1\nb,2,3\n");
    const { unreadable } = await here.load("SELECT l.id FROM 'x.csv' AS l JOIN 'x.csv' AS r USING (id)");
    expect(unreadable).toHaveLength(1);
  });
});

describe("globs", () => {
  test("read every file by its names of columns, each with its own delimiter and encoding", async () => {
    here.write("in/a.csv", "id,n,only_a\na,1,x\n");
    here.write("in/b.csv", "n;id\n2;b\n");
    here.write("in/c.csv", Buffer.from("id,n,only_a\n\xf1,3.5,y\n", "latin1"));
    const { rows, opened } = await here.load("SELECT id, n, only_a FROM 'in/*.csv'");
    expect(rows).toEqual([
      { id: "a", n: 1, only_a: "x" },
      { id: "b", n: 2, only_a: null },
      { id: "ñ", n: 3.5, only_a: "y" },
    ]);
    expect(opened.files.map((file) => file.path)).toEqual(["in/a.csv", "in/b.csv", "in/c.csv"]);
  });

  test("are not seen in the name of a file that is there", async () => {
    here.write("sales [1].csv", "id\n1\n");
    here.write("sales 1.csv", "id\n2\n");
    expect((await here.load("SELECT id FROM 'sales [1].csv'")).rows).toEqual([{ id: 1 }]);
  });

  test("take the format of the entry that matches", async () => {
    here.write("spend_es.csv", 'amount\n"1,5"\n');
    here.write("spend_us.csv", "amount\n1.5\n");
    const { rows } = await here.load(
      "SELECT (SELECT amount FROM 'spend_es.csv') AS es, (SELECT amount FROM 'spend_us.csv') AS us",
      {
        files: { "*_es.csv": { decimal: ",", delimiter: ";" } },
      },
    );
    expect(rows).toEqual([{ es: 1.5, us: 1.5 }]);
  });
});

describe("a cut file", () => {
  const big = `id,name,n\n${Array.from({ length: 200_000 }, (_, i) => `${i},"name ${i}",${i}`).join("\n")}\n`;

  test.each<[string, string | Buffer]>([
    ["fields.csv", "id,name,n\n1,a,2\n2,b"],
    ["quotes.csv", 'id,name,n\n1,a,2\n2,b,"3'],
    ["big.csv", big.slice(0, 3_000_000).replace(/[^"]*$/, "")],
    ["utf16.csv", Buffer.from("\ufeffid,name\n1,a\n2", "utf16le")],
    ["packed.csv.gz", gzipSync(big).subarray(0, 100_000)],
    ["trailer.csv.gz", gzipSync(big).subarray(0, -4)],
    ["x.parquet", Buffer.from("PAR1 and then nothing")],
  ])("%s is refused", async (name, content) => {
    here.write(name, content);
    expect(await here.refused(`SELECT * FROM '${name}'`)).toBe("file-cut");
  });

  test("is not seen in whole ones without a last line end", async () => {
    here.write("a.csv", "id,name\n1,a\n2,b");
    here.write("b.csv", big.trimEnd());
    here.write("c.csv", `id,name\n${'1,"a\nb, c"\n'.repeat(100_000)}2,"x\ny"`);
    for (const name of ["a.csv", "b.csv", "c.csv"])
      expect(await here.refused(`SELECT * FROM '${name}'`)).toBe("loaded");
  });
});

describe("a SELECT", () => {
  beforeEach(() => here.write("x.csv", "id,n\na,1\n"));

  test("may use WITH, subqueries, joins, unnest and a final semicolon", async () => {
    const { rows } = await here.load(
      "WITH t AS (SELECT * FROM 'x.csv') SELECT id, (SELECT max(n) FROM 'x.csv') AS n FROM t, unnest([1, 2]) AS u(k) -- twice\n;\n",
    );
    expect(rows).toEqual([
      { id: "a", n: 1 },
      { id: "a", n: 1 },
    ]);
  });

  test.each([
    ["mapping-writes", "DELETE FROM deal"],
    ["mapping-writes", "SELECT 1; SELECT 2"],
    ["mapping-writes", "SELECT 1; DROP TABLE deal"],
    ["mapping-writes", "COPY (SELECT 1) TO 'x.csv'"],
    ["mapping-writes", "ATTACH 'other.db'"],
    ["mapping-writes", "SET enable_external_access = true"],
    ["mapping-writes", "INSTALL httpfs"],
    ["mapping-writes", "WITH w AS (INSERT INTO deal VALUES (1) RETURNING *) SELECT * FROM w"],
    ["mapping-writes", ""],
    ["mapping-invalid", "SELEC 1"],
    ["mapping-invalid", "SELECT nothing FROM 'x.csv'"],
    ["mapping-invalid", "SELECT getenv('HOME') AS id FROM 'x.csv'"],
    ["mapping-invalid", "SELECT * FROM x.csv"],
    ["mapping-invalid", "SELECT * FROM deal"],
    ["mapping-invalid", "WITH deal AS (SELECT 1) SELECT * FROM main.deal"],
    ["mapping-invalid", "SELECT (WITH deal AS (SELECT 1 AS n) SELECT n FROM deal) AS id FROM deal"],
    ["mapping-invalid", "SELECT * FROM information_schema.tables"],
    ["mapping-invalid", "SELECT * FROM read_csv('x.csv')"],
    ["mapping-invalid", "SELECT * FROM duckdb_settings()"],
    ["mapping-invalid", "SELECT * FROM query('DROP TABLE deal')"],
    ["mapping-invalid", "SELECT 1; -- done"],
    ["mapping-outside-workspace", "SELECT * FROM '../x.csv'"],
    ["mapping-outside-workspace", "SELECT * FROM 'in/../../x.csv'"],
    ["mapping-outside-workspace", "SELECT * FROM '/etc/hosts.txt'"],
    ["mapping-outside-workspace", "SELECT * FROM 'data/app.csv'"],
    ["mapping-outside-workspace", "SELECT * FROM './data/app.csv'"],
    ["mapping-outside-workspace", "SELECT * FROM 'https://example.com/x.csv'"],
    ["mapping-outside-workspace", "SELECT * FROM read_text('/etc/passwd')"],
    ["mapping-outside-workspace", "SELECT (SELECT content FROM read_blob('../secret')) AS id FROM 'x.csv'"],
    ["mapping-outside-workspace", "SELECT * FROM glob('/*')"],
    ["file-missing", "SELECT * FROM 'y.csv'"],
    ["file-missing", "SELECT * FROM 'in/*.csv'"],
  ])("is refused with %s: %s", async (code, select) => {
    expect(await here.refused(select)).toBe(code);
  });

  test("may count up with WITH RECURSIVE", async () => {
    const { rows } = await here.load(
      "WITH RECURSIVE k AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM k WHERE i < 3) SELECT id, i FROM 'x.csv' CROSS JOIN k",
    );
    expect(rows.map((row) => row["i"])).toEqual([1, 2, 3]);
  });

  test("that names a file wrongly is told of the near ones", async () => {
    here.write("sales_pipeline.csv", "id\n1\n");
    expect(await here.problem("SELECT * FROM 'sales-pipelines.csv'")).toMatchObject({
      message: expect.stringContaining(here.folder),
      remedy: expect.stringContaining("sales_pipeline.csv"),
    });
  });

  test("may follow a symbolic link out of the workspace, which is its owner's choice", async () => {
    writeFileSync(join(here.base, "elsewhere.csv"), "id,n\nz,9\n");
    symlinkSync(join(here.base, "elsewhere.csv"), join(here.folder, "link.csv"));
    mkdirSync(join(here.base, "exports"));
    writeFileSync(join(here.base, "exports", "one.csv"), "id,n\ny,8\n");
    symlinkSync(join(here.base, "exports"), join(here.folder, "exports"));
    expect((await here.load("SELECT * FROM 'link.csv' UNION ALL SELECT * FROM 'exports/*.csv'")).rows).toHaveLength(2);
  });

  test("leaves nothing behind", async () => {
    await here.load("SELECT * FROM 'x.csv'");
    const left = await here.database.use((connection) =>
      connection.rows(
        raw(`SELECT view_name AS name FROM duckdb_views() WHERE NOT internal UNION ALL SELECT sequence_name FROM duckdb_sequences()
          UNION ALL SELECT table_name FROM duckdb_tables() WHERE table_name <> 'staged'`),
      ),
    );
    expect(left).toEqual([]);
  });
});

describe("the fingerprint", () => {
  const fingerprint = (format: Format = {}, select = "SELECT * FROM 'x.csv'") =>
    here.opening(select, format, (opened) => Promise.resolve(opened.fingerprint));

  test("changes with a file's size or time, the format and the mapping, and with nothing else", async () => {
    here.write("x.csv", "id\n1\n");
    const first = await fingerprint();
    expect(await fingerprint()).toBe(first);
    const others = [await fingerprint({ decimal: "," }), await fingerprint({}, "SELECT id FROM 'x.csv'")];
    utimesSync(join(here.folder, "x.csv"), 1_700_000_000, 1_700_000_000);
    others.push(await fingerprint());
    here.write("x.csv", "id\n1\n2\n");
    utimesSync(join(here.folder, "x.csv"), 1_700_000_000, 1_700_000_000);
    others.push(await fingerprint());
    expect(new Set([first, ...others]).size).toBe(5);
  });
});
