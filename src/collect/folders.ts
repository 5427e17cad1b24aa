import { join } from "node:path";

/** Where what was accepted waits until it is loaded. */
export const journalFolder = (folder: string): string => join(folder, "data", "collect", "journal");

/** Where it stays for a while after it was loaded. */
export const archiveFolder = (folder: string): string => join(folder, "data", "collect", "archive");
