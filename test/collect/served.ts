import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serverFile } from "../../src/cli/client.ts";

const main = join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");

/** A server of a workspace, in a process of its own. */
export interface Served {
  readonly url: string;
  readonly pid: number;
  /** Ends it as a loss of power would. */
  readonly kill: () => Promise<void>;
}

function noteOf(folder: string, child: ChildProcess): { url: string } | undefined {
  const file = serverFile(folder);
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  const note = text === "" ? {} : (JSON.parse(text) as { url?: string; process?: number });
  return note.process === child.pid && note.url !== undefined ? { url: note.url } : undefined;
}

/** Starts a server by the command line, and waits until it listens. */
export async function serveApart(folder: string, environment: Record<string, string> = {}): Promise<Served> {
  const args = ["--disable-warning=ExperimentalWarning", main, "serve", "--port", "0", "--workspace", folder];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for (;;) {
    const note = noteOf(folder, child);
    if (note !== undefined)
      return {
        ...note,
        pid: child.pid ?? 0,
        kill: async () => {
          child.kill("SIGKILL");
          await ended;
        },
      };
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
