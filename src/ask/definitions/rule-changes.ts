import { leadProgress } from "../../facts/derived/lead-progress.ts";
import type { Context, Draft, Note } from "../draft.ts";

/** Whether a question counts leads that became MQLs. */
const countsMqls = ({ variant }: Draft): boolean =>
  Object.values(variant.parts).some(
    (part) => part.kind === "aggregate" && [part.at, part.reached].includes(leadProgress.columns.mql_on.name),
  );

/** Says on which of the days that a question is about the rule for MQLs became another one: each lead is judged by that of its time. */
export function ruleChanges(draft: Draft, { definitions }: Context): Note[] {
  if (!countsMqls(draft)) return [];
  const { from, to } = draft.plan.range;
  return definitions.mql
    .filter((rule) => rule.from !== null && rule.from > from && rule.from < to)
    .map((rule) => ({
      code: "mql-rule-changed",
      message: `version ${rule.version} of the rule for MQLs is in force since ${rule.from}; each lead is judged by the rule of its time`,
      count: rule.version,
    }));
}
