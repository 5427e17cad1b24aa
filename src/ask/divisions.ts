import type { Database } from "../engine/database.ts";
import { duckdb } from "../engine/dialect.ts";
import type { Measure } from "../engine/measure.ts";
import type { Plan } from "../engine/plan.ts";
import { believed, dimensionsOf } from "../engine/relation.ts";
import { countedOf, factorsFor } from "../facts/derived/asked-journeys.ts";
import { creditedDimensions } from "../facts/derived/credit.ts";
import { outcomeKinds, type Outcome } from "../facts/derived/outcomes.ts";
import { waysTo } from "../facts/derived/ways.ts";
import {
  factorRows,
  isMarkov,
  type FactorRow,
  type MarkovId,
  type Ways,
} from "../methods/attribution/markov-credit.ts";
import type { Context, Draft } from "./draft.ts";

/** The kind of outcome that a measure's credited dimensions are looked up for. */
function outcomeOf(measure: Measure, plan: Plan): Outcome | undefined {
  const found = creditedDimensions.map((each) => dimensionsOf(measure, plan.clock)[each]);
  const lookup = found.find((each) => typeof each === "object" && each.shares !== undefined);
  const [where] = typeof lookup === "object" ? (lookup.where ?? []) : [];
  const value = where?.test.kind === "in" && !("setting" in where.test.values) ? where.test.values[0] : undefined;
  return outcomeKinds.find((each) => each === value);
}

/** How all journeys to outcomes of a kind went, whatever is asked of them: found once after each load, for every order of the chain. */
function waysOf(outcome: Outcome, plan: Plan, context: Context, database: Database): Promise<Ways> {
  const counted = countedOf(plan.parameters) ?? {};
  const known = (alias: Parameters<typeof believed>[0]) => believed(alias, plan, duckdb);
  return context.ledger.remembered(`ways ${outcome} ${JSON.stringify(counted)}`, () =>
    database.use((connection) => waysTo(connection, { outcome, counted, believed: known })),
  );
}

const divisionOf = (model: MarkovId, outcome: Outcome, plan: Plan, context: Context, database: Database) =>
  context.ledger.remembered(`division ${outcome} ${JSON.stringify(plan.parameters)}`, async (): Promise<FactorRow[]> =>
    factorRows(await waysOf(outcome, plan, context, database), model),
  );

/** The draft with what its model needs to know of all journeys, where it needs any. */
export async function withDivisions(draft: Draft, context: Context, database: Database): Promise<Draft> {
  const { plan } = draft;
  const model = plan.parameters["model"] ?? "";
  if (!isMarkov(model)) return draft;
  const kinds = new Set(Object.values(plan.parts).map((measure) => outcomeOf(measure, plan)));
  const given: Record<string, readonly FactorRow[]> = {};
  for (const kind of kinds)
    if (kind !== undefined) given[factorsFor(kind)] = await divisionOf(model, kind, plan, context, database);
  return { ...draft, plan: { ...plan, given } };
}
