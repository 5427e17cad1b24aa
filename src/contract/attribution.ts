import { z } from "zod";
import { Freshness, Unit, Warning } from "./answer.ts";
import { Question } from "./question.ts";

/** What can be credited to touches, the first where nothing is said. */
export const creditedOutcomes = ["revenue", "leads", "mql", "sql", "customers"] as const;
export type CreditedOutcome = (typeof creditedOutcomes)[number];

/** What attribution decides of an outcome, the first where nothing is said. */
export const creditedSplits = ["channel", "source", "medium", "campaign", "ad"] as const;
export type CreditedSplit = (typeof creditedSplits)[number];

/** What is tried: every setting, or the models alone, with the look-back and the treatment of direct that are asked for. */
export const settingScopes = ["all", "models"] as const;

/** Which credited outcome is compared under every setting, by what, and when. */
export const AttributionRequest = z.strictObject({
  by: z.enum(creditedSplits, `expected one of ${creditedSplits.join(", ")}`).optional(),
  of: z.enum(creditedOutcomes, `expected one of ${creditedOutcomes.join(", ")}`).optional(),
  settings: z.enum(settingScopes, `expected ${settingScopes.join(" or ")}`).optional(),
  ...Question.pick({
    from: true,
    to: true,
    where: true,
    model: true,
    lookBack: true,
    views: true,
    direct: true,
    asOf: true,
    currency: true,
  }).shape,
});
export type AttributionRequest = z.infer<typeof AttributionRequest>;

/** One way to divide credit: a model, over touches so many days before an outcome, direct ones among them or yielding. */
export const Setting = z.object({
  id: z.string(),
  model: z.string(),
  lookBack: z.number(),
  direct: z.enum(["counts", "yields"]),
});
export type Setting = z.infer<typeof Setting>;

/** What a value earned under one setting, and what that says of it: the return, or the cost of one outcome. */
export const Earned = z.object({ credited: z.number().nullable(), value: z.number().nullable() });
export type Earned = z.infer<typeof Earned>;

/**
 * Robust: the same under every setting, and beyond what chance and cause may change. Unproven: the same under every setting,
 * but not beyond that. Contested: it depends on the setting.
 */
export const verdicts = ["robust", "unproven", "contested"] as const;
export const Verdict = z.enum(verdicts);
export type Verdict = z.infer<typeof Verdict>;

/** The least and the greatest value under any setting, and the settings that give them. */
export const SettingRange = z.object({
  low: z.number(),
  high: z.number(),
  lowest: z.array(z.string()),
  highest: z.array(z.string()),
});
export type SettingRange = z.infer<typeof SettingRange>;

export const AttributedRow = z.object({
  /** Of the dimension; null is *(unattributed)*, which has no value and no verdict. */
  name: z.string().nullable(),
  costs: z.number(),
  chosen: Earned,
  /** Under each setting, in their order. */
  results: z.array(Earned),
  range: SettingRange.nullable(),
  /** What it may have caused of the outcome, at the least and at the most under any setting; null where there is no verdict. */
  caused: z.tuple([z.number(), z.number()]).nullable(),
  /** New customers under the chosen setting. */
  customers: z.number().nullable(),
  verdict: Verdict.nullable(),
});
export type AttributedRow = z.infer<typeof AttributedRow>;

/** Whether one of two values is better than the other under every setting, and beyond what chance and cause may change. */
export const ComparedPair = z.object({
  /** The better one under the chosen setting, or the first of two that are equal. */
  better: z.string(),
  worse: z.string(),
  verdict: Verdict,
  /** The settings under which it is not the better one. */
  otherwise: z.array(z.string()),
});
export type ComparedPair = z.infer<typeof ComparedPair>;

/** How a model divides one journey of five touches, which is the same for all of them. */
export const RulePicture = z.object({ model: z.string(), shares: z.array(z.number()) });
export type RulePicture = z.infer<typeof RulePicture>;

/** Channels that people met in this order, and how many outcomes came about in that way. */
export const MetPath = z.object({ channels: z.array(z.string().nullable()), n: z.number() });
export type MetPath = z.infer<typeof MetPath>;

/** A credited outcome under every setting. */
export const Attribution = z.object({
  question: AttributionRequest.required({ by: true, of: true, from: true, to: true }),
  /** How a value is computed, with the company's own numbers in it, such as its margin. */
  formula: z.string(),
  /** How the values read: a return, or money that one outcome costs. */
  unit: Unit,
  better: z.enum(["higher", "lower"]),
  currency: z.string(),
  settings: z.array(Setting),
  /** The id of the setting that the question, or else the workspace, chose. */
  chosen: z.string(),
  /** Sorted by cost, then by credit; the last is *(unattributed)*. */
  rows: z.array(AttributedRow),
  /** Every row together; its credit is what the ledger says. */
  total: AttributedRow,
  /** Of the first thirty values. */
  pairs: z.array(ComparedPair),
  rules: z.array(RulePicture),
  /** The most common ones; empty where the question is filtered. */
  paths: z.array(MetPath),
  warnings: z.array(Warning),
  freshness: z.array(Freshness),
  took_ms: z.number(),
});
export type Attribution = z.infer<typeof Attribution>;
