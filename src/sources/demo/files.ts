import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { columns, factNames, type FactName } from "./columns.ts";
import { csvFile, type CsvFile } from "./csv.ts";

/** The files of the demo, open for writing. */
export type Files = Readonly<Record<FactName, CsvFile>>;

/** Opens a file for every fact in `folder`/files. */
export async function openFiles(folder: string): Promise<Files> {
  await mkdir(join(folder, "files"), { recursive: true });
  return Object.fromEntries(
    factNames.map((name) => [name, csvFile(join(folder, "files", `${name}.csv`), columns[name])]),
  ) as Files;
}

/** Waits for the files of which the disk is behind. */
export async function caughtUp(files: Files): Promise<void> {
  for (const name of factNames) if (files[name].behind()) await files[name].ready();
}

/** Writes what is left and closes all files. */
export const closeFiles = async (files: Files): Promise<void> => {
  await Promise.all(factNames.map((name) => files[name].close()));
};
