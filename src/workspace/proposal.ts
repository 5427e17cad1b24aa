import { isNode, parseDocument } from "yaml";
import type { Proposed, ProposedVersion } from "../contract/rehearsal.ts";
import { Problem } from "../engine/problem.ts";
import { dayIn } from "../engine/time.ts";
import { isDefinitionId } from "./definition-file.ts";
import { definitionsOf } from "./definitions.ts";
import { editsBetween } from "./edits.ts";
import { wantedOf, wantedSettings, type CompanyFiles } from "./files.ts";
import { mqlRule, mqlRulePath, wantedRule } from "./mql-rule.ts";
import { company, unrecorded, type Recorded, type Wanted } from "./records.ts";
import { parseSettings, type SettingsFile } from "./settings.ts";
import { derivationRules, type Workspace } from "./workspace.ts";

/** A proposed file understood: what the folder would say with it, and the version that it would become. */
export interface Proposal {
  readonly file: string;
  readonly text: string;
  readonly files: CompanyFiles;
  readonly version: ProposedVersion;
  /** All versions, with the new one known from now on. */
  readonly recorded: readonly Recorded[];
}

/** The indicator that a file defines, `(company)` for the settings, or `(mql)` for the rule; only those places can be written. */
function idOf(file: string): string {
  if (file === "embudo.yaml") return company;
  if (file === mqlRulePath) return mqlRule;
  const id = /^indicators\/([^/\\]+)\.yaml$/.exec(file)?.[1] ?? "";
  if (isDefinitionId(id)) return id;
  throw new Problem(
    "unknown-file",
    `${file} is no file that defines anything`,
    "name embudo.yaml, rules/mql.yaml, or indicators/ID.yaml with an id of small letters, digits and hyphens",
    { file },
  );
}

/** The text with the day from which it is in force written into it. */
function withEffective(text: string, id: string, effective: string | undefined): string {
  if (effective === undefined) return text;
  if (id === company)
    throw new Problem(
      "definition-invalid",
      "embudo.yaml holds for all days",
      "leave the day out, or change the indicators that are to change from that day on, each in indicators/",
    );
  const document = parseDocument(text);
  const stated = document.get("effective", true);
  if (isNode(stated) && stated.range) return text.slice(0, stated.range[0]) + effective + text.slice(stated.range[1]);
  return `${text.replace(/\n*$/, "\n")}effective: ${effective}\n`;
}

const contentOf = (recorded: Recorded | undefined): unknown =>
  recorded?.body == null ? undefined : (JSON.parse(recorded.body) as unknown);

function versionOf(
  file: string,
  id: string,
  wanted: Wanted,
  known: readonly Recorded[],
  changed: readonly Recorded[],
): ProposedVersion {
  const last = known.findLast((each) => each.id === id);
  const next = changed.find((each) => each.id === id) ?? last;
  return {
    file,
    id,
    version: next?.version ?? 1,
    effective: next?.effective ?? null,
    owner: wanted.owner,
    changed: next !== last,
    edits: editsBetween(contentOf(last), wanted.content),
  };
}

function wantedIn(text: string, id: string, settings: SettingsFile): Wanted {
  if (id === company) return wantedSettings(settings);
  return id === mqlRule ? wantedRule(text) : wantedOf(id, text, settings.settings);
}

/** Reads a proposed file as if it lay in the workspace; what is wrong with it is a Problem. */
export function propose({ file, text, effective }: Proposed, workspace: Workspace, now: () => Date): Proposal {
  const id = idOf(file);
  const written = withEffective(text, id, effective);
  const present = workspace.files;
  const settings = id === company ? parseSettings(written, file) : present.settings;
  const wanted = wantedIn(written, id, settings);
  const files = { settings, wanted: [...present.wanted.filter((each) => each.id !== id), wanted] };
  const known = workspace.definitions.recorded;
  const today = dayIn(settings.settings.time_zone, now());
  const changed = unrecorded(known, files.wanted, today).map((each) => ({
    ...each,
    by: null,
    since: now().toISOString(),
  }));
  return {
    file,
    text: written,
    files,
    version: versionOf(file, id, wanted, known, changed),
    recorded: [...known, ...changed],
  };
}

/** Whether a proposal changes tables that follow from the facts by rule. */
export const changesDerived = ({ files, recorded }: Proposal, { rules }: Workspace): boolean =>
  JSON.stringify({ ...derivationRules(files.settings.settings, recorded), pepper: rules.pepper }) !==
  JSON.stringify(rules);

/** The workspace as it would be with a proposal, over a database of its own. */
export const asProposed = (proposal: Proposal, workspace: Workspace, database: Workspace["database"]): Workspace => ({
  ...proposal.files.settings,
  files: proposal.files,
  folder: workspace.folder,
  database,
  rules: { ...derivationRules(proposal.files.settings.settings, proposal.recorded), pepper: workspace.rules.pepper },
  definitions: definitionsOf(proposal.recorded, proposal.files.settings.settings),
  refresh: () => Promise.resolve(),
  publish: () => Promise.reject(new Error("what is only rehearsed cannot be published")),
  close: () => undefined,
});
