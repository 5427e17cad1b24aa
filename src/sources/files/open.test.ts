import {
  existsSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase, type Connection, type Database, type Tuple } from "../../engine/database.ts";
import { raw } from "../../engine/sql.ts";
import { FilesSource, openFiles, type OpenedFiles } from "./index.ts";

let base: string;
let folder: string;
let database: Database;

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), "files-"));
  folder = join(base, "company");
  mkdirSync(folder);
  database = await openDatabase(":memory:", { folders: [folder] });
});

afterEach(() => {
  database.close();
  rmSync(base, { recursive: true });
});

function write(name: string, content: string | Buffer): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

interface Loaded {
  rows: Tuple[];
  rounds: number;
  opened: OpenedFiles;
  unreadable: Awaited<ReturnType<OpenedFiles["unreadable"]>>;
  types: string[];
}

async function opening<T>(
  source: Omit<FilesSource, "facts"> & { select: string },
  work: (opened: OpenedFiles, connection: Connection) => Promise<T>,
): Promise<T> {
  const { select, ...format } = source;
  return database.use(async (connection) => {
    const opened = await openFiles(connection, folder, FilesSource.parse({ ...format, facts: { deal: select } }));
    try {
      return await work(opened, connection);
    } finally {
      await opened.close();
    }
  });
}

const load = (select: string, format: Omit<FilesSource, "facts"> = {}): Promise<Loaded> =>
  opening({ ...format, select }, async (opened, connection) => {
    const text = opened.facts[0]?.select ?? "";
    for (let rounds = 1; ; rounds++) {
      await connection.run(raw(`CREATE OR REPLACE TEMP TABLE staged AS SELECT * FROM (${text}) AS mapped`));
      if (!(await opened.settled())) continue;
      const rows = await connection.rows(raw("SELECT * FROM staged ORDER BY ALL"));
      const types = (await connection.describe(text)).map((column) => column.type);
      return { rows, rounds, opened, unreadable: await opened.unreadable(), types };
    }
  });

const problem = (select: string, format: Omit<FilesSource, "facts"> = {}) =>
  load(select, format).then(
    () => "loaded",
    (error: unknown) => error,
  );
const refused = (select: string) => problem(select).then((error) => (error as { code?: string }).code ?? String(error));

describe("a clean file", () => {
  test("is read once, with its types", async () => {
    write(
      "deals.csv",
      "id,amount,closed,at,won,zip\nd1,12.50,2026-01-31,2026-01-31 10:00:00,true,00123\nd2,8,2026-02-01,2026-02-01T09:30:00,false,28001\n",
    );
    const { rows, rounds, types } = await load("SELECT * FROM 'deals.csv'");
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
    write("deals.csv", ["id", "text", "n"].join(delimiter) + "\n" + ["1", '"a, b; c\t|"', "3"].join(delimiter) + "\n");
    expect((await load("SELECT * FROM 'deals.csv'")).rows).toEqual([{ id: 1, text: "a, b; c\t|", n: 3 }]);
  });
});
