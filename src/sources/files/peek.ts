import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Problem } from "../../engine/problem.ts";
import { isValidUtf8 } from "./encoding.ts";

/** The beginning and the end of a file as bytes, unpacked. */
export interface Peek {
  readonly head: Buffer;
  readonly tail: Buffer;
  /** The head is the whole content. */
  readonly whole: boolean;
  readonly utf8: boolean;
}

const headBytes = 1 << 20;
const tailBytes = 1 << 16;

export const isGzip = (path: string): boolean => /\.gz$/i.test(path);

/** The Problem of a file that ends too early; nothing of its load may be kept. */
export const cut = (file: string, why: string): Problem =>
  new Problem(
    "file-cut",
    `${file} is cut: ${why}`,
    "copy or export the file again and load it once it is complete; nothing was loaded",
    { file },
  );

/** The Problem of a file that is not what its name says. */
export const unreadableFile = (file: string, why: string): Problem =>
  new Problem(
    "file-unreadable",
    `${file} cannot be read: ${why}`,
    "export the file again, or take it out of the mapping",
    { file },
  );

async function peekPlain(path: string): Promise<Peek> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const piece = async (from: number, length: number) => {
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await handle.read(buffer, 0, length, from);
      return buffer.subarray(0, bytesRead);
    };
    const head = await piece(0, Math.min(size, headBytes));
    const tail = await piece(Math.max(0, size - tailBytes), Math.min(size, tailBytes));
    return {
      head,
      tail,
      whole: size <= headBytes,
      utf8: isValidUtf8(head, size > headBytes, false) && isValidUtf8(tail, false, size > tailBytes),
    };
  } finally {
    await handle.close();
  }
}

async function peekGzip(path: string, file: string): Promise<Peek> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [head, tail, size, utf8] = [Buffer.alloc(0), Buffer.alloc(0), 0, true];
  const take = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (head.length < headBytes) head = Buffer.concat([head, chunk]).subarray(0, headBytes);
      tail = Buffer.concat([tail, chunk]).subarray(-tailBytes);
      if (utf8) utf8 = decodes(decoder, chunk);
    }
  };
  try {
    await pipeline(createReadStream(path), createGunzip(), take);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code === "Z_BUF_ERROR") throw cut(file, "its gzip stream ends too early");
    if (code.startsWith("Z_")) throw unreadableFile(file, "it is no valid gzip stream");
    throw error;
  }
  return { head, tail, whole: size <= headBytes, utf8 };
}

function decodes(decoder: TextDecoder, chunk: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: true });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/**
 * Looks at the two ends of a file. A gzip file is unpacked once to its end, because the engine reads a cut one without a
 * word; a plain file is not read further than its ends.
 */
export async function peek(path: string, file: string): Promise<Peek> {
  const seen = await (isGzip(file) ? peekGzip(path, file) : peekPlain(path));
  if (seen.head.length === 0) throw unreadableFile(file, "it is empty, without even a header");
  return seen;
}
