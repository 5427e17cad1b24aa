import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { Problem } from "../engine/problem.ts";
import { indicators } from "../indicators/index.ts";
import { indicatorOf, isDefinitionId, readDefinition, definitionFile } from "./definition-file.ts";
import { company, type Wanted } from "./records.ts";
import { mqlRulePath, wantedRule } from "./mql-rule.ts";
import { parseSettings, type SettingsFile } from "./settings.ts";

export const settingsPath = (folder: string): string => join(folder, "embudo.yaml");
export const indicatorsFolder = (folder: string): string => join(folder, "indicators");

export const isWorkspace = (folder: string): boolean => existsSync(settingsPath(folder));

/** What a company's folder says: its settings, and every definition of its own. */
export interface CompanyFiles {
  readonly settings: SettingsFile;
  readonly wanted: readonly Wanted[];
}

const misnamed = (file: string): Problem =>
  new Problem(
    "definition-invalid",
    `indicators/${file}: the name of the file is the indicator's id, in small letters, digits and hyphens, and ends in .yaml`,
    "rename it, e.g. indicators/cost-per-viable-lead.yaml",
    { file: `indicators/${file}` },
  );

/** The ids of the definitions in a folder; files of other kinds are none of ours. */
export function definitionIds(folder: string): string[] {
  if (!existsSync(indicatorsFolder(folder))) return [];
  const files = readdirSync(indicatorsFolder(folder)).filter((each) => /^[^.~].*\.ya?ml$/i.test(each));
  return files
    .map((file) => {
      const id = file.replace(/\.yaml$/, "");
      if (!isDefinitionId(id)) throw misnamed(file);
      return id;
    })
    .toSorted();
}

/** A definition as its text says it, once it is sure that it means something. */
export function wantedOf(id: string, text: string, settings: SettingsFile["settings"]): Wanted {
  const shipped = indicators.find((each) => each.id === id);
  const stated = readDefinition(text, id);
  const { owner, effective } = indicatorOf(stated, id, shipped, settings.languages[0] ?? "en");
  return { id, content: stated.content, owner, effective, shipped: shipped?.version ?? null };
}

/** The settings as what is to be recorded of them. */
export const wantedSettings = ({ stated }: SettingsFile): Wanted => ({
  id: company,
  content: stated,
  owner: null,
  effective: null,
  shipped: null,
});

function definition(folder: string, id: string, settings: SettingsFile["settings"]): Wanted {
  const path = join(indicatorsFolder(folder), `${id}.yaml`);
  const { size } = statSync(path);
  const { largest, file, code } = definitionFile(id);
  if (size > largest * 4)
    throw new Problem(code, `${file} has ${size} bytes, far more than a definition needs`, "make it shorter", { file });
  return wantedOf(id, readFileSync(path, "utf8"), settings);
}

/** The settings of a workspace, read anew. */
export function readSettings(folder: string): SettingsFile {
  if (!isWorkspace(folder))
    throw new Problem(
      "no-workspace",
      `${resolve(folder)} is no workspace: it has no embudo.yaml`,
      "name one with --workspace DIR, or make one with `embudo init DIR` or `embudo demo DIR`",
      { folder: resolve(folder) },
    );
  return parseSettings(readFileSync(settingsPath(folder), "utf8"), "embudo.yaml");
}

/** The rules in a folder; there is but one kind, and a file of another name would never be followed. */
function rulePaths(folder: string): string[] {
  const rules = join(folder, "rules");
  if (!existsSync(rules)) return [];
  const [stray] = readdirSync(rules).filter(
    (each) => /^[^.~].*\.ya?ml$/i.test(each) && `rules/${each}` !== mqlRulePath,
  );
  if (stray !== undefined)
    throw new Problem("definition-invalid", `rules/${stray} is no rule that Embudo knows`, `name it ${mqlRulePath}`, {
      file: `rules/${stray}`,
    });
  return existsSync(join(folder, mqlRulePath)) ? [join(folder, mqlRulePath)] : [];
}

/** Everything that a company's folder defines, read anew. */
export function readFiles(folder: string): CompanyFiles {
  const settings = readSettings(folder);
  const own = definitionIds(folder).map((id) => definition(folder, id, settings.settings));
  const rules = rulePaths(folder).map((path) => wantedRule(readFileSync(path, "utf8")));
  return { settings, wanted: [wantedSettings(settings), ...rules, ...own] };
}

/** Changes whenever one of those files is written, made or taken away. */
export function filesStamp(folder: string): string {
  const paths = definitionIds(folder).map((id) => join(indicatorsFolder(folder), `${id}.yaml`));
  return [settingsPath(folder), ...rulePaths(folder), ...paths]
    .map((path) => {
      const { mtimeMs, size } = statSync(path);
      return `${path} ${mtimeMs} ${size}`;
    })
    .join("\n");
}
