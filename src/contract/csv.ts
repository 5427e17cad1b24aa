/** A cell as contracts have it. */
type Cell = string | number | boolean | null;

const plainNumber = /^[+-]?\d+(\.\d+)?$/;
const formula = /^[=+\-@\t\r]/;

/** A cell of a CSV file (RFC 4180). What a spreadsheet would run as a formula is disarmed by an apostrophe. */
function csvCell(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell !== "string") return String(cell);
  const safe = formula.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line of a CSV file, with its end. */
export const csvLine = (cells: readonly (Cell | undefined)[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** A whole CSV file: its heading first. */
export const csv = (rows: readonly (readonly (Cell | undefined)[])[]): string => rows.map(csvLine).join("");
