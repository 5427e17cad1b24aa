import { constants, mkdirSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";

/** A file that only grows. */
export interface Growing {
  readonly write: (text: string) => Promise<void>;
  /** Resolves when all that was written is on the disk. */
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Where segments are made. */
export interface Disk {
  readonly create: (name: string) => Promise<Growing>;
}

/** A new name is only durable when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const { O_APPEND, O_CREAT, O_DSYNC, O_EXCL, O_WRONLY } = constants;

/** Where the system can, a write returns when it is on the disk, which saves asking for it by another call. */
const writesThrough = process.platform === "linux" && O_DSYNC !== undefined;

/** A folder on the real disk, readable by its owner only. */
export const diskAt = (folder: string): Disk => ({
  async create(name) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = await open(
      join(folder, name),
      O_WRONLY | O_CREAT | O_EXCL | O_APPEND | (writesThrough ? O_DSYNC : 0),
      0o600,
    );
    await syncFolder(folder);
    return {
      write: (text) => file.appendFile(text),
      sync: () => (writesThrough ? Promise.resolve() : file.datasync()),
      close: () => file.close(),
    };
  },
});
