import { z } from "zod";
import { Freshness, Warning } from "./answer.ts";
import { Verdict } from "./attainment.ts";
import { Passage } from "./funnel.ts";
import { Question } from "./question.ts";

/** Who is taken to have opened a deal: its owner at creation, who found it, or who owns it now. */
export const openers = ["created_by", "sourcer", "rep"] as const;

/** Whose map is wanted: of the deals that were created on some days. `only` names one rep and leaves the others nameless. */
export const RepsRequest = z.strictObject({
  opener: z.enum(openers, `expected one of ${openers.join(", ")}`).optional(),
  only: z.string().min(1).optional(),
  ...Question.pick({ from: true, to: true, where: true, window: true, model: true, asOf: true, currency: true }).shape,
});
export type RepsRequest = z.infer<typeof RepsRequest>;

/** How a rep stands to all others: beyond noise above or below, like them, or with too little to tell. */
export const Stand = z.enum(["above", "below", "alike", "too-few"]);
export type Stand = z.infer<typeof Stand>;

/** Where a rep is on the map; `in-between` is like the others on one side or on both. */
export const repVerdicts = [
  "creates-and-closes",
  "creates-does-not-close",
  "closes-does-not-open",
  "neither",
  "in-between",
  "too-few",
] as const;
export const RepVerdict = z.enum(repVerdicts);
export type RepVerdict = z.infer<typeof RepVerdict>;

/** One side of the map: what was counted, and what is believed of it. */
const Side = z.object({
  /** As it was counted, without adjusting for the mix and without drawing it towards the others. */
  raw: z.number(),
  value: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  stands: Stand,
});
export type Side = z.infer<typeof Side>;

/** The stages that a rep takes leads through: from each to the next. */
export const repStages = ["lead", "mql", "sql", "opportunity"] as const;
export const RepStage = z.enum(repStages);
export type RepStage = z.infer<typeof RepStage>;

/** How a rep takes leads from one stage to the next within a window, against all reps together. */
export const RepStep = z.object({
  stage: RepStage,
  window: z.number(),
  ...Passage.shape,
  /** What all of them reach with this rep's mix. */
  team: z.number().nullable(),
  /** How many fewer went on than at the rate of all (negative where more did), and the revenue of as many. */
  missing: z.number().nullable(),
  atStake: z.number().nullable(),
  /** Whether the difference is more than noise. */
  certain: z.boolean(),
});
export type RepStep = z.infer<typeof RepStep>;

/** What a rep may train: to bring in opportunities, or the stage at which they fall behind. */
export const Training = z.enum(["prospecting", ...repStages]);
export type Training = z.infer<typeof Training>;

/** A person who sells, on the map. */
export const Rep = z.object({
  rep: z.string(),
  name: z.string().nullable(),
  team: z.string().nullable(),
  /** Whether they had left by the last day on which anything is recorded. */
  left: z.boolean(),
  /** Working weeks of the range in which they were there. */
  weeks: z.number(),
  /** Leads of the range that they have now and that became SQLs; and as many per working week, null where they were not there. */
  sqls: z.number(),
  sqlsPerWeek: z.number().nullable(),
  /** Deals that they opened; and of deals that they owned at the close, or own now: all, closed, won within the window. */
  opened: z.number(),
  deals: z.number(),
  closed: z.number(),
  won: z.number(),
  /** Wins to be expected of their deals, as old and as mixed as they are, at the rates of all. */
  expected: z.number(),
  /** Opportunities per working week; null where they were not there, or nobody opened any. */
  create: Side.nullable(),
  /** The share that is won within the window, of the usual mix; null where nothing of theirs was closed. */
  close: Side.nullable(),
  verdict: RepVerdict,
  steps: z.array(RepStep),
  /** The stage that costs most against the others, beyond noise. */
  weakest: RepStage.nullable(),
  train: Training.nullable(),
  revenue: z.number().nullable(),
  /** How far this month's goal of revenue is reached, where they have one. */
  goal: z.object({ attainment: z.number().nullable(), verdict: Verdict.nullable() }).nullable(),
});
export type Rep = z.infer<typeof Rep>;

/** Where the nameless others lie: a quarter below, half, a quarter above; null for fewer than five. */
const Band = z.tuple([z.number(), z.number(), z.number()]).nullable();

/** Who creates and who closes. */
export const Reps = z.object({
  question: RepsRequest.required({ opener: true, from: true, to: true, window: true }),
  observedTo: z.string(),
  currency: z.string(),
  /** The level of the intervals, and the share of false flags among all that are raised. */
  level: z.number(),
  falseFlags: z.number(),
  /** What all reps together do: opportunities per working week of one of them, and the share that is won. */
  usual: z.object({ create: z.number().nullable(), close: z.number().nullable() }),
  /** What the share that is won is adjusted for; what is recorded of winners alone is left out. */
  adjusted: z.array(z.string()),
  /** What a won deal brings. */
  dealValue: z.number().nullable(),
  /** By name; the one that is named alone where `only` is said. */
  reps: z.array(Rep),
  /** The others, where one alone is named. */
  others: z.object({ count: z.number(), create: Band, close: Band }).nullable(),
  warnings: z.array(Warning),
  freshness: z.array(Freshness),
  took_ms: z.number(),
});
export type Reps = z.infer<typeof Reps>;
