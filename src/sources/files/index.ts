export { FileFormat, FilesSource } from "./format.ts";
export { openFiles, type OpenedFiles } from "./open.ts";
export { proposeMapping } from "./propose.ts";
export { sniffFile } from "./sniff.ts";
export { openFilesSource } from "./source.ts";
