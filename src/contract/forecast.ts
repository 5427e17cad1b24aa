import { z } from "zod";
import { ForecastMethod, Projection, Running, Whose } from "./projection.ts";
import { Question } from "./question.ts";

/** What narrows a forecast, and the currency that it is in. */
const Narrowed = Question.pick({ where: true, currency: true });

/** Whose forecast is sealed. */
export const SealOrder = z.strictObject({
  ...Narrowed.shape,
  /** Who does it. */
  by: z.string().trim().min(1, "say who does it").optional(),
});
export type SealOrder = z.infer<typeof SealOrder>;

/** What was foretold of one period of a company, team or person. */
export const SealedEntry = z.strictObject({
  ...Whose.shape,
  ...Running.shape,
  method: ForecastMethod,
  ...Projection.shape,
});
export type SealedEntry = z.infer<typeof SealedEntry>;

/** A forecast as it was made, which is never changed: it holds the digest of the one before it, and its own. */
export const SealedForecast = z.strictObject({
  /** The version of this form. */
  forecast: z.literal(1),
  sealedAt: z.string(),
  by: z.string().nullable(),
  question: Narrowed,
  observedTo: z.string(),
  currency: z.string(),
  entries: z.array(SealedEntry),
  /** The digest of the forecast before it; null of the first. */
  previous: z.string().nullable(),
  /** SHA-256 of everything else, written canonically. */
  digest: z.string(),
});
export type SealedForecast = z.infer<typeof SealedForecast>;

/** One sealed forecast whose period is over, held against what came. */
export const ScoredEntry = SealedEntry.extend({ observedTo: z.string(), actual: z.number(), within: z.boolean() });
export type ScoredEntry = z.infer<typeof ScoredEntry>;

/** How well the sealed forecasts of a company, team or person did, of one length of period. */
export const ForecastScore = z.object({
  ...Whose.shape,
  ...Running.pick({ grain: true }).shape,
  forecasts: z.number(),
  /** How many of the actual values were within the band of 80 %. */
  within: z.number(),
  /** Mean absolute error, and mean error (above zero: too high), as shares of what came on average; null where nothing did. */
  error: z.number().nullable(),
  bias: z.number().nullable(),
  /** The mean pinball loss over the three quantiles, as a share of what came on average. */
  pinball: z.number().nullable(),
});
export type ForecastScore = z.infer<typeof ForecastScore>;

/** What became of the sealed forecasts. */
export const ForecastScores = z.object({
  /** How many forecasts are sealed; and the first of them, counted from one, that is not what was sealed. */
  sealed: z.number(),
  altered: z.number().nullable(),
  /** The day of the last of them. */
  last: z.string().nullable(),
  /** How many of the periods foretold are not over yet. */
  waiting: z.number(),
  scores: z.array(ForecastScore),
  scored: z.array(ScoredEntry),
});
export type ForecastScores = z.infer<typeof ForecastScores>;
