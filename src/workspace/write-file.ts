import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes a file of the workspace whole or not at all; gives back how to undo it. */
export function writeFile(folder: string, file: string, text: string): () => void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  const before = readIfThere(path);
  writeFileAtomically(path, text);
  return () => (before === undefined ? rmSync(path, { force: true }) : writeFileAtomically(path, before));
}

/** Writes a file whole or not at all. */
export function writeFileAtomically(path: string, text: string): void {
  const aside = `${path}.${process.pid}.new`;
  writeFileSync(aside, text);
  renameSync(aside, path);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
