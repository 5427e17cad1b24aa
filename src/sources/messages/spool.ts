import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";

/** Between the number of a line and the line: a character that JSON cannot hold. */
export const separator = "\u0001";

/** Messages that are landed together: all up to a STATE, with it, or up to the end. */
export interface Chunk {
  /** Where they are: a line each, with its number before it. */
  readonly file: string;
  readonly lines: number;
  /** The beginnings of lines that are too long to be a message. */
  readonly tooLong: readonly string[];
}

export interface SpoolOptions {
  /** Bytes from which on the next STATE ends a chunk. */
  readonly enough?: number;
  /** Bytes that a line may have. */
  readonly longest?: number;
}

const newline = 10;

/** The lines of a stream of bytes, without their ends; empty ones are left out. */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const bytes of input) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let from = 0;
    for (let end = buffer.indexOf(newline); end >= 0; end = buffer.indexOf(newline, from)) {
      const line = begun.length === 0 ? buffer.subarray(from, end) : Buffer.concat([...begun, buffer.subarray(0, end)]);
      begun = [];
      from = end + 1;
      if (line.length > 0) yield line;
    }
    if (from < buffer.length) begun.push(Buffer.from(buffer.subarray(from)));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}

function isState(line: Buffer): boolean {
  if (!line.includes('"STATE"')) return false;
  try {
    return (JSON.parse(line.toString()) as { type?: unknown } | null)?.type === "STATE";
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** A chunk that is being written. */
class Writing {
  readonly #file: string;
  readonly #handle: FileHandle;
  #waiting: Buffer[] = [];
  #pending = 0;
  #lines = 0;
  readonly #tooLong: string[] = [];
  bytes = 0;

  constructor(file: string, handle: FileHandle) {
    this.#file = file;
    this.#handle = handle;
  }

  async add(line: Buffer, longest: number): Promise<void> {
    this.#lines += 1;
    if (line.length > longest) {
      this.#tooLong.push(line.toString("utf8", 0, 1000));
      return;
    }
    this.#waiting.push(Buffer.from(`${this.#lines}${separator}`), line, Buffer.from("\n"));
    this.bytes += line.length;
    this.#pending += line.length;
    if (this.#pending > 1_000_000) await this.#flush();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting.splice(0));
    this.#pending = 0;
    await this.#handle.write(bytes);
  }

  async close(): Promise<Chunk> {
    await this.#flush();
    await this.#handle.close();
    return { file: this.#file, lines: this.#lines, tooLong: this.#tooLong };
  }
}

const begun = async (file: string): Promise<Writing> => new Writing(file, await open(file, "w", 0o600));

/**
 * Writes messages as they come into files of a folder, and gives each once it can be landed whole: a STATE stands for all that
 * came before it, so that nothing is cut between two. Who takes a chunk deletes its file.
 */
export async function* spooled(
  input: AsyncIterable<Uint8Array>,
  folder: string,
  { enough = 32_000_000, longest = 16_000_000 }: SpoolOptions = {},
): AsyncGenerator<Chunk> {
  let writing: Writing | undefined;
  let chunks = 0;
  for await (const line of linesOf(input)) {
    writing ??= await begun(join(folder, `${++chunks}.jsonl`));
    await writing.add(line, longest);
    if (writing.bytes < enough || !isState(line)) continue;
    yield await writing.close();
    writing = undefined;
  }
  if (writing !== undefined) yield await writing.close();
}
