import { createReadStream, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { unframed } from "./framing.ts";

/** What a line of a segment says, or where and what it is when it is not as it was written. */
export type Line = { readonly text: string } | { readonly line: number; readonly broken: string };

/** The names of the segments in a folder, the oldest first. */
export const segmentsIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".journal"))
        .toSorted()
    : [];

/**
 * The lines of a segment, by the chunk. What follows the last line break is the line that was being written when the process
 * died: nobody was told that it is kept, and it is left out.
 */
export async function* linesOf(folder: string, name: string): AsyncGenerator<Line[]> {
  let [rest, line] = ["", 0];
  for await (const chunk of createReadStream(join(folder, name), { encoding: "utf8", highWaterMark: 1 << 18 })) {
    const texts = (rest + String(chunk)).split("\n");
    rest = texts.pop() ?? "";
    yield texts.map((each) => {
      line += 1;
      const text = unframed(each);
      return text === undefined ? { line, broken: each } : { text };
    });
  }
}
