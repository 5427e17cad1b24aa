import type { Connection } from "../../engine/database.ts";
import { literal, quoted, raw } from "../../engine/sql.ts";

/** A line that the engine could not read, as it reports it. */
export interface Reject {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  readonly kind: string;
  readonly reason: string;
}

/** Names of the two tables in which the engine keeps what it rejected; they exist from the first reading on. */
export const rejectNames = (stem: string) => ({ errors: `${stem}_errors`, scans: `${stem}_scans` });

const reasons: Readonly<Record<string, string>> = {
  "TOO MANY COLUMNS": "more columns than the header",
  "MISSING COLUMNS": "fewer columns than the header",
  "UNQUOTED VALUE": "a quote is opened and not closed properly",
  "LINE SIZE OVER MAXIMUM": "the line is longer than 2 million bytes",
  "INVALID ENCODING": "bytes that are no text in the encoding of the file",
};

/** The rejected lines since they were last forgotten; `forget` empties the tables instead. */
export async function readRejects(
  connection: Connection,
  names: { errors: string; scans: string },
  forget = false,
): Promise<Reject[]> {
  const there = await connection.rows(
    raw(`SELECT 1 FROM duckdb_tables() WHERE table_name = ${literal(names.errors)} AND temporary`),
  );
  if (there.length === 0) return [];
  if (forget) {
    await connection.run(raw(`DELETE FROM ${quoted(names.errors)}`));
    await connection.run(raw(`DELETE FROM ${quoted(names.scans)}`));
    return [];
  }
  const rows = await connection.rows(
    raw(`SELECT DISTINCT s.file_path, e.line, e.csv_line, CAST(e.error_type AS VARCHAR) AS kind, e.error_message
      FROM ${quoted(names.errors)} AS e JOIN ${quoted(names.scans)} AS s USING (scan_id, file_id)`),
  );
  return rows.map((row) => ({
    path: String(row["file_path"]),
    line: Number(row["line"]),
    text: String(row["csv_line"] ?? ""),
    kind: String(row["kind"]),
    reason: reasons[String(row["kind"])] ?? String(row["error_message"]),
  }));
}
