import type { Connection } from "../../engine/database.ts";
import type { OpenedSource } from "../opened.ts";
import type { FilesSource } from "./format.ts";
import { openFiles } from "./open.ts";

/** The files of a source as a source like any other. */
export async function openFilesSource(
  connection: Connection,
  folder: string,
  spec: FilesSource,
): Promise<OpenedSource> {
  const { files, ...opened } = await openFiles(connection, folder, spec);
  return {
    ...opened,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    complete: spec.complete ?? false,
    format: { decimal: spec.decimal, dates: spec.dates, zone: spec.zone },
  };
}
