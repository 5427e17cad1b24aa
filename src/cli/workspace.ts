import { resolve } from "node:path";
import type { Terminal } from "./terminal.ts";

export const workspaceOption = { workspace: { type: "string", short: "w" } } as const;

/** The folder that a command is about: what `--workspace` names, or the current one. */
export const workspaceOf = (named: string | undefined, terminal: Terminal): string =>
  resolve(terminal.folder, named ?? ".");
