export { FileFormat, FilesSource } from "./format.ts";
export { openFiles, type OpenedFiles } from "./open.ts";
export type { ShortLines, UnreadableLine } from "./relation.ts";
