import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** A folder of its own for chunks under way, below a workspace's; what a process that is gone left there is swept. */
export function incoming(folder: string): string {
  const all = join(folder, "data", "incoming");
  mkdirSync(all, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(all))
    if (!isAlive(Number(name.split("-")[0]))) rmSync(join(all, name), { recursive: true });
  return mkdtempSync(join(all, `${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
