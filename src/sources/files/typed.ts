import type { Connection } from "../../engine/database.ts";
import { literal, quoted, raw } from "../../engine/sql.ts";
import type { ColumnType } from "./column-type.ts";

/** A column of text, the values seen of it so far and the type they have. */
export interface TypedColumn {
  readonly name: string;
  readonly values: readonly string[];
  readonly type: ColumnType;
  /** Numbers and text are told apart by the file itself, as JSON does. */
  readonly isNumeric?: boolean;
  /** The type stays although some values do not fit it, because a SELECT needs it; their rows are left out and told. */
  readonly insisted?: boolean;
}

/** A path as a literal in which nothing stands for anything else. */
export const quotedPath = (path: string): string => literal(path.replace(/[*?[]/g, "[$&]"));

/** The SELECT with NULLs of no type in place of the columns of which no value was seen. */
export function withNulls(columns: readonly TypedColumn[], select: string): string {
  const empty = columns.filter(({ values }) => values.every((value) => value.trim() === ""));
  if (empty.length === 0) return select;
  return `SELECT * REPLACE (${empty.map(({ name }) => `NULL AS ${quoted(name)}`).join(", ")}) FROM (${select})`;
}

/** Whether the reader may type the column by itself: its type allows it, and none of its values is made of blanks. */
export const isDirect = ({ type, values, isNumeric, insisted }: TypedColumn): boolean =>
  type.name === "text" ||
  (type.direct &&
    isNumeric === undefined &&
    insisted !== true &&
    !values.some((value) => value !== "" && value.trim() === ""));

/** The type under which the reader gives a column. */
export const readerType = (column: TypedColumn): string => (isDirect(column) ? column.type.type : "VARCHAR");

/** SQL that holds for a row whose value of the column is empty or fits its type; `value` is that value, typed. */
const fits = ({ name, type }: TypedColumn, value: string): string =>
  `(coalesce(trim(${quoted(name)}), '') = '' OR coalesce(${type.fits(quoted(name), value)}, false))`;

/** The rows that are left out because a value does not fit a type that is insisted on, as JSON, each with its reason. */
export async function leftOut(
  connection: Connection,
  columns: readonly TypedColumn[],
  from: string,
): Promise<{ raw: string; reason: string }[]> {
  const queries = columns
    .filter(({ insisted }) => insisted === true)
    .map((column) => {
      const reason = `${literal(`${column.name}: `)} || left(${quoted(column.name)}, 60) || ${literal(` is no ${column.type.type} as the others are; declare decimal or dates, or convert it in the SELECT`)}`;
      const unfit = `NOT ${fits(column, column.type.value(quoted(column.name)))}`;
      return `SELECT CAST(to_json(t) AS VARCHAR) AS raw, ${reason} AS reason FROM ${from} AS t WHERE ${unfit}`;
    });
  if (queries.length === 0) return [];
  const rows = await connection.rows(raw(queries.join(" UNION ALL ")));
  return rows.map((row) => ({ raw: String(row["raw"]), reason: String(row["reason"]) }));
}

/**
 * A SELECT that gives every column its type. A value that is not exactly of it becomes NULL and moves the sequence, so that
 * one look at the sequence after reading tells whether anything was misread, without reading twice.
 */
export function typedSelect(columns: readonly TypedColumn[], from: string, misreads: string): string {
  const guarded = columns.filter((column) => !isDirect(column));
  if (guarded.length === 0) return `SELECT * FROM ${from}`;
  const typed = (column: TypedColumn) => quoted(`${column.name} as ${column.type.name}`);
  const values = guarded.map((column) => `${column.type.value(quoted(column.name))} AS ${typed(column)}`);
  const items = columns.map((column) => {
    const cell = quoted(column.name);
    if (isDirect(column)) return cell;
    const counted = `CASE WHEN nextval(${literal(misreads)}) < 0 THEN CAST(NULL AS ${column.type.type}) END`;
    return `CASE WHEN ${column.type.fits(cell, typed(column))} THEN ${typed(column)} WHEN trim(${cell}) <> '' THEN ${counted} END AS ${cell}`;
  });
  const fitting = guarded.filter(({ insisted }) => insisted === true).map((column) => fits(column, typed(column)));
  const where = fitting.length === 0 ? "" : ` WHERE ${fitting.join(" AND ")}`;
  return `SELECT ${items.join(", ")} FROM (SELECT *, ${values.join(", ")} FROM ${from})${where}`;
}

/** Columns with those of their values that their type cannot read: at most 200 of each; `from` gives every column as text. */
export async function misfits(
  connection: Connection,
  columns: readonly TypedColumn[],
  from: string,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const column of columns.filter((each) => each.type.name !== "text" && each.insisted !== true)) {
    const cell = quoted(column.name);
    const unread = `(${column.type.fits("t", "v")}) IS NOT true AND ${isDirect(column) ? "t IS NOT NULL" : "trim(t) <> ''"}`;
    const values = `SELECT ${cell} AS t, ${column.type.value(cell)} AS v FROM ${from}`;
    const rows = await connection.rows(raw(`SELECT DISTINCT t AS value FROM (${values}) WHERE ${unread} LIMIT 200`));
    if (rows.length > 0)
      found.set(
        column.name,
        rows.map((row) => String(row["value"])),
      );
  }
  return found;
}
