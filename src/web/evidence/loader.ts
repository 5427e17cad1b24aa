import type { ExplainRequest } from "../../contract/api.ts";
import type { Bridge } from "../../contract/bridge.ts";
import type { IndicatorEntry, VariantEntry } from "../../contract/catalogue.ts";
import type { Changes } from "../../contract/changes.ts";
import type { Explanation } from "../../contract/explanation.ts";
import type { ProblemBody } from "../../contract/problem.ts";
import type { Readiness } from "../../contract/readiness.ts";
import type { Question } from "../../contract/question.ts";
import type { MqlRuleText, ScorePreview } from "../../contract/score.ts";
import type { Mover, Why } from "../../contract/why.ts";
import { attempt } from "../attempt.ts";
import { anyQuestion, baseQuestion, entryOf, periodQuestion, type Context } from "../context.ts";

/** Why a number changed against the compared days, over the dimension that the page or else the engine chose. */
export interface WhyCard {
  why: Why | null;
  movers: Mover[];
  problem: ProblemBody | null;
}

/** What became known of a number since an earlier day. */
export interface ChangesCard {
  since: string;
  changes: Changes | null;
  problem: ProblemBody | null;
}

/** How a number comes apart from another one. */
export interface BridgeCard {
  against: { indicator: string; variant: string | undefined };
  bridge: Bridge | null;
  problem: ProblemBody | null;
}

/** Which steps go with becoming an MQL; `readiness` is null until somebody asks. */
export interface StepsCard {
  readiness: Readiness | null;
  problem: ProblemBody | null;
}

/** The rule for MQLs, and what the one that the address proposes would change. */
export interface RuleCard {
  rule: MqlRuleText;
  preview: ScorePreview | null;
  problem: ProblemBody | null;
}

/** What defends a number beside its own rows; what nobody asked for is null. */
export interface Evidence {
  why: WhyCard | null;
  changes: ChangesCard | null;
  bridge: BridgeCard | null;
  /** Of the indicator of MQLs alone. */
  steps: StepsCard | null;
  rule: RuleCard | null;
  /** What the number can be held against. */
  choices: Choice[];
}

/** An indicator with its variants, to be chosen. */
export type Choice = Pick<IndicatorEntry, "id" | "title"> & {
  variants: Pick<VariantEntry, "id" | "title" | "parts">[];
};

/** Asks why an indicator's total changed, what became known of it, and how it differs from another number. */
export async function loadEvidence(context: Context, indicator: string, variant: VariantEntry): Promise<Evidence> {
  const [why, changes, bridge, steps, rule] = await Promise.all([
    loadWhy(context, indicator, variant),
    loadChanges(context, indicator, variant),
    loadBridge(context, indicator, variant),
    loadSteps(context, indicator),
    loadRule(context, indicator),
  ]);
  const choices = context.catalogue.indicators.map(({ id, title, variants }) => ({
    id,
    title,
    variants: variants.map(({ id: each, title: name, parts }) => ({ id: each, title: name, parts })),
  }));
  return { why, changes, bridge, steps, rule, choices };
}

const mqls = "marketing-qualified-leads";

/** The steps of the leads of the twelve months up to the end of the page's period, as those of a month are few and young. */
async function loadSteps(context: Context, indicator: string): Promise<StepsCard | null> {
  const { steps: by } = context.address;
  if (indicator !== mqls) return null;
  if (by === undefined) return { readiness: null, problem: null };
  const { answer, problem } = await attempt(context.api.readiness({ by, to: context.period.to }));
  return { readiness: answer, problem };
}

async function loadRule({ api, address }: Context, indicator: string): Promise<RuleCard | null> {
  if (indicator !== mqls) return null;
  const rule = await api.mqlRule();
  if (address.rule === undefined) return { rule, preview: null, problem: null };
  const { answer, problem } = await attempt(api.previewScore({ text: address.rule }));
  return { rule, preview: answer, problem };
}

const opened = (context: Context, request: ExplainRequest) =>
  attempt<Explanation>(context.api.explain({ ...request, limit: 0 }));

/** The question of the headline, without what it is compared with. */
function totalQuestion(context: Context, indicator: string, variant: VariantEntry): Question {
  const { from, to } = context.period;
  return { ...baseQuestion(context, indicator, variant.id), from, to };
}

async function loadWhy(context: Context, indicator: string, variant: VariantEntry): Promise<WhyCard | null> {
  const { over } = context.address;
  const isCohort = (context.address.clock ?? variant.clocks[0]) === "cohort";
  if (context.compared === undefined || variant.by.length === 0) return null;
  const question = periodQuestion(context, indicator, variant.id);
  const { answer, problem } = await opened(context, {
    question,
    ...(over === undefined ? {} : { over, movers: !isCohort }),
  });
  return { why: answer?.why ?? null, movers: answer?.movers ?? [], problem };
}

async function loadChanges(context: Context, indicator: string, variant: VariantEntry): Promise<ChangesCard | null> {
  const { since } = context.address;
  if (since === undefined) return null;
  const question = totalQuestion(context, indicator, variant);
  const { answer, problem } = await opened(context, { question, since });
  return { since, changes: answer?.changes ?? null, problem };
}

/** The parts of two formulas that can be held against each other: of one unit, and the same one where both have it. */
export function alike(left: Pick<VariantEntry, "parts">, right: Pick<VariantEntry, "parts">) {
  const pairs = left.parts.flatMap((part) =>
    right.parts.flatMap((other) =>
      part.unit === other.unit && (part.unit === "count" || part.unit === "money")
        ? [{ part: part.id, againstPart: other.id }]
        : [],
    ),
  );
  return pairs.find(({ part, againstPart }) => part === againstPart) ?? pairs[0];
}

async function loadBridge(context: Context, indicator: string, variant: VariantEntry): Promise<BridgeCard | null> {
  if (context.address.against === undefined) return null;
  const [other = "", otherVariant] = context.address.against.split(".");
  const { from, to } = context.period;
  const against = { ...anyQuestion(context, other, otherVariant), from, to };
  const question = totalQuestion(context, indicator, variant);
  const opposite = entryOf(context.catalogue, other)?.variants;
  const held = opposite?.find(({ id }) => id === otherVariant) ?? opposite?.[0];
  const pair = held && alike(variant, held);
  const { answer, problem } = await opened(context, { question, against, ...pair });
  return { against: { indicator: other, variant: otherVariant }, bridge: answer?.bridge ?? null, problem };
}
