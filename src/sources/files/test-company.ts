import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openDatabase, type Connection, type Tuple } from "../../engine/database.ts";
import { raw } from "../../engine/sql.ts";
import { FilesSource, openFiles, type OpenedFiles } from "./index.ts";

export type Format = Omit<FilesSource, "facts">;

/** A company's folder in a temporary place, with a database that may read it, for the time of a test. */
export async function company() {
  const base = mkdtempSync(join(tmpdir(), "files-"));
  const folder = join(base, "company");
  mkdirSync(folder);
  const database = await openDatabase(":memory:", { folders: [folder] });

  function write(name: string, content: string | Buffer): void {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }

  function opening<T>(
    select: string,
    format: Format,
    work: (opened: OpenedFiles, connection: Connection) => Promise<T>,
  ): Promise<T> {
    return database.use(async (connection) => {
      const opened = await openFiles(connection, folder, FilesSource.parse({ ...format, facts: { deal: select } }));
      try {
        return await work(opened, connection);
      } finally {
        await opened.close();
      }
    });
  }

  /** Reads as the loader does: into a staging table, again until all is settled. */
  const load = (select: string, format: Format = {}) =>
    opening(select, format, async (opened, connection) => {
      const text = opened.facts[0]?.select ?? "";
      for (let rounds = 1; ; rounds++) {
        await connection.run(raw(`CREATE OR REPLACE TEMP TABLE staged AS SELECT * FROM (${text}) AS mapped`));
        if (!(await opened.settled())) continue;
        const rows: Tuple[] = await connection.rows(raw("SELECT * FROM staged ORDER BY ALL"));
        const types = (await connection.describe(text)).map((column) => column.type);
        return { rows, rounds, types, opened, unreadable: await opened.unreadable() };
      }
    });

  const problem = (select: string, format: Format = {}): Promise<unknown> =>
    load(select, format).then(
      () => "loaded",
      (error: unknown) => error,
    );

  return {
    base,
    folder,
    database,
    write,
    opening,
    load,
    problem,
    /** The code of the Problem that reading ends with. */
    refused: async (select: string, format: Format = {}) => {
      const error = await problem(select, format);
      return (error as { code?: string }).code ?? String(error);
    },
    end() {
      database.close();
      rmSync(base, { recursive: true });
    },
  };
}
