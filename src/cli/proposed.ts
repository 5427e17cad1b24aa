import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { Edit, Proposed, ProposedVersion } from "../contract/rehearsal.ts";
import { Usage } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** The proposed file that words and options name: its text, and where in the workspace it is to lie. */
export function proposedOf(words: readonly string[], effective: string | undefined, terminal: Terminal): Proposed {
  const [path, ...more] = words;
  if (path === undefined) throw new Usage("name the proposed file, e.g. indicators/cost-per-lead.yaml or embudo.yaml");
  if (more.length > 0) throw new Usage(`one file at a time; ${more.join(" ")} is too much`);
  if (effective !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(effective))
    throw new Usage(`--effective takes a day such as 2026-11-23, not ${effective}`);
  const name = basename(path);
  const file = name === "embudo.yaml" ? name : `indicators/${name}`;
  const text = readFileSync(resolve(terminal.folder, path), "utf8");
  return { file, text, ...(effective === undefined ? {} : { effective }) };
}

/** What two versions say otherwise, a line each. */
export const editLines = (edits: readonly Edit[]): string[] =>
  edits.map(({ path, before, after }) => {
    if (before === null) return `  + ${path}: ${after ?? ""}`;
    return after === null ? `  − ${path}: ${before}` : `  ~ ${path}: ${before} → ${after}`;
  });

/** A version in a line: `cost-per-lead, definition 2 (Ana), in force since 2026-01-01`. */
export function versionLine({
  id,
  version,
  effective,
  owner,
}: Omit<ProposedVersion, "file" | "edits" | "changed">): string {
  const name = id === "(company)" ? "embudo.yaml" : id;
  const from = effective === null ? "in force since ever" : `in force since ${effective}`;
  return `${name}, definition ${version}${owner === null ? "" : ` (${owner})`}, ${from}`;
}
