import { writeSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { run } from "./run.ts";
import type { Terminal } from "./terminal.ts";

const leave = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => leave.abort());

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question, { signal: leave.signal });
  } finally {
    lines.close();
  }
}

/** A reader that closes the pipe early has seen enough. */
function write(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EPIPE") process.exit(0);
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

const frozen = process.env["NOW"];

const terminal: Terminal = {
  out: (text) => write(1, text),
  err: (text) => write(2, text),
  input: () => process.stdin,
  watched: process.stderr.isTTY === true,
  columns: process.stderr.columns ?? 100,
  ask: process.stdin.isTTY === true && process.stderr.isTTY === true ? ask : undefined,
  environment: process.env,
  now: () => (frozen === undefined ? new Date() : new Date(frozen)),
  folder: process.cwd(),
  signal: leave.signal,
};

const code = await run(process.argv.slice(2), terminal).catch((error: unknown) => {
  terminal.err(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n  → this is a defect of Embudo; please report it with the text above\n`,
  );
  return 1;
});

// Statements that were left off may still run; there is nothing to wait for.
process.exit(code);
