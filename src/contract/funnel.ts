import { z } from "zod";
import { Freshness, Warning } from "./answer.ts";
import { Question } from "./question.ts";

/** The stages of the one path from a lead to a customer who came back to buy, in order. */
export const funnelStages = ["lead", "mql", "sql", "opportunity", "customer", "onboarded", "renewed"] as const;
export const FunnelStage = z.enum(funnelStages);
export type FunnelStage = z.infer<typeof FunnelStage>;

/** How a lead left the path. */
export const exitKinds = ["disqualified", "rejected", "lost", "churned"] as const;
export const ExitKind = z.enum(exitKinds);
export type ExitKind = z.infer<typeof ExitKind>;

/** The cohort of leads whose path is followed, and by what their sources are told. */
export const FunnelRequest = z.strictObject({
  by: z.string().min(1).optional(),
  ...Question.pick({ from: true, to: true, where: true, model: true, asOf: true, currency: true }).shape,
});
export type FunnelRequest = z.infer<typeof FunnelRequest>;

/** Leads of one stage that left it in one way, for one reason. */
export const FunnelExit = z.object({
  kind: ExitKind,
  reason: z.string().nullable(),
  leads: z.number(),
  /** Median days from when they reached the stage until they left it; null where the day of leaving is not recorded. */
  days: z.number().nullable(),
  /** What as many leads of this stage would have been worth by the norm; null of those that were no prospects. */
  value: z.number().nullable(),
});
export type FunnelExit = z.infer<typeof FunnelExit>;

/** A group of leads with their median days, and what they would be worth by the norm. */
const Group = FunnelExit.pick({ leads: true, days: true, value: true });

/** Of those who reached a stage and have been there for the whole window: how many went on within it. */
export const Passage = z.object({ passed: z.number(), of: z.number(), rate: z.number().nullable() });
export type Passage = z.infer<typeof Passage>;

/** How a stage does against the norm: both within the same days of reaching it. */
export const Held = z.object({
  window: z.number(),
  cohort: Passage,
  norm: Passage,
  /** Those of the cohort too young for the window, who are held against nothing. */
  immature: z.number(),
  /** Whether the difference is more than noise. */
  certain: z.boolean(),
  /** How many fewer went on than by the norm (negative where more did), and what they would be worth there. */
  missing: z.number().nullable(),
  atStake: z.number().nullable(),
});
export type Held = z.infer<typeof Held>;

/** One stage: who reached it is out, inside, or went on. */
export const FunnelStep = z.object({
  stage: FunnelStage,
  reached: z.number(),
  /** Of these: those for whom nothing was recorded of this stage, but of a later one. */
  inferred: z.number(),
  wentOn: z.number(),
  out: Group,
  inside: Group,
  exits: z.array(FunnelExit),
  /** What a lead at this stage may be expected to bring, and the probability that it becomes a customer, by the norm. */
  value: z.number().nullable(),
  sale: z.number().nullable(),
  /** Null for the last stage. */
  held: Held.nullable(),
});
export type FunnelStep = z.infer<typeof FunnelStep>;

/** What the leads of one source cost and may be expected to bring. */
export const FunnelSource = z.object({
  /** Of the dimension; null is *(none)*. */
  name: z.string().nullable(),
  leads: z.number(),
  /** The probability of a sale at each stage up to the customer, and the value there; null where nothing is known. */
  sale: z.array(z.number().nullable()),
  value: z.array(z.number().nullable()),
  /** The share of customers lost each month, what one brings each month, and the customer-months seen. */
  churn: z.number().nullable(),
  monthly: z.number().nullable(),
  customerMonths: z.number(),
  spend: z.number().nullable(),
  costPerLead: z.number().nullable(),
  /** The cost per lead at which it brings back what it cost: its value. Null where it is not known, as where none was sold to yet. */
  affordable: z.number().nullable(),
  /** Of the value of a lead, at 80 %; null where that is not known. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Value of a lead ÷ its cost. */
  returned: z.number().nullable(),
});
export type FunnelSource = z.infer<typeof FunnelSource>;

/** Two sources in one order by the cost of a lead and in the other by what a lead is worth. */
export const RankFlip = z.object({
  cheaper: z.string(),
  dearer: z.string(),
  /** The value of a lead of the cheaper source ÷ that of the dearer, and its interval, below one. */
  worth: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  /** Whether the cheaper source also brings back less for each unit of money spent, beyond noise. */
  returnsLess: z.boolean(),
});
export type RankFlip = z.infer<typeof RankFlip>;

/** The path of a cohort of leads: where each of them is, what is lost where, and what leads are worth. */
export const Funnel = z.object({
  question: FunnelRequest.required({ by: true, from: true, to: true }),
  norm: z.object({ from: z.string(), to: z.string(), leads: z.number() }),
  /** The last day on which anything is recorded; ages are taken there. */
  observedTo: z.string(),
  currency: z.string(),
  /** The level at which differences are called more than noise, over all of them together. */
  level: z.number(),
  /** Months of a customer's life that count; where nobody subscribes, what customers paid so far counts instead. */
  months: z.number(),
  worthBy: z.enum(["subscription", "paid-so-far"]).nullable(),
  steps: z.array(FunnelStep),
  /** The stage that loses the most money, or leads where no value is known, against the norm, beyond noise. */
  worst: FunnelStage.nullable(),
  sources: z.array(FunnelSource),
  /** Those whose leads are cheap and worth little, the clearest first. */
  flips: z.array(RankFlip),
  warnings: z.array(Warning),
  freshness: z.array(Freshness),
  took_ms: z.number(),
});
export type Funnel = z.infer<typeof Funnel>;
