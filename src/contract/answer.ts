import { z } from "zod";
import { Question } from "./question.ts";
import { Ranking } from "./ranking.ts";

/** How a value reads: a share 0..1 (or a return such as 6.2), money in the answer's currency, a count, days. */
export const units = ["ratio", "money", "count", "days"] as const;
export const Unit = z.enum(units);
export type Unit = z.infer<typeof Unit>;

/** Why a row has no value, or what to know before using it. */
export const flags = ["no-denominator", "not-enough-data", "not-recorded", "small-n", "immature", "estimated"] as const;
export const Flag = z.enum(flags);
export type Flag = z.infer<typeof Flag>;

export const Row = z.object({
  key: z.record(z.string(), z.string().nullable()),
  period: z.string().nullable(),
  value: z.number().nullable(),
  /** What was seen so far, where the value is an estimate of what will be; null elsewhere. */
  observed: z.number().nullable(),
  /** Where what is estimated will lie when its time is over, at the question's level; null elsewhere. */
  band: z.tuple([z.number(), z.number()]).nullable(),
  n: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  maturity: z.number().nullable(),
  incomplete: z.boolean(),
  parts: z.record(z.string(), z.number().nullable()),
  flags: z.array(Flag),
});
export type Row = z.infer<typeof Row>;

export const Warning = z.object({
  code: z.string(),
  message: z.string(),
  count: z.number().optional(),
  /** The number is wrong, where it says so; anything else is to be known before using it. */
  severity: z.enum(["error"]).optional(),
});
export type Warning = z.infer<typeof Warning>;

export const Freshness = z.object({ source: z.string(), loadedAt: z.string(), rows: z.number() });
export type Freshness = z.infer<typeof Freshness>;

export const ComparedRow = Row.extend({
  /**
   * Whether the row in its place has changed since by more than noise at the question's level; null where that cannot be
   * told, or where there is none. Of many rows some are certain by luck.
   */
  certain: z.boolean().nullable(),
});
export type ComparedRow = z.infer<typeof ComparedRow>;

export const Comparison = z.object({
  from: z.string(),
  to: z.string(),
  rows: z.array(ComparedRow),
  total: Row,
  /** Whether the change of the total is more than noise at the question's level; null where that cannot be told. */
  certain: z.boolean().nullable(),
});
export type Comparison = z.infer<typeof Comparison>;

/** What every question gets back. Rows are sorted by period, then by the first part, descending. */
export const Answer = z.object({
  question: Question,
  indicator: z.object({
    id: z.string(),
    variant: z.string(),
    /** Of the definition that answers. */
    version: z.number(),
    owner: z.string().nullable(),
    /** The first day on which that version is in force; null where it is since ever. */
    effective: z.string().nullable(),
    unit: Unit,
    better: z.enum(["higher", "lower"]),
    currency: z.string().nullable(),
  }),
  rows: z.array(Row),
  total: Row,
  comparison: Comparison.nullable(),
  /** The rows in order, where the question asked for it. */
  ranking: Ranking.nullable(),
  /** What the values of a key are called, where that is not what they are: the last name of a campaign. */
  names: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  warnings: z.array(Warning),
  freshness: z.array(Freshness),
  sql: z.string(),
  took_ms: z.number(),
});
export type Answer = z.infer<typeof Answer>;
