import { posix } from "node:path";
import { z } from "zod";

/** How a file writes what it says. What is left out is found by looking, except what only a person can know: `decimal` and `dates`. */
export const FileFormat = z.strictObject({
  /** Between columns; by default the one of `,` `;` tab `|` that fits the first lines. */
  delimiter: z.string().min(1).max(4).optional(),
  /** Marks the decimals; the other one then marks thousands. */
  decimal: z.enum([",", "."]).optional(),
  /** Order and separators of days, e.g. `dd/mm/yyyy`; an hour may follow. ISO 8601 is always read. */
  dates: z
    .string()
    .regex(
      /^(?=.*d)(?=.*m)(?=.*y)(d{1,2}|m{1,2}|yy|yyyy)([/.-])(d{1,2}|m{1,2})\2(d{1,2}|m{1,2}|yy|yyyy)$/i,
      "expected days such as dd/mm/yyyy",
    )
    .optional(),
  /** A name such as `windows-1252` or `utf-16le`; by default UTF-8 where that is valid, else Windows-1252. */
  encoding: z.string().refine(isEncoding, "expected an encoding such as utf-8, utf-16le or windows-1252").optional(),
  /** Zone of the instants that are written without an offset. */
  zone: z.string().optional(),
  /** Of an Excel file; the first by default. */
  sheet: z.string().optional(),
  /** Whether the first line names the columns; they are column0, column1, … otherwise. */
  header: z.boolean().optional(),
});
export type FileFormat = z.infer<typeof FileFormat>;

/** A source of kind `files`: a SELECT per fact over files of the workspace, and how these are written. */
export const FilesSource = z.strictObject({
  kind: z.literal("files").optional(),
  ...FileFormat.shape,
  files: z.record(z.string(), FileFormat).optional(),
  /** Whether the files always say everything, so that a row that is no longer in them is gone. */
  complete: z.boolean().optional(),
  facts: z.record(z.string(), z.string()),
});
export type FilesSource = z.infer<typeof FilesSource>;

function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The format of one file: the source's, overridden by the entries of `files` that name it or match it, in their order. */
export function formatOf(source: FilesSource, file: string): FileFormat {
  const { kind: _kind, facts: _facts, complete: _complete, files, ...defaults } = source;
  const matching = Object.entries(files ?? {}).filter(
    ([pattern]) => pattern === file || posix.matchesGlob(file, pattern),
  );
  return matching.reduce<FileFormat>((format, [, override]) => ({ ...format, ...override }), defaults);
}
