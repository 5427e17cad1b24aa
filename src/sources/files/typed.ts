import type { Connection } from "../../engine/database.ts";
import { raw } from "../../engine/sql.ts";
import type { ColumnType } from "./column-type.ts";

/** A column of text, the values seen of it so far and the type they have. */
export interface TypedColumn {
  readonly name: string;
  readonly values: readonly string[];
  readonly type: ColumnType;
}

export const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;
export const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/**
 * A SELECT that gives every column its type. A value that is not exactly of it becomes NULL and moves the sequence, so that
 * one look at the sequence after reading tells whether anything was misread, without reading twice.
 */
export function typedSelect(columns: readonly TypedColumn[], from: string, misreads: string): string {
  const items = columns.map(({ name, type }) => {
    const cell = quoted(name);
    if (type.name === "text") return cell;
    const counted = `CASE WHEN nextval(${literal(misreads)}) < 0 THEN CAST(NULL AS ${type.type}) END`;
    return `coalesce(${type.read(cell)}, CASE WHEN trim(${cell}) <> '' THEN ${counted} END) AS ${cell}`;
  });
  return `SELECT ${items.join(", ")} FROM ${from}`;
}

/** Columns with those of their values that their type cannot read: at most 200 of each. */
export async function misfits(
  connection: Connection,
  columns: readonly TypedColumn[],
  from: string,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { name, type } of columns.filter((column) => column.type.name !== "text")) {
    const cell = quoted(name);
    const query = `SELECT DISTINCT ${cell} AS value FROM ${from} WHERE trim(${cell}) <> '' AND (${type.read(cell)}) IS NULL LIMIT 200`;
    const values = (await connection.rows(raw(query))).map((row) => String(row["value"]));
    if (values.length > 0) found.set(name, values);
  }
  return found;
}
