import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MqlRuleText } from "../../contract/score.ts";
import { Problem } from "../../engine/problem.ts";
import { mqlRulePath } from "../../workspace/mql-rule.ts";
import type { Workspace } from "../../workspace/workspace.ts";

/** The rule as the workspace's file says it, null without a file, with the versions that are in force on some day. */
export function ruleText({ folder, definitions }: Workspace): MqlRuleText {
  const path = join(folder, mqlRulePath);
  const versions = definitions.asOf().mql.map(({ version, from, to }) => ({ version, from, to }));
  return { file: mqlRulePath, text: existsSync(path) ? readFileSync(path, "utf8") : null, versions };
}

/** The text to preview: the one proposed, or the file's. */
export function textToPreview(proposed: string | undefined, workspace: Workspace): string {
  const text = proposed ?? ruleText(workspace).text;
  if (text !== null) return text;
  throw new Problem(
    "no-rule",
    `the workspace has no ${mqlRulePath}`,
    "name a proposed rule; docs/mql-rule.md says what it can say",
  );
}
