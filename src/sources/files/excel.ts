import { readFile, writeFile } from "node:fs/promises";
import { inflateRawSync } from "node:zlib";
import { read, utils, type WorkBook } from "@e965/xlsx";
import { messageOf, Problem } from "../../engine/problem.ts";
import type { FileFormat } from "./format.ts";
import { cut, unreadableFile } from "./peek.ts";

const fileLimit = 100e6;
const unpackedLimit = 500e6;

/** Whether a name is that of a workbook. */
export const isExcel = (file: string): boolean => /\.xlsx?$/i.test(file);

function tooLarge(file: string): Problem {
  return new Problem(
    "file-unreadable",
    `${file} is too large for an Excel file (at most ${fileLimit / 1e6} MB, ${unpackedLimit / 1e6} MB unpacked)`,
    "export it as CSV and map that",
    { file },
  );
}

/** The packed pieces of a zip file, as its directory tells them. */
function zipEntries(file: string, bytes: Buffer): { packed: Buffer; deflated: boolean; size: number }[] {
  const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  if (end < 0 || end + 22 > bytes.length) throw cut(file, "the directory at the end of the workbook is missing");
  const entries = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50)
      throw cut(file, "the directory of the workbook is broken");
    const local = bytes.readUInt32LE(at + 42);
    if (local + 30 > bytes.length) throw cut(file, "a part of the workbook is missing");
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    entries.push({ packed, deflated: bytes.readUInt16LE(at + 10) === 8, size: bytes.readUInt32LE(at + 24) });
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** Unpacks each part under a limit before the workbook is trusted, because the sizes that a zip file states may lie. */
function checkZip(file: string, bytes: Buffer): void {
  let left = unpackedLimit;
  const entries = zipEntries(file, bytes);
  if (entries.reduce((sum, { size }) => sum + size, 0) > unpackedLimit) throw tooLarge(file);
  for (const { packed, deflated } of entries) {
    left -= deflated ? unpackedSize(file, packed, left) : packed.length;
    if (left <= 0) throw tooLarge(file);
  }
}

/** New workbooks are zip files, old and encrypted ones compound files; other things under the same name are not guessed at. */
function checkContainer(file: string, bytes: Buffer): void {
  if (bytes.subarray(0, 2).toString("latin1") === "PK") checkZip(file, bytes);
  else if (bytes.subarray(0, 4).toString("hex") !== "d0cf11e0")
    throw unreadableFile(file, "it is no Excel workbook, whatever its name says");
}

function unpackedSize(file: string, packed: Buffer, limit: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(limit, 1) }).length;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(file);
    if (code === "Z_BUF_ERROR") throw cut(file, "a part of the workbook ends too early");
    throw unreadableFile(file, "a part of the workbook is damaged");
  }
}

const two = (n: number) => String(n).padStart(2, "0");

function instant(date: Date): string {
  const at = new Date(Math.round(date.getTime() / 1000) * 1000);
  const day = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  if (at.getUTCFullYear() < 1900) return time;
  return time === "00:00:00" ? day : `${day} ${time}`;
}

/** A number of a cell is not ambiguous: a fourth decimal keeps 1.234 from looking like thousands. */
function number(value: number, decimal: string): string {
  const text = String(value);
  return (/^-?\d{1,3}\.\d{3}$/.test(text) ? `${text}0` : text).replace(".", decimal);
}

type Cell = string | number | boolean | Date | null | undefined;

function cellText(value: Cell, decimal: string): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return instant(value);
  if (typeof value === "number") return number(value, decimal);
  return String(value);
}

function workbook(file: string, bytes: Buffer, sheet: string | undefined): WorkBook {
  try {
    return read(bytes, {
      dense: true,
      cellDates: true,
      UTC: true,
      cellFormula: false,
      cellHTML: false,
      sheets: sheet ?? 0,
    });
  } catch (error) {
    throw unreadableFile(file, messageOf(error));
  }
}

function sheetRows(file: string, bytes: Buffer, format: FileFormat): Cell[][] {
  const book = workbook(file, bytes, format.sheet);
  const name = format.sheet ?? book.SheetNames[0] ?? "";
  const sheet = book.SheetNames.includes(name) ? book.Sheets[name] : undefined;
  if (sheet === undefined)
    throw new Problem(
      "sheet-missing",
      `${file} has no sheet ${name}`,
      `name one of ${book.SheetNames.join(", ")} as sheet:`,
      { file },
    );
  return utils.sheet_to_json<Cell[]>(sheet, { header: 1, raw: true, UTC: true, blankrows: false, defval: null });
}

/** A sheet of a workbook as delimited text: days and instants in ISO 8601, numbers plain, with the decimal mark of the format. */
async function sheetText(file: string, path: string, format: FileFormat): Promise<string> {
  const bytes = await readFile(path);
  if (bytes.length === 0) throw unreadableFile(file, "it is empty");
  if (bytes.length > fileLimit) throw tooLarge(file);
  checkContainer(file, bytes);
  const rows = sheetRows(file, bytes, format);
  if (rows.length === 0) throw unreadableFile(file, "the sheet is empty");
  const quote = (text: string) => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const width = Math.max(...rows.slice(0, 1).map((row) => row.length));
  const line = (row: Cell[]) =>
    Array.from({ length: Math.max(width, row.length) }, (_, i) => quote(cellText(row[i], format.decimal ?? "."))).join(
      ",",
    );
  return rows.map((row) => `${line(row)}\n`).join("");
}

/** Writes a sheet as delimited UTF-8 text to a path. */
export async function copySheet(file: string, path: string, to: string, format: FileFormat): Promise<void> {
  await writeFile(to, await sheetText(file, path, format));
}

/** The format of such a copy. */
export const copyFormat = (format: FileFormat): FileFormat => ({ ...format, delimiter: ",", encoding: "utf-8" });
