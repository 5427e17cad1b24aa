import { decode, encodingOf, transcode } from "./encoding.ts";
import type { FileFormat } from "./format.ts";
import type { Located } from "./locate.ts";
import { cut, isGzip, peek, unreadableFile, type Peek } from "./peek.ts";
import { columnNames, mixesLineEnds, splitRecords, voteDelimiter, type Records } from "./records.ts";
import type { Workshop } from "./relation.ts";

/** A delimited file as it is understood before it is read. */
export interface Delimited {
  readonly file: string;
  /** Where the engine reads it: the file itself or a prepared copy. */
  readonly path: string;
  readonly original: string;
  readonly format: FileFormat;
  readonly delimiter: string;
  readonly encoding: string;
  readonly columns: readonly string[];
  /** The first records, without the header, and whether these are all. */
  readonly sample: readonly (readonly string[])[];
  readonly whole: boolean;
}

const sampleRecords = 10_000;

const declaredDelimiter = (file: string, format: FileFormat): string | undefined =>
  format.delimiter ?? (/\.tsv(\.gz)?$/i.test(file) ? "\t" : undefined);

function fitting(records: readonly (readonly string[])[], columns: number): number {
  return records.filter((record) => record.length === columns).length;
}

/** The records at the end of a file, of which it is not known whether they begin inside quotes: the reading that fits better. */
function lastRecords(tail: string, delimiter: string, columns: number): Records {
  const text = tail.slice(tail.search(/[\r\n]/) + 1);
  const [outside, inside] = [splitRecords(text, delimiter), splitRecords(text, delimiter, true)];
  return fitting(inside.records, columns) > fitting(outside.records, columns) ? inside : outside;
}

function checkEnd(
  file: string,
  seen: Peek,
  first: Records,
  format: { encoding: string; delimiter: string; columns: number },
): void {
  const whole = seen.whole;
  const end = whole
    ? first
    : lastRecords(decode(alignedTail(seen.tail, format.encoding), format.encoding), format.delimiter, format.columns);
  if (end.ended || (whole && end.records.length < 2)) return;
  const fields = end.records.at(-1)?.length ?? 0;
  if (end.open) throw cut(file, "its last line ends inside quotes");
  if (fields < format.columns)
    throw cut(file, `its last line has ${fields} of ${format.columns} columns and no line end`);
}

const alignedTail = (tail: Buffer, encoding: string): Buffer =>
  encoding.startsWith("utf-16") ? tail.subarray(tail.length % 2) : tail;

/** The first records of a file; the last of them only when it is all there. */
function firstRecords(seen: Peek, text: string, delimiter: string): Records {
  const split = splitRecords(text, delimiter);
  return seen.whole ? split : { ...split, records: split.records.slice(0, -1) };
}

function checkText(file: string, text: string): void {
  if (text.slice(0, 4096).includes("\0")) throw unreadableFile(file, "it is not text");
}

/**
 * Finds out how a delimited file is written: encoding and line ends from its bytes, delimiter by a vote of its first lines.
 * Anything but UTF-8 with one kind of line end is copied as UTF-8, and the copy is read.
 */
export async function understand(located: Located, format: FileFormat, workshop: Workshop): Promise<Delimited> {
  const { file, path } = located;
  const seen = await peek(path, file);
  const encoding = encodingOf(seen, format.encoding);
  const text = decode(seen.head, encoding);
  checkText(file, text);
  const delimiter = declaredDelimiter(file, format) ?? voteDelimiter(text.slice(0, 1 << 16));
  const first = firstRecords(seen, text, delimiter);
  const header = first.records[0];
  if (header === undefined) throw unreadableFile(file, seen.whole ? "it has no lines" : "its first line is too long");
  const columns = format.header === false ? header.map((_, i) => `column${i}`) : columnNames(header);
  checkEnd(file, seen, first, { encoding, delimiter, columns: columns.length });
  const asItIs = encoding === "utf-8" && !mixesLineEnds(text);
  return {
    file,
    path: asItIs ? await workshop.reachable(path) : await copy(path, encoding, workshop),
    original: path,
    format,
    delimiter,
    encoding,
    columns,
    sample: first.records.slice(format.header === false ? 0 : 1, sampleRecords),
    whole: seen.whole && first.records.length <= sampleRecords,
  };
}

async function copy(path: string, encoding: string, workshop: Workshop): Promise<string> {
  const prepared = await workshop.prepared("csv");
  await transcode(path, prepared, encoding, isGzip(path));
  return prepared;
}

/** The same file read through a copy in another encoding. */
export async function recoded(file: Delimited, encoding: string, workshop: Workshop): Promise<Delimited> {
  return { ...file, encoding, path: await copy(file.original, encoding, workshop) };
}
