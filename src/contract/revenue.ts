import { z } from "zod";
import { Freshness, Warning } from "./answer.ts";
import { ForecastScores } from "./forecast.ts";
import { ForecastMethod, Projection, Running, Whose } from "./projection.ts";
import { Question } from "./question.ts";

const factor = z
  .number("expected a number such as 1.1")
  .gt(0, "expected a number above 0")
  .max(10, "expected 10 at most");

/** Whose revenue is foretold, and what would be if more deals were won, deals were larger, or more leads came: each as a factor. */
export const RevenueRequest = z.strictObject({
  ...Question.pick({ where: true, asOf: true, currency: true, from: true, to: true }).shape,
  /** What the days from `from` to `to` (this year so far where left out) are held against: the year before unless said. */
  compare: z.enum(["year", "previous"], "expected one of year, previous").optional(),
  winRate: factor.optional(),
  dealValue: factor.optional(),
  leads: factor.optional(),
});
export type RevenueRequest = z.infer<typeof RevenueRequest>;

/** How far a method was off where it foretold as much at once. */
export const PastError = z.object({
  method: ForecastMethod,
  /** The mean absolute error, in money and as a share of what came on average. */
  error: z.number(),
  share: z.number().nullable(),
  /** How many forecasts of the past that rests on, and how many months each of them foretold. */
  trials: z.number(),
  months: z.number(),
});
export type PastError = z.infer<typeof PastError>;

/** A goal of the period, and the probability that it is reached. */
export const GoalAhead = z.object({
  target: z.number(),
  /** Of how many goals of shorter periods it is the sum; 0 where it is a goal of this very period. */
  summed: z.number(),
  probability: z.number().nullable(),
});
export type GoalAhead = z.infer<typeof GoalAhead>;

/** The month, quarter or year that runs. */
export const RevenuePeriod = z.object({
  ...Running.shape,
  method: ForecastMethod.nullable(),
  projection: Projection.nullable(),
  past: z.array(PastError),
  /** By the pipeline, whichever method is used: what open deals, and all else, may be expected to bring until the end; null where that is not known. */
  expected: z.object({ open: z.number(), rest: z.number() }).nullable(),
  goal: GoalAhead.nullable(),
  /** The same where the request says what would be different; null where it says nothing, or the pipeline is not known. */
  changed: Projection.extend({ probability: z.number().nullable() }).nullable(),
});
export type RevenuePeriod = z.infer<typeof RevenuePeriod>;

/** A company, team or person with the periods that run; where nothing is foretold, the reason. */
export const RevenueScope = z.object({
  ...Whose.shape,
  periods: z.array(RevenuePeriod),
  reason: z.enum(["too-short", "too-few-sales"]).nullable(),
});
export type RevenueScope = z.infer<typeof RevenueScope>;

/** One month: what came in, or what is foretold of it, and its goal. */
export const RevenueMonth = z.object({
  month: z.string(),
  /** Of the present month so far; null of those to come. */
  value: z.number().nullable(),
  projection: Projection.nullable(),
  goal: z.number().nullable(),
  /** The same month a year before, and this one with the eleven before it; null where not all of that is known. */
  yearBefore: z.number().nullable(),
  rolling: z.number().nullable(),
  /** What it would have been with as many working days as a month of the last year had on average. */
  adjusted: z.number().nullable(),
});
export type RevenueMonth = z.infer<typeof RevenueMonth>;

const effects = { volume: z.number(), mix: z.number(), price: z.number(), currency: z.number() };

/** The difference of revenue between two ranges of days, split into effects that add up to it; by product too. */
export const RevenueChange = z.object({
  from: z.string(),
  to: z.string(),
  compared: z.object({ from: z.string(), to: z.string() }),
  before: z.number(),
  after: z.number(),
  ...effects,
  products: z.array(z.object({ product: z.string().nullable(), before: z.number(), after: z.number(), ...effects })),
});
export type RevenueChange = z.infer<typeof RevenueChange>;

/** An open deal with what it may be expected to bring by the end of the quarter. */
export const DealAhead = z.object({
  deal: z.string(),
  rep: z.string().nullable(),
  stage: z.string().nullable(),
  /** Days at its stage. */
  age: z.number(),
  product: z.string().nullable(),
  amount: z.number(),
  /** The probability that it is won by the end of the month, of the quarter and of the year. */
  chances: z.tuple([z.number(), z.number(), z.number()]),
  expected: z.number(),
});
export type DealAhead = z.infer<typeof DealAhead>;

/** Where the revenue of the periods that run will land, how sure that is, and what it rests on. */
export const Revenue = z.object({
  question: RevenueRequest,
  /** The last day on which anything is recorded, where the forecast stands. */
  observedTo: z.string(),
  currency: z.string(),
  basis: z.enum(["bookings", "billings", "recognised", "cash", "revenue"]),
  /** How many whole months are known. */
  known: z.number(),
  months: z.array(RevenueMonth),
  fan: ForecastMethod.nullable(),
  change: RevenueChange,
  scopes: z.array(RevenueScope),
  /** How many deals are open, what they are worth, and what is expected of them by the end of the quarter. */
  open: z.object({ deals: z.number(), amount: z.number(), expected: z.number() }),
  /** Those of them of which the most is expected. */
  deals: z.array(DealAhead),
  /** What became of the forecasts of this question that were sealed. */
  sealed: ForecastScores,
  warnings: z.array(Warning),
  freshness: z.array(Freshness),
  took_ms: z.number(),
});
export type Revenue = z.infer<typeof Revenue>;
