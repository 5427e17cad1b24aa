import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { run } from "../../src/cli/run.ts";
import type { Terminal } from "../../src/cli/terminal.ts";

/** What a command line wrote and its exit code. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export const frozen = new Date("2026-11-23T10:12:00Z");

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "embudo-cli-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function* piped(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

/** Runs a command line in a folder, as a script would; `answers` are typed by a person when asked, `input` is piped in. */
export async function embudo(
  folder: string,
  args: readonly string[],
  options: { answers?: string[]; signal?: AbortSignal; input?: string } = {},
): Promise<Ran> {
  let [out, err] = ["", ""];
  const { answers } = options;
  const terminal: Terminal = {
    out: (text) => (out += text),
    err: (text) => (err += text),
    input: () => piped(options.input ?? ""),
    watched: false,
    columns: 120,
    ask: answers === undefined ? undefined : async () => answers.shift() ?? "",
    environment: {},
    now: () => frozen,
    folder,
    signal: options.signal ?? new AbortController().signal,
  };
  const code = await run(args, terminal);
  return { code, out, err };
}
