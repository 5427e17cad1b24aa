import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { Edit, Proposed, ProposedVersion } from "../contract/rehearsal.ts";
import { Usage } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** Where a file is to lie: `embudo.yaml` and `mql.yaml` have their place, all others define an indicator. */
function placeOf(path: string): string {
  const name = basename(path);
  if (name === "embudo.yaml") return name;
  const isRule = name === "mql.yaml" && basename(dirname(path)) !== "indicators";
  return isRule ? `rules/${name}` : `indicators/${name}`;
}

/** The proposed file that words and options name: its text, and where in the workspace it is to lie. */
export function proposedOf(words: readonly string[], effective: string | undefined, terminal: Terminal): Proposed {
  const [path, ...more] = words;
  if (path === undefined)
    throw new Usage("name the proposed file, e.g. indicators/cost-per-lead.yaml, rules/mql.yaml or embudo.yaml");
  if (more.length > 0) throw new Usage(`one file at a time; ${more.join(" ")} is too much`);
  if (effective !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(effective))
    throw new Usage(`--effective takes a day such as 2026-11-23, not ${effective}`);
  const file = placeOf(path);
  const text = readFileSync(resolve(terminal.folder, path), "utf8");
  return { file, text, ...(effective === undefined ? {} : { effective }) };
}

/** What two versions say otherwise, a line each. */
export const editLines = (edits: readonly Edit[]): string[] =>
  edits.map(({ path, before, after }) => {
    if (before === null) return `  + ${path}: ${after ?? ""}`;
    return after === null ? `  − ${path}: ${before}` : `  ~ ${path}: ${before} → ${after}`;
  });

const files: Readonly<Record<string, string>> = { "(company)": "embudo.yaml", "(mql)": "rules/mql.yaml" };

/** The id of what a file defines, or the word itself where it is one. */
export const idIn = (word: string): string => Object.keys(files).find((id) => files[id] === word) ?? word;

/** A version in a line: `cost-per-lead, definition 2 (Ana), in force since 2026-01-01`. */
export function versionLine({
  id,
  version,
  effective,
  owner,
}: Omit<ProposedVersion, "file" | "edits" | "changed">): string {
  const name = files[id] ?? id;
  const from = effective === null ? "in force since ever" : `in force since ${effective}`;
  return `${name}, definition ${version}${owner === null ? "" : ` (${owner})`}, ${from}`;
}
