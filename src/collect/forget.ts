import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { archiveFolder } from "./folders.ts";
import { segmentsIn } from "../engine/journal/segments.ts";

const words = /[^\s"',:{}[\]\\]+/g;

/** Removes what was kept of loaded events where it mentions somebody; returns how many segments that were. What waits to be loaded stays. */
export function forgetArchived(folder: string, isTheirs: (word: string) => boolean): number {
  const mentioned = segmentsIn(archiveFolder(folder))
    .map((name) => join(archiveFolder(folder), name))
    .filter((file) => (readFileSync(file, "utf8").match(words) ?? []).some(isTheirs));
  for (const file of mentioned) rmSync(file);
  return mentioned.length;
}
