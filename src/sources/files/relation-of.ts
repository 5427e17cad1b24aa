import { understand } from "./delimited.ts";
import { delimitedRelation } from "./delimited-relation.ts";
import { copyFormat, copySheet, isExcel } from "./excel.ts";
import type { FileFormat } from "./format.ts";
import { jsonRelation } from "./json.ts";
import type { Located } from "./locate.ts";
import { parquetRelation } from "./parquet.ts";
import { unreadableFile } from "./peek.ts";
import type { Relation, Workshop } from "./relation.ts";

/** A file as delimited text: itself, or a copy of the sheet of a workbook. */
export async function asDelimited(located: Located, format: FileFormat, workshop: Workshop) {
  if (!isExcel(located.file)) return understand(located, format, workshop);
  const path = await workshop.prepared("csv");
  await copySheet(located.file, located.path, path, format);
  return understand({ ...located, path }, copyFormat(format), workshop);
}

type Kind = "parquet" | "json" | "delimited";

export function kindOf(file: string): Kind {
  if (/\.parquet$/i.test(file)) return "parquet";
  return /\.(json|jsonl|ndjson)(\.gz)?$/i.test(file) ? "json" : "delimited";
}

/** What reads a group of files, by the kind that their names tell. */
export async function relationOf(
  files: readonly Located[],
  formatOf: (file: string) => FileFormat,
  workshop: Workshop,
): Promise<Relation> {
  const names = files.map(({ file }) => file);
  const kinds = new Set(names.map(kindOf));
  if (kinds.size > 1) throw unreadableFile(names.join(", "), "one glob cannot take files of different kinds");
  if (kinds.has("parquet")) return parquetRelation(files, workshop);
  if (kinds.has("json")) return jsonRelation(files, formatOf(names[0] ?? ""), workshop);
  return delimitedRelation(
    await Promise.all(files.map((each) => asDelimited(each, formatOf(each.file), workshop))),
    workshop,
  );
}
