import { z } from "zod";
import { Freshness, Row, Unit, Warning } from "./answer.ts";
import { Question } from "./question.ts";

/** One input of the formula: its number, the filter that defines it, the SQL of its rows and the rows themselves. */
export const ExplainedPart = z.object({
  id: z.string(),
  title: z.string(),
  value: z.number().nullable(),
  unit: Unit,
  fact: z.string(),
  /** What is counted, in words: the fact, its filters and the day that dates it. */
  definition: z.string(),
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
  warnings: z.array(Warning),
  freshness: z.array(Freshness),
  sql: z.string(),
});
export type Explanation = z.infer<typeof Explanation>;
