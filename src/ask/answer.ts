import type { Answer, Row } from "../contract/answer.ts";
import { betterOf } from "../indicators/definition.ts";
import type { Question } from "../contract/question.ts";
import { compile } from "../engine/compile.ts";
import type { Database, Limits } from "../engine/database.ts";
import type { Plan } from "../engine/plan.ts";
import { runnable } from "../engine/sql.ts";
import { elapsedAlike, previous, yearBefore, type Range } from "../engine/time.ts";
import { references } from "../workspace/settings.ts";
import { closedAtOnce } from "./closed-at-once.ts";
import { definitionFor } from "./definitions/definition.ts";
import { ruleChanges } from "./definitions/rule-changes.ts";
import type { Context, Draft } from "./draft.ts";
import { doubtfulParents } from "./doubtful-parents.ts";
import { rowsAndTotal } from "./found-rows.ts";
import type { Found } from "./cohorts/estimate.ts";
import { campaignNamesOf } from "./campaigns/names.ts";
import { withHorizon } from "./cohorts/horizon.ts";
import { comparedRows, hasChanged } from "./compared.ts";
import { daysIn, passes } from "./passes.ts";
import { uncreditedTouches } from "./people/shared-touches.ts";
import { rankingOf } from "./certainty/ranking.ts";
import { withDivisions } from "./divisions.ts";
import { carriedByLosses, refuseOneSided } from "./recorded.ts";
import { findVariant, settledFor } from "./resolve.ts";
import { unrecordedParts } from "./recording.ts";
import type { Frame } from "./rows.ts";
import type { Store } from "./store.ts";
import { missingUsualCosts } from "./usual-costs.ts";
import { freshness, unequalAges, warnings } from "./warnings.ts";

export const defaultLevel = 0.8;
/** Milliseconds that a question may take. */
export const deadline = 30_000;

/** The question made ready to be counted: every pass has decided what is its own to decide. */
export async function plannedFor(question: Question, asked: Context, database: Database): Promise<Draft> {
  const { indicator, notes: versions } = definitionFor(question, asked);
  const context = settledFor(indicator, asked);
  const { variant, notes } = findVariant(indicator, question, context);
  const { lists, numbers } = references(context.settings);
  const plan: Plan = {
    parts: variant.parts,
    formula: variant.value,
    products: [],
    keys: [],
    grain: undefined,
    range: { from: "", to: "" },
    slices: [],
    narrowing: [],
    clock: "period",
    window: undefined,
    horizon: undefined,
    rival: variant.rival,
    asOf: undefined,
    today: context.today,
    observedTo: context.observedTo,
    homeCurrency: context.settings.currency,
    currency: context.settings.currency,
    foreign: [],
    parameters: {},
    given: {},
    lists,
    numbers,
    members: undefined,
  };
  let draft: Draft = { question, indicator, variant, plan, notes: [...versions, ...notes] };
  for (const pass of passes) draft = await pass(draft, context);
  draft = await withDivisions(draft, context, database);
  await refuseOneSided(draft, context, database);
  return withHorizon(draft, context, database);
}

/** What is told of the facts that an answer rests on, in this order. */
const tellers = [carriedByLosses, missingUsualCosts, closedAtOnce, doubtfulParents, uncreditedTouches];

/** The question made ready, with what is to be told of it. */
export async function draftOf(question: Question, asked: Context, database: Database): Promise<Draft> {
  const draft = await plannedFor(question, asked, database);
  const context = settledFor(draft.indicator, asked);
  const notes = [...draft.notes, ...ruleChanges(draft, context)];
  for (const tell of tellers) notes.push(...(await tell(draft, context, database)));
  return { ...draft, notes };
}

/** The statements that an answer rests on; the plan's own comes first, and alone where nothing else was asked. */
export const statements = (plan: Plan, others: readonly string[]): string =>
  [runnable(compile(plan)), ...others].join(";\n\n");

/** The range that the question compares with, cut to as many days as have passed. */
export function comparedRange(question: Question, range: Range, today: string): Range | undefined {
  const { compare } = question;
  if (compare === undefined) return undefined;
  if (typeof compare === "object") return daysIn(compare);
  return elapsedAlike(range, compare === "previous" ? previous(range) : yearBefore(range), today);
}

async function comparison(
  frame: Frame,
  question: Question,
  store: Store,
  limits: Limits,
): Promise<(Range & Pick<Found, "rows" | "total">) | null> {
  const range = comparedRange(question, frame.plan.range, frame.plan.today);
  if (range === undefined) return null;
  const { rows, total } = await rowsAndTotal({ ...frame, plan: { ...frame.plan, range } }, store, limits);
  return { ...range, rows, total };
}

/** What the answer rests on: parts that nothing was recorded for have no value rather than zero. */
export async function frameOf(draft: Draft, context: Context, database: Database): Promise<Frame> {
  const unrecorded = await unrecordedParts(draft, context, database);
  return { variant: draft.variant, plan: draft.plan, level: draft.question.interval ?? defaultLevel, unrecorded };
}

/** The question as it was understood: with its variant, range and clock spelt out. */
export const understood = (draft: Draft): Question => ({
  ...draft.question,
  variant: draft.variant.id,
  ...draft.plan.range,
  clock: draft.plan.clock,
  ...(draft.plan.window === undefined ? {} : { window: draft.plan.window }),
});

/** The names of the campaigns that the rows tell apart by their ids. */
async function namesOf(rows: readonly Row[], { plan }: Draft, context: Context, database: Database) {
  if (!plan.keys.includes("campaign")) return {};
  const names = await campaignNamesOf(plan, context.ledger, database);
  const named = rows.map(({ key }) => key["campaign"] ?? "").filter((campaign) => names[campaign] !== undefined);
  if (named.length === 0) return {};
  return { names: { campaign: Object.fromEntries(named.map((campaign) => [campaign, names[campaign] ?? ""])) } };
}

/** Answers a question about one indicator made of measures. */
export async function answer(
  question: Question,
  context: Context,
  database: Database,
  signal?: AbortSignal,
): Promise<Answer> {
  const began = performance.now();
  const limits = { deadline, signal };
  const draft = await draftOf(question, context, database);
  const frame = await frameOf(draft, context, database);
  const store = { database, ledger: context.ledger };
  const [{ rows, total, notes, sql }, compared] = await Promise.all([
    rowsAndTotal(frame, store, limits),
    comparison(frame, question, store, limits),
  ]);
  return {
    question: understood(draft),
    indicator: {
      id: draft.indicator.id,
      variant: draft.variant.id,
      version: draft.indicator.version,
      owner: draft.indicator.owner,
      effective: draft.indicator.effective,
      unit: draft.variant.unit,
      better: betterOf(draft.indicator, draft.variant),
      currency: draft.variant.unit === "money" ? draft.plan.currency : null,
    },
    rows,
    total,
    comparison:
      compared === null
        ? null
        : {
            ...compared,
            rows: comparedRows(frame, { ...frame.plan, range: compared }, compared.rows, rows),
            certain: hasChanged(frame, compared.total, total),
          },
    ...(await namesOf(rows, draft, context, database)),
    ranking: question.rank === true ? rankingOf(frame, rows, betterOf(draft.indicator, draft.variant)) : null,
    warnings: [
      ...warnings(draft, context, rows, total),
      ...notes,
      ...(compared === null ? [] : unequalAges(compared.total, total)),
    ],
    freshness: freshness(draft, context),
    sql: statements(draft.plan, sql),
    took_ms: Math.round((performance.now() - began) * 10) / 10,
  };
}
