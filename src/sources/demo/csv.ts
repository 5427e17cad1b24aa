import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";

const chunkLength = 256 * 1024;
const bufferedBytes = 1024 * 1024;

/** A CSV file that is written in large chunks. */
export interface CsvFile {
  /** Adds text that ends with a line break and counts its rows. */
  readonly add: (lines: string, rows: number) => void;
  readonly rows: () => number;
  /** True when the disk is behind; then wait for `ready` before adding more. */
  readonly behind: () => boolean;
  readonly ready: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a CSV file, replacing what was there, and writes its header. */
export function csvFile(path: string, columns: readonly string[]): CsvFile {
  const stream = createWriteStream(path, { highWaterMark: bufferedBytes });
  const done = finished(stream);
  done.catch(() => undefined);
  let chunk = `${columns.join(",")}\n`;
  let count = 0;
  let behind = false;
  const flush = (): void => {
    behind = !stream.write(Buffer.from(chunk)) || behind;
    chunk = "";
  };
  return {
    add: (lines, rows) => {
      chunk += lines;
      count += rows;
      if (chunk.length >= chunkLength) flush();
    },
    rows: () => count,
    behind: () => behind,
    ready: async () => {
      if (stream.errored) return done;
      if (stream.writableNeedDrain) await Promise.race([once(stream, "drain"), done]);
      behind = false;
    },
    close: async () => {
      flush();
      stream.end();
      await done;
    },
  };
}

/** A value of a cell; what is undefined is an empty cell. */
export type Cell = string | number | boolean | undefined;

const special = /[",\r\n]/;

/** A cell as RFC 4180 has it. */
export const quote = (text: string): string => (special.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A line of a CSV file from a value per column; columns that are not given stay empty. */
export function csvLine<C extends string>(columns: readonly C[], row: Readonly<Partial<Record<C, Cell>>>): string {
  let line = "";
  for (let index = 0; index < columns.length; index++) {
    const cell = row[columns[index] as C];
    if (index > 0) line += ",";
    if (cell !== undefined) line += typeof cell === "string" ? quote(cell) : cell;
  }
  return `${line}\n`;
}

/** An amount of minor units as text with a dot and two decimals. */
export function money(cents: number): string {
  const size = Math.abs(cents);
  const rest = size % 100;
  return `${cents < 0 ? "-" : ""}${(size - rest) / 100}.${rest < 10 ? "0" : ""}${rest}`;
}
