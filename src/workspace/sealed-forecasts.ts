import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where a workspace keeps its sealed forecasts, one a line: beside its settings, as no source can state them again. */
const file = (folder: string): string => join(folder, "forecasts.jsonl");

/** The lines of the sealed forecasts, the oldest first. */
export function sealedLines(folder: string): string[] {
  if (!existsSync(file(folder))) return [];
  return readFileSync(file(folder), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
}

/** Adds a line after all others, and waits until the disk has it. */
export const addSealed = (folder: string, line: string): void =>
  appendFileSync(file(folder), `${line}\n`, { flush: true });
