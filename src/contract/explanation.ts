import { z } from "zod";
import { Freshness, Row, Unit, Warning } from "./answer.ts";
import { Bridge } from "./bridge.ts";
import { Changes } from "./changes.ts";
import { Curve } from "./curve.ts";
import { Question } from "./question.ts";
import { Mover, Why } from "./why.ts";

/** A condition on a column or dimension, as plain values. */
export const StatedCondition = z.object({
  name: z.string(),
  test: z.enum(["in", "not-in", "null", "present", "positive"]),
  values: z.array(z.string()),
});
export type StatedCondition = z.infer<typeof StatedCondition>;

/** What a part takes, for a sentence in the reader's language. */
export const StatedMeasure = z.object({
  takes: z.enum(["count", "sum", "median", "opening", "closing", "retained", "kept"]),
  /** The column that is added up, or the two days whose distance is taken; empty for counts. */
  of: z.array(z.string()),
  where: z.array(StatedCondition),
  /** The day that dates a row. */
  dated: z.string().nullable(),
  reached: z.string().nullable(),
  window: z.number().nullable(),
});
export type StatedMeasure = z.infer<typeof StatedMeasure>;

/** One input of the formula: its number, the filter that defines it, the SQL of its rows and the rows themselves. */
export const ExplainedPart = z.object({
  id: z.string(),
  title: z.string(),
  value: z.number().nullable(),
  unit: Unit,
  fact: z.string(),
  /** What is counted, in words: the fact, its filters and the day that dates it. */
  definition: z.string(),
  stated: StatedMeasure,
  rowCount: z.number(),
  columns: z.array(z.string()),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  sql: z.string(),
});
export type ExplainedPart = z.infer<typeof ExplainedPart>;

/** One cell of an answer, opened: the math with its numbers, the definition, the rows of each part, the SQL. */
export const Explanation = z.object({
  question: Question,
  key: z.record(z.string(), z.string().nullable()),
  period: z.string().nullable(),
  indicator: z.object({
    id: z.string(),
    variant: z.string(),
    version: z.number(),
    owner: z.string().nullable(),
    effective: z.string().nullable(),
    unit: Unit,
    currency: z.string().nullable(),
    title: z.string(),
    description: z.string(),
  }),
  cell: Row,
  /** The formula with its names, e.g. `won ÷ closed`, and with its numbers, e.g. `107 ÷ 152 = 0.7039`. */
  formula: z.string(),
  math: z.string(),
  parts: z.array(ExplainedPart),
  /** How the share grows with age, of cohorts with a window. */
  curve: Curve.nullable(),
  /** Why it changed against what the question compares with. */
  why: Why.nullable(),
  /** The segments of any dimension that moved it by more than noise. */
  movers: z.array(Mover).nullable(),
  /** Why it is another number than at an earlier instant of knowledge. */
  changes: Changes.nullable(),
  /** How it differs from another number. */
  bridge: Bridge.nullable(),
  warnings: z.array(Warning),
  freshness: z.array(Freshness),
  sql: z.string(),
});
export type Explanation = z.infer<typeof Explanation>;
