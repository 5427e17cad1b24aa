import { randomBytes } from "node:crypto";
import type { Disk, Growing } from "./disk.ts";
import { framed } from "./framing.ts";

/** An append-only record of what was accepted, in segments. */
export interface Journal {
  /** Resolves when the texts, each of one line, are on the disk; those of callers who come while it is busy go together. */
  readonly append: (texts: readonly string[]) => Promise<void>;
  /** Ends the segment that is being written, and looks at the folder while none is. */
  readonly seal: <T>(look: () => T) => Promise<T>;
}

/** What goes to the disk together. */
interface Commit {
  readonly texts: string[];
  /** What is to be done once its segment is closed; without any, the segment goes on. */
  readonly afterwards: (() => void)[];
  readonly done: PromiseWithResolvers<void>;
}

interface Segment {
  readonly file: Growing;
  length: number;
}

const largest = 32_000_000;

/** Names in the order of their making, even where the machine's clock is turned back while it runs. */
function namesBy(now: () => Date): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, now().getTime());
    const at = new Date(last).toISOString().replaceAll(/[-:.]/g, "");
    return `${at}-${randomBytes(4).toString("hex")}.journal`;
  };
}

function commit(): Commit {
  const done = Promise.withResolvers<void>();
  // Who waits for it hears of its failure; that nobody waits is no failure.
  done.promise.catch(() => undefined);
  return { texts: [], afterwards: [], done };
}

/**
 * Opens a journal. It never goes on with a segment that it did not begin itself, nor with one that could not be written, so
 * that a torn line is always the last of its segment.
 */
export function openJournal(disk: Disk, now: () => Date): Journal {
  const nextName = namesBy(now);
  let waiting = commit();
  let running = false;
  let segment: Segment | undefined;

  async function end(): Promise<void> {
    const ended = segment;
    segment = undefined;
    await ended?.file.close();
  }

  async function write(texts: readonly string[]): Promise<void> {
    if (texts.length === 0) return;
    segment ??= { file: await disk.create(nextName()), length: 0 };
    const written = texts.map(framed).join("");
    await segment.file.write(written);
    await segment.file.sync();
    segment.length += written.length;
  }

  async function carryOut({ texts, afterwards, done }: Commit): Promise<void> {
    const failure = await write(texts).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    if (failure !== undefined || afterwards.length > 0 || (segment?.length ?? 0) > largest)
      await end().catch(() => undefined);
    for (const each of afterwards) each();
    if (failure === undefined) done.resolve();
    else done.reject(failure.error);
  }

  async function run(): Promise<void> {
    running = true;
    await new Promise(setImmediate);
    while (waiting.texts.length > 0 || waiting.afterwards.length > 0) {
      const next = waiting;
      waiting = commit();
      await carryOut(next);
    }
    running = false;
  }

  function startedRun(): void {
    if (!running) void run();
  }

  return {
    append(texts) {
      if (texts.length === 0) return Promise.resolve();
      const { done } = waiting;
      waiting.texts.push(...texts);
      startedRun();
      return done.promise;
    },
    seal: (look) =>
      new Promise((resolve, reject) => {
        waiting.afterwards.push(() => {
          try {
            resolve(look());
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
        startedRun();
      }),
  };
}
