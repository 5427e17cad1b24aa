import type { Answer } from "../../contract/answer.ts";
import type { Api } from "../../contract/api.ts";
import type { Attainment } from "../../contract/attainment.ts";
import type { IndicatorEntry, VariantEntry } from "../../contract/catalogue.ts";
import type { Proposed, Rehearsal, RehearsedVariant } from "../../contract/rehearsal.ts";
import type { Database } from "../../engine/database.ts";
import { Problem } from "../../engine/problem.ts";
import { addMonths, addPeriods, dayIn, startOf, type Range } from "../../engine/time.ts";
import { followRules } from "../../facts/follow.ts";
import { scoreboard } from "../../indicators/scoreboard.ts";
import { asProposed, changesDerived, propose, type Proposal } from "../../workspace/proposal.ts";
import { mqlRule } from "../../workspace/mql-rule.ts";
import { company } from "../../workspace/records.ts";
import { inTurn } from "../../workspace/turns.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { apart } from "./apart.ts";
import { besides, differs, goalsBeside } from "./beside.ts";

/** The questions of a workspace; they make no checks of their own in a rehearsal. */
export type ApiOf = (workspace: Workspace) => Api;

type Asked = { readonly entry: IndicatorEntry; readonly variant: VariantEntry };
type Given = Asked & { readonly answer?: Answer; readonly problem?: Problem };

/** One side of a rehearsal: every number that may change, as it is there. */
interface Side {
  readonly given: readonly Given[];
  readonly goals: readonly Attainment[];
  readonly scoreboard: Answer;
}

async function askOne(api: Api, asked: Asked, range: Range): Promise<Given> {
  const { entry, variant } = asked;
  try {
    const answer = await api.ask({ indicator: entry.id, variant: variant.id, grain: "month", ...range });
    return { ...asked, answer };
  } catch (error) {
    if (error instanceof Problem) return { ...asked, problem: error };
    throw error;
  }
}

/** Settings and rules may change any number; a definition changes those of its indicator. */
const touchesAll = (id: string): boolean => id === company || id === mqlRule;

async function sideOf(api: Api, id: string, range: Range): Promise<Side> {
  const { indicators } = await api.catalogue();
  const wanted = indicators.filter((entry) => entry.id !== scoreboard.id && (touchesAll(id) || entry.id === id));
  const asked = wanted.flatMap((entry) => entry.variants.map((variant) => ({ entry, variant })));
  const given: Given[] = [];
  for (const each of asked) given.push(await askOne(api, each, range));
  return {
    given,
    goals: await api.attainment({ ...range, ...(touchesAll(id) ? {} : { indicator: id }) }),
    scoreboard: await api.ask({ indicator: scoreboard.id, grain: "month", ...range }),
  };
}

const nameOf = ({ entry, variant }: Asked): string => `${entry.id} ${variant.id}`;

function variantBeside(before: Given | undefined, after: Given | undefined): RehearsedVariant[] {
  const shown = after ?? before;
  if (shown === undefined) return [];
  const { months, total } = besides(before?.answer, after?.answer);
  const problem = after?.problem ?? before?.problem;
  const { entry, variant } = shown;
  return [
    {
      indicator: entry.id,
      variant: variant.id,
      title: variant.title,
      unit: variant.unit,
      better: entry.better,
      currency: shown.answer?.indicator.currency ?? null,
      changed: [...months, total].some(differs) || before?.problem?.message !== after?.problem?.message,
      months,
      total,
      problem: problem?.toJSON() ?? null,
    },
  ];
}

function rehearsalOf({ version }: Proposal, range: Range, before: Side, after: Side): Rehearsal {
  const names = [...new Set([...after.given, ...before.given].map(nameOf))];
  const of = (side: Side, name: string) => side.given.find((each) => nameOf(each) === name);
  const variants = names.flatMap((name) => variantBeside(of(before, name), of(after, name)));
  const goals = goalsBeside(before.goals, after.goals);
  const all = !touchesAll(version.id);
  return {
    version,
    ...range,
    variants: variants.filter((each) => all || each.changed),
    goals: goals.filter((each) => all || each.changed),
    scoreboard: besides(before.scoreboard, after.scoreboard),
  };
}

/** This month and the twelve before it. */
function thirteenMonths(zone: string, now: () => Date): Range {
  const month = startOf("month", dayIn(zone, now()));
  return { from: addMonths(month, -12), to: addPeriods("month", month, 1) };
}

async function bothSides(proposal: Proposal, workspace: Workspace, database: Database, now: () => Date, apiOf: ApiOf) {
  const range = thirteenMonths(workspace.settings.time_zone, now);
  const { id } = proposal.version;
  const present = asProposed(
    { ...proposal, files: workspace.files, recorded: workspace.definitions.recorded },
    workspace,
    database,
  );
  const before = await sideOf(apiOf(present), id, range);
  const proposed = asProposed(proposal, workspace, database);
  if (changesDerived(proposal, workspace))
    await database.use((connection) => followRules(connection, proposed.rules, now));
  return rehearsalOf(proposal, range, before, await sideOf(apiOf(proposed), id, range));
}

/**
 * What a proposed definition, or proposed settings, would change: the same questions before and after, over one state of the
 * facts. What it derives for that is rolled back. Publishing the file gives the same numbers.
 */
export async function rehearse(
  proposed: Proposed,
  workspace: Workspace,
  now: () => Date,
  apiOf: ApiOf,
): Promise<Rehearsal> {
  await workspace.refresh();
  return inTurn(workspace, () => {
    const proposal = propose(proposed, workspace, now);
    return apart(workspace.database, (database) => bothSides(proposal, workspace, database, now, apiOf));
  });
}
