import type { DefinitionHistory, DefinitionsRequest } from "../../contract/definitions.ts";
import { suggestion } from "../../engine/nearest.ts";
import { Problem } from "../../engine/problem.ts";
import type { Version } from "../../workspace/definitions.ts";
import { editsBetween } from "../../workspace/edits.ts";
import { mqlRule } from "../../workspace/mql-rule.ts";
import { company } from "../../workspace/records.ts";
import type { Workspace } from "../../workspace/workspace.ts";

const contentOf = ({ body }: Pick<Version, "body">): unknown => (body === null ? undefined : JSON.parse(body));

function historyOf(id: string, versions: readonly Omit<Version, "indicator">[]): DefinitionHistory {
  const each = versions.map(({ body, ...version }, i) => {
    const before = versions[i - 1];
    const edits = editsBetween(before === undefined ? undefined : contentOf(before), contentOf({ body }));
    return { ...version, withdrawn: !version.own && i > 0, edits };
  });
  return { id, versions: each };
}

/** What holds for a company without a rule of its own. */
const stageAloneVersion = { version: 1, effective: null, owner: null, by: null, since: null, body: null };

/** Every version of the definitions, of the settings (`(company)`) and of the rule for MQLs (`(mql)`), each with what it changed. */
export function definitionHistory({ id }: DefinitionsRequest, { definitions }: Workspace): DefinitionHistory[] {
  const recorded = [...new Set(definitions.recorded.map((each) => each.id))];
  const known = definitions.asOf();
  const kept = (id: string) => definitions.recorded.filter((each) => each.id === id);
  const settings = kept(company).map((each) => ({ ...each, own: true }));
  const rule = [stageAloneVersion, ...kept(mqlRule)].map((each) => ({ ...each, own: each.body !== null }));
  const of = (each: string) =>
    historyOf(
      each,
      (each === company ? settings : each === mqlRule ? rule : known.versionsOf(each)).map(
        ({ version, effective, owner, by, since, own, body }) => ({
          version,
          effective,
          owner,
          by,
          since,
          own,
          body,
        }),
      ),
    );
  if (id === undefined) return recorded.map(of);
  const found = of(id);
  if (found.versions.length > 0) return [found];
  throw new Problem("unknown-indicator", `no definition is named ${id}`, suggestion(id, recorded), { indicator: id });
}
