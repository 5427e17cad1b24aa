import { statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname } from "node:path";
import type { Connection } from "../../engine/database.ts";
import { raw } from "../../engine/sql.ts";
import { ambiguity } from "./column-type.ts";
import { typedColumns } from "./delimited-relation.ts";
import type { FileFormat } from "./format.ts";
import type { Located } from "./locate.ts";
import { asDelimited, kindOf, relationOf } from "./relation-of.ts";
import type { Workshop } from "./relation.ts";
import { openWorkshop } from "./workshop.ts";

/** What a file seems to hold, and what only a person can know about it. */
export interface Sniffed {
  readonly columns: readonly { readonly name: string; readonly type: string; readonly examples: readonly string[] }[];
  readonly delimiter: string | undefined;
  readonly encoding: string;
  /** Columns that cannot be read before `decimal` (number) or `dates` (date) is declared. */
  readonly ambiguous: readonly {
    readonly column: string;
    readonly kind: "number" | "date";
    readonly examples: readonly string[];
  }[];
}

interface Seen {
  readonly name: string;
  readonly type: string;
  readonly values: readonly string[];
}

const examples = (values: readonly string[]): string[] => values.filter((value) => value.trim() !== "").slice(0, 5);

function sniffed(
  columns: readonly Seen[],
  format: FileFormat,
  written: { delimiter: string | undefined; encoding: string },
): Sniffed {
  const ambiguous = columns.flatMap(({ name, type, values }) => {
    const kind = type === "VARCHAR" ? ambiguity(values, format) : undefined;
    return kind === undefined ? [] : [{ column: name, kind, examples: examples(values) }];
  });
  return {
    columns: columns.map(({ name, type, values }) => ({ name, type, examples: examples(values) })),
    ...written,
    ambiguous,
  };
}

async function sniffTyped(
  connection: Connection,
  located: Located,
  format: FileFormat,
  workshop: Workshop,
): Promise<Sniffed> {
  const select = (await relationOf([located], () => format, workshop)).select(false);
  const rows = await connection.rows(raw(`SELECT * FROM (${select}) LIMIT 1000`));
  const columns = (await connection.describe(select)).map(({ name, type }) => {
    const values = rows.flatMap((row) => (row[name] == null ? [] : [String(row[name])]));
    return { name, type, values: [...new Set(values)] };
  });
  return sniffed(columns, format, { delimiter: undefined, encoding: "utf-8" });
}

async function sniffDelimited(located: Located, format: FileFormat, workshop: Workshop): Promise<Sniffed> {
  const file = await asDelimited(located, format, workshop);
  const columns = typedColumns([file]).map(({ name, type, values }) => ({ name, type: type.type, values }));
  return sniffed(columns, format, { delimiter: file.delimiter, encoding: file.encoding });
}

/** Looks at the first lines of a file for a guided import; reads nothing further and leaves nothing behind. */
export async function sniffFile(connection: Connection, path: string, format: FileFormat): Promise<Sniffed> {
  const { size, mtimeMs } = statSync(path);
  const located = { file: basename(path), path, bytes: size, modified: mtimeMs };
  const workshop = openWorkshop(connection, dirname(path), tmpdir());
  try {
    if (kindOf(path) === "delimited") return await sniffDelimited(located, format, workshop);
    return await sniffTyped(connection, located, format, workshop);
  } finally {
    await workshop.sweep();
  }
}
