import { recoded, type Delimited } from "./delimited.ts";
import { isGzip } from "./peek.ts";
import type { Relation, ShortLines, UnreadableLine, Workshop } from "./relation.ts";
import { readRejects, rejectNames, type Reject } from "./rejects.ts";
import { leftOut, quotedPath, readerType, typedSelect, withNulls, type TypedColumn } from "./typed.ts";
import { typedColumn, typing } from "./typing.ts";
import { literal } from "../../engine/sql.ts";

/** The columns of files that are read as one, each with the values seen in any of them. */
export function typedColumns(files: readonly Delimited[]): TypedColumn[] {
  const values = new Map<string, Set<string>>();
  for (const { columns, sample } of files)
    columns.forEach((column, i) => {
      const seen = values.get(column) ?? new Set();
      for (const record of sample) if (record[i] !== undefined) seen.add(record[i]);
      values.set(column, seen);
    });
  return [...values].map(([name, seen]) => typedColumn({ name, values: [...seen] }, files[0]?.format ?? {}));
}

interface State {
  files: readonly Delimited[];
  padded: boolean;
  short: readonly ShortLines[];
}

interface Reading {
  readonly padded: boolean;
  readonly rejects: { readonly errors: string; readonly scans: string };
  /** The type that the reader gives a column. */
  readonly typeOf: (column: string) => string;
}

function readCsv(files: readonly Delimited[], { padded, rejects, typeOf }: Reading): string {
  const [first] = files as [Delimited, ...Delimited[]];
  const columns = first.columns.map((column) => `${literal(column)}: ${literal(typeOf(column))}`).join(", ");
  const paths = files.map(({ path }) => quotedPath(path)).join(", ");
  const padding = padded ? "null_padding=true, parallel=false, " : "";
  const packed = isGzip(first.path) ? "compression='gzip', " : "";
  const decimal = first.format.decimal === "," ? "decimal_separator=',', " : "";
  return `read_csv([${paths}], auto_detect=false, ${decimal}delim=${literal(first.delimiter)}, quote='"', escape='"', comment='', nullstr='',
    header=${first.format.header !== false}, ${padding}${packed}columns={${columns}},
    store_rejects=true, rejects_table=${literal(rejects.errors)}, rejects_scan=${literal(rejects.scans)})`;
}

const layout = (file: Delimited): string =>
  JSON.stringify([file.delimiter, file.columns, file.format.header !== false, isGzip(file.path)]);

function source(files: readonly Delimited[], reading: Reading): string {
  const groups = [...Map.groupBy(files, layout).values()].map((group) => readCsv(group, reading));
  return groups.length === 1
    ? (groups[0] ?? "")
    : `(${groups.map((group) => `SELECT * FROM ${group}`).join(" UNION ALL BY NAME ")})`;
}

function countShort(rejects: readonly Reject[]): ShortLines[] {
  const short = Map.groupBy(
    rejects.filter((each) => each.kind === "MISSING COLUMNS"),
    (each) => each.path,
  );
  return [...short].map(([file, lines]) => ({ file, lines: new Set(lines.map((each) => each.line)).size }));
}

/**
 * Delimited files read as text, strictly, and typed by the view over them. What only the whole files can tell is learned
 * from the first reading instead of from a pass of its own: short lines (then all is read again, padded), bytes that are not
 * UTF-8 (then from a copy recoded from Windows-1252) and values that do not fit the type of the sample (then the column
 * takes a type that fits them all, at worst text). A clean file is read once.
 */
export async function delimitedRelation(files: readonly Delimited[], workshop: Workshop): Promise<Relation> {
  const { connection } = workshop;
  const misreads = await workshop.sequence();
  const names = rejectNames(misreads);
  const types = typing(connection, typedColumns(files), files[0]?.format ?? {}, misreads);
  const state: State = { files, padded: false, short: [] };
  const shown = (path: string) => state.files.find((file) => file.path === path)?.file ?? path;

  function asText(): string {
    return source(state.files, {
      padded: state.padded,
      rejects: rejectNames(`${misreads}_text`),
      typeOf: () => "VARCHAR",
    });
  }

  function asTyped(): string {
    const readerTypes = new Map(types.columns().map((column) => [column.name, readerType(column)]));
    const typeOf = (column: string) => readerTypes.get(column) ?? "VARCHAR";
    return source(state.files, { padded: state.padded, rejects: names, typeOf });
  }

  async function recode(rejects: readonly Reject[]): Promise<boolean> {
    const wrong = new Set(rejects.filter((each) => each.kind === "INVALID ENCODING").map((each) => each.path));
    const isWrong = (file: Delimited) =>
      wrong.has(file.path) && file.format.encoding === undefined && file.encoding === "utf-8";
    const changed = state.files.some(isWrong);
    const right = async (file: Delimited) => (isWrong(file) ? await recoded(file, "windows-1252", workshop) : file);
    state.files = await Promise.all(state.files.map(right));
    return changed;
  }

  function pad(rejects: readonly Reject[]): boolean {
    if (state.padded || !rejects.some((each) => each.kind === "MISSING COLUMNS")) return false;
    state.padded = true;
    state.short = countShort(rejects).map(({ file, lines }) => ({ file: shown(file), lines }));
    return true;
  }

  return {
    select(emptyAsNull) {
      const typed = typedSelect(types.columns(), asTyped(), misreads);
      const isEmpty = emptyAsNull && state.files.every((file) => file.whole);
      return isEmpty ? withNulls(types.columns(), typed) : typed;
    },
    insist: () => types.insist(),
    async settle() {
      const rejects = await readRejects(connection, names);
      const padded = pad(rejects);
      const refused = rejects.some((each) => each.kind === "CAST");
      const changed = [padded, await recode(rejects), await types.learn(refused, asText())].includes(true);
      if (changed) await readRejects(connection, names, true);
      return !changed;
    },
    async unreadable(): Promise<UnreadableLine[]> {
      const rejects = await readRejects(connection, names);
      const broken = rejects.filter((each) => each.kind !== "MISSING COLUMNS" && each.kind !== "CAST");
      const lines = new Map(
        broken.map(({ path, line, text, reason }) => [
          `${path}:${line}`,
          { file: shown(path), line, raw: text, reason },
        ]),
      );
      const out = await leftOut(connection, types.columns(), asText());
      const where = state.files.map(({ file }) => file).join(", ");
      const sorted = [...lines.values()].toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
      return [...sorted, ...out.map((each) => ({ file: where, line: 0, ...each }))];
    },
    short: () => state.short,
  };
}
