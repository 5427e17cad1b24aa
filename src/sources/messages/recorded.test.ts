import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../../engine/database.ts";
import { raw } from "../../engine/sql.ts";
import { land, spooled, streamsOf } from "./index.ts";
import { relationOf } from "./streams.ts";

const folder = join(import.meta.dirname, "../../../../shared/contracts/airbyte-expected");

interface Recorded {
  readonly stream: string;
  readonly data: object;
  readonly emitted_at: number;
}

function recorded(): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  } catch {
    return [];
  }
}

const rowsOf = (file: string): Recorded[] =>
  readFileSync(join(folder, file), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Recorded);

async function* said(rows: readonly Recorded[]): AsyncGenerator<Uint8Array> {
  for (const { stream, data, emitted_at } of rows)
    yield await Promise.resolve(
      Buffer.from(`${JSON.stringify({ type: "RECORD", record: { stream, data, emitted_at } })}\n`),
    );
}

describe.skipIf(recorded().length === 0)("rows recorded from vendors' accounts (skipped without ../shared)", () => {
  test.each(recorded())("of %s are all kept, and every field of them can be read", async (file) => {
    const rows = rowsOf(file);
    const place = mkdtempSync(join(tmpdir(), "embudo-recorded-"));
    const database = await openDatabase(":memory:", { folders: [place] });
    try {
      await database.use(async (connection) => {
        for await (const chunk of spooled(said(rows), place)) {
          const done = await land(connection, { source: "x", dialect: "airbyte", chunk, now: () => new Date() });
          expect(done).toMatchObject({ records: rows.length, unreadable: 0, logs: 0 });
        }
        for (const stream of await streamsOf(connection, "x")) {
          const own = rows.filter((each) => each.stream === stream.name);
          const found = await connection.rows(raw(relationOf("x", stream)));
          const ids = new Set(own.map(({ data }) => JSON.stringify((data as { id?: unknown }).id ?? data)));
          expect([stream.name, found.length]).toEqual([stream.name, ids.size]);
          const fields = new Set(own.flatMap(({ data }) => Object.keys(data)));
          expect(Object.keys(found[0] ?? {})).toEqual(expect.arrayContaining([...fields]));
        }
      });
    } finally {
      database.close();
      rmSync(place, { recursive: true, force: true });
    }
  });
});
