import { createHash } from "node:crypto";
import type { Connection } from "../../engine/database.ts";
import { messageOf, Problem } from "../../engine/problem.ts";
import { quoted, raw } from "../../engine/sql.ts";
import { formatOf, type FilesSource } from "./format.ts";
import { locate, type Located } from "./locate.ts";
import { invalid, parseSelect, type ParsedSelect, type Readable } from "../mapping.ts";
import { unreadableFile } from "./peek.ts";
import { relationOf } from "./relation-of.ts";
import type { Relation, ShortLines, UnreadableLine } from "./relation.ts";
import { openWorkshop } from "./workshop.ts";

/**
 * The files of a source, ready to be read on one connection. Run every SELECT of `facts` into a staging table, then ask
 * `settled()`: false means that the reading taught something new about the files (short lines, another encoding, a value that
 * does not fit its column's type); drop what was staged, describe and run the SELECTs again, and ask again. It is true after
 * at most a few rounds, and at once for clean files. Then ask `unreadable()` and `short()`. One source at a time per
 * connection, because names of files are names of temporary views.
 */
export interface OpenedFiles {
  /** SELECTs that run as they stand on this connection. */
  readonly facts: readonly { readonly fact: string; readonly select: string }[];
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Equal to an earlier one when nothing can have changed: the mapping, the formats, each file's path, size and time. */
  readonly fingerprint: string;
  settled(): Promise<boolean>;
  /** Lines that could not become rows: too many columns, broken quotes, bytes that are no text. */
  unreadable(): Promise<UnreadableLine[]>;
  /** Lines with too few columns; they were read with the missing ones empty. */
  short(): readonly ShortLines[];
  /** What is to be told when running a SELECT of `facts` threw this. */
  problem(error: unknown): unknown;
  /** Drops the views and deletes prepared copies. */
  close(): Promise<void>;
}

const extensions = /\.(csv|tsv|txt|json|jsonl|ndjson|parquet|xlsx|xls)(\.gz)?$/i;

const readable: Readable = {
  isName: (name) => extensions.test(name),
  refusal: (name) =>
    `${name} is no file; ${
      extensions.test(name)
        ? `put the name of the file in quotes: FROM '${name}'`
        : "FROM takes the name of a file, e.g. FROM 'sales.csv'"
    }`,
  example: (path) => `FROM '${path ?? "file.csv"}' and say how the file is written under files:`,
};

function fingerprint(source: FilesSource, files: readonly Located[]): string {
  const seen = files.map(({ file, bytes, modified }) => [file, bytes, modified]);
  return createHash("sha256")
    .update(JSON.stringify([source, seen]))
    .digest("hex");
}

function checkNames(names: readonly string[]): void {
  const twins = names.find((name, i) => names.some((other, j) => j < i && other.toLowerCase() === name.toLowerCase()));
  if (twins !== undefined)
    throw new Problem(
      "mapping-invalid",
      `the mapping reads ${twins} under names that differ only in case`,
      "rename one of the files",
    );
}

async function createViews(
  connection: Connection,
  views: ReadonlyMap<string, Relation>,
  emptyAsNull: boolean,
): Promise<void> {
  for (const [name, relation] of views)
    await connection.run(raw(`CREATE OR REPLACE TEMP VIEW ${quoted(name)} AS ${relation.select(emptyAsNull)}`));
}

async function bindingError(connection: Connection, facts: readonly ParsedSelect[]): Promise<Problem | undefined> {
  for (const { fact, select } of facts)
    try {
      await connection.describe(select);
    } catch (error) {
      return invalid(fact, messageOf(error));
    }
  return undefined;
}

/**
 * Creates the views and checks that every SELECT binds. Where one does not, a column without any value takes whatever type
 * that needs, and a column that became text because of some values takes its former type back, without their rows.
 */
async function arrange(
  connection: Connection,
  views: ReadonlyMap<string, Relation>,
  facts: readonly ParsedSelect[],
): Promise<void> {
  await createViews(connection, views, false);
  const problem = await bindingError(connection, facts);
  if (problem === undefined) return;
  const insisted = [...views.values()].map((relation) => relation.insist());
  await createViews(connection, views, !insisted.includes(true));
  if ((await bindingError(connection, facts)) !== undefined) throw problem;
}

/** A failure while files are read, as a Problem; Problems and what is no failure of the engine stay as they are. */
function readingProblem(error: unknown, names: readonly string[]): unknown {
  const message = messageOf(error);
  if (error instanceof Problem || !/^[A-Z][A-Za-z ]+ Error: /.test(message)) return error;
  if (/CSV|JSON|Parquet|gzip/i.test(message)) return unreadableFile(names.join(", "), message);
  return invalid(names.join(", "), message);
}

/**
 * Makes the files of a source readable on a connection whose database may read the workspace's folder, and checks all that
 * can be checked without reading them whole: the SELECTs, the paths, and that no file is cut. Throws a Problem otherwise.
 */
export async function openFiles(connection: Connection, folder: string, source: FilesSource): Promise<OpenedFiles> {
  const facts: ParsedSelect[] = [];
  for (const [fact, text] of Object.entries(source.facts))
    facts.push(await parseSelect(connection, fact, text, readable));
  const names = [...new Set(facts.flatMap((each) => each.names))];
  checkNames(names);
  const located = new Map(names.map((name) => [name, locate(folder, name)]));
  const workshop = openWorkshop(connection, folder);
  const views = new Map<string, Relation>();
  async function close(): Promise<void> {
    for (const name of views.keys()) await connection.run(raw(`DROP VIEW IF EXISTS temp.${quoted(name)}`));
    await workshop.sweep();
  }
  try {
    for (const [name, files] of located)
      views.set(name, await relationOf(files, (file) => formatOf(source, file), workshop));
    await arrange(connection, views, facts);
  } catch (error) {
    await close();
    throw error;
  }
  const files = [...new Map([...located.values()].flat().map((each) => [each.file, each])).values()];
  return {
    facts: facts.map(({ fact, select }) => ({ fact, select })),
    files: files.map(({ file, bytes }) => ({ path: file, bytes })),
    fingerprint: fingerprint(source, files),
    async settled() {
      const settled: boolean[] = [];
      for (const relation of views.values()) settled.push(await relation.settle());
      if (settled.includes(false)) await arrange(connection, views, facts);
      return !settled.includes(false);
    },
    async unreadable() {
      const lines: UnreadableLine[] = [];
      for (const relation of views.values()) lines.push(...(await relation.unreadable()));
      return lines;
    },
    problem: (error) => readingProblem(error, [...views.keys()]),
    short: () => [...views.values()].flatMap((relation) => relation.short()),
    close,
  };
}
