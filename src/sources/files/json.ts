import { messageOf } from "../../engine/problem.ts";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import type { Connection } from "../../engine/database.ts";
import { literal, quoted, raw } from "../../engine/sql.ts";
import { decode, encodingOf, transcode } from "./encoding.ts";
import type { FileFormat } from "./format.ts";
import type { Located } from "./locate.ts";
import { cut, isGzip, peek, unreadableFile } from "./peek.ts";
import type { Relation, UnreadableLine, Workshop } from "./relation.ts";
import { leftOut, quotedPath, typedSelect, withNulls, type TypedColumn } from "./typed.ts";
import { typedColumn, typing } from "./typing.ts";

interface JsonFile {
  readonly file: string;
  readonly path: string;
  /** One object per line, or one value for the whole file. */
  readonly lines: boolean;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function checkEnd(file: string, tail: string, lines: boolean): void {
  const end = tail.trimEnd();
  if (!lines && !/[\]}]$/.test(end)) throw cut(file, "it ends inside a value");
  const last = end.slice(end.lastIndexOf("\n") + 1);
  if (lines && end.includes("\n") && !isJson(last)) throw cut(file, "its last line is no whole JSON value");
}

async function understand({ file, path }: Located, format: FileFormat, workshop: Workshop): Promise<JsonFile> {
  const seen = await peek(path, file);
  const encoding = encodingOf(seen, format.encoding);
  const head = decode(seen.head, encoding).trimStart();
  if (!/^[[{]/.test(head)) throw unreadableFile(file, "it does not begin with { or [");
  const firstLine = head.slice(0, (head + "\n").indexOf("\n")).trim();
  const lines = head.startsWith("{") && (isJson(firstLine) || /\.(jsonl|ndjson)(\.gz)?$/i.test(file));
  checkEnd(file, decode(seen.tail, encoding), lines);
  if (encoding === "utf-8") return { file, path: await workshop.reachable(path), lines };
  const copy = await workshop.prepared("json");
  await transcode(path, copy, encoding, isGzip(path));
  return { file, path: copy, lines };
}

function readJson(files: readonly JsonFile[], options: string): string {
  const lines = files.every((file) => file.lines);
  const format = lines ? "format='newline_delimited', ignore_errors=true" : "format='auto'";
  return `read_json([${files.map(({ path }) => quotedPath(path)).join(", ")}], ${format}, union_by_name=true, ${options})`;
}

const isNested = (type: string) => /[([]|^JSON$|^MAP/.test(type) && !type.startsWith("DECIMAL");
const isNumber = (type: string) => /INT$|^DOUBLE$|^FLOAT$|^DECIMAL|^HUGEINT$/.test(type);

async function described(
  connection: Connection,
  files: readonly JsonFile[],
): Promise<{ name: string; type: string }[]> {
  try {
    return await connection.describe(`SELECT * FROM ${readJson(files, "maximum_depth=-1")}`);
  } catch (error) {
    throw unreadableFile(files.map(({ file }) => file).join(", "), messageOf(error));
  }
}

async function sampled(connection: Connection, from: string, name: string): Promise<string[]> {
  const query = `SELECT DISTINCT ${quoted(name)} AS value FROM (SELECT ${quoted(name)} FROM ${from} LIMIT 10000) WHERE value IS NOT NULL`;
  return (await connection.rows(raw(query))).map((row) => String(row["value"]));
}

async function* brokenLines({ file, path }: JsonFile): AsyncGenerator<UnreadableLine> {
  const stream = createReadStream(path);
  const input = isGzip(path) ? stream.pipe(createGunzip()) : stream;
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    line++;
    if (text.trim() !== "" && !isJson(text)) yield { file, line, raw: text, reason: "it is no JSON value" };
  }
}

async function collect(files: readonly JsonFile[]): Promise<UnreadableLine[]> {
  const lines: UnreadableLine[] = [];
  for (const file of files) for await (const line of brokenLines(file)) lines.push(line);
  return lines;
}

/**
 * JSON files, one object per line or arrays of objects. Plain values are read as the text that they have in the file and
 * typed as those of delimited files are, except that numbers are numbers; objects and lists keep the engine's types.
 * A broken line is told in `unreadable`; an array that is broken cannot be read at all.
 */
export async function jsonRelation(
  located: readonly Located[],
  format: FileFormat,
  workshop: Workshop,
): Promise<Relation> {
  const { connection } = workshop;
  const files = await Promise.all(located.map((each) => understand(each, format, workshop)));
  const [misreads, broken] = [await workshop.sequence(), await workshop.sequence()];
  const columns = await described(connection, files);
  const types = columns.map(({ name, type }) => `${literal(name)}: ${literal(isNested(type) ? type : "VARCHAR")}`);
  const present = columns.map(({ name }) => `${quoted(name)} IS NOT NULL`).join(" OR ");
  const rows = readJson(files, `columns={${types.join(", ")}}`);
  const asText = files.every((file) => file.lines)
    ? `(SELECT * FROM ${rows} WHERE ${present} OR nextval(${literal(broken)}) < 0)`
    : rows;
  const first: TypedColumn[] = [];
  for (const { name, type } of columns) {
    const values = isNested(type) ? ["text"] : await sampled(connection, rows, name);
    first.push(
      typedColumn(isNumber(type) ? { name, values, isNumeric: true } : { name, values, isNumeric: false }, format),
    );
  }
  const typed = typing(connection, first, format, misreads);
  return {
    select(emptyAsNull) {
      const select = typedSelect(typed.columns(), asText, misreads);
      return emptyAsNull ? withNulls(typed.columns(), select) : select;
    },
    insist: () => typed.insist(),
    settle: async () => !(await typed.learn(false, rows)),
    async unreadable() {
      const query = `SELECT coalesce(last_value, 0) AS n FROM duckdb_sequences() WHERE sequence_name = ${literal(broken)}`;
      const [row] = await connection.rows(raw(query));
      const lines = Number(row?.["n"]) > 0 ? await collect(files) : [];
      const where = files.map(({ file }) => file).join(", ");
      const out = await leftOut(connection, typed.columns(), rows);
      return [...lines, ...out.map((each) => ({ file: where, line: 0, ...each }))];
    },
    short: () => [],
  };
}
