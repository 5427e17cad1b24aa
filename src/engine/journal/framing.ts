import { crc32 } from "node:zlib";

const width = 8;
const sumOf = (text: string): string => crc32(text).toString(16).padStart(width, "0");

/** A text of one line as it is written: its checksum, a space, itself. */
export const framed = (text: string): string => `${sumOf(text)} ${text}\n`;

/** What a line of a segment says, or nothing when it is not as it was written. */
export function unframed(line: string): string | undefined {
  const text = line.slice(width + 1);
  return line[width] === " " && line.slice(0, width) === sumOf(text) ? text : undefined;
}
