export { FileFormat, FilesSource } from "./format.ts";
export { openFiles, type OpenedFiles } from "./open.ts";
export { proposeMapping } from "./propose.ts";
export type { ShortLines, UnreadableLine } from "./relation.ts";
export { sniffFile, type Sniffed } from "./sniff.ts";
