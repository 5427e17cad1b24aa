import { isUtf8 } from "node:buffer";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

/** Whether bytes are UTF-8, forgiving a character that is cut at a ragged start or end. */
export function isValidUtf8(bytes: Buffer, raggedEnd: boolean, raggedStart: boolean): boolean {
  const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;
  let start = 0;
  while (raggedStart && start < 3 && isContinuation(bytes[start])) start++;
  for (let dropped = 0; dropped <= (raggedEnd ? 3 : 0); dropped++)
    if (isUtf8(bytes.subarray(start, bytes.length - dropped))) return true;
  return false;
}

/** The encoding that the first bytes betray: by their mark, or by the zeros that UTF-16 has in every other place. */
function markedEncoding(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const sample = head.subarray(0, 512);
  const zeros = (odd: number) => sample.filter((byte, i) => byte === 0 && i % 2 === odd).length;
  if (zeros(1) > sample.length / 4 && zeros(0) === 0) return "utf-16le";
  if (zeros(0) > sample.length / 4 && zeros(1) === 0) return "utf-16be";
  return undefined;
}

/** The declared encoding, else UTF-16 by its marks, else UTF-8 where it is valid, else Windows-1252 (which contains Latin-1). */
export function encodingOf(seen: { head: Buffer; utf8: boolean }, declared: string | undefined): string {
  const marked = markedEncoding(seen.head);
  if (declared === undefined) return marked ?? (seen.utf8 ? "utf-8" : "windows-1252");
  const { encoding } = new TextDecoder(declared);
  return encoding === "utf-16le" && marked !== undefined ? marked : encoding;
}

/** Text of a piece of a file; a character cut at its edge becomes U+FFFD. */
export const decode = (bytes: Buffer, encoding: string): string => new TextDecoder(encoding).decode(bytes);

/** Copies a file as UTF-8 with `\n` line ends, piece by piece; `unpack` for gzip. */
export async function transcode(from: string, to: string, encoding: string, unpack: boolean): Promise<void> {
  const decoder = new TextDecoder(encoding);
  async function* rewritten(chunks: AsyncIterable<Buffer>) {
    let held = "";
    for await (const chunk of chunks) {
      const text = held + decoder.decode(chunk, { stream: true });
      held = text.endsWith("\r") ? "\r" : "";
      yield text.slice(0, text.length - held.length).replace(/\r\n?/g, "\n");
    }
    yield (held + decoder.decode()).replace(/\r\n?/g, "\n");
  }
  if (unpack) await pipeline(createReadStream(from), createGunzip(), rewritten, createWriteStream(to));
  else await pipeline(createReadStream(from), rewritten, createWriteStream(to));
}
