import { z } from "zod";

const forecastMethods = ["naive", "seasonal-naive", "run-rate", "exponential-smoothing", "theta", "pipeline"] as const;
export const ForecastMethod = z.enum(forecastMethods);
export type ForecastMethod = z.infer<typeof ForecastMethod>;

/** What comes is below these with a probability of 10, 50 and 90 %. */
export const Projection = z.object({ low: z.number(), mid: z.number(), high: z.number() });
export type Projection = z.infer<typeof Projection>;

/** The company, or a team or person by name. */
export const Whose = z.object({ kind: z.enum(["company", "team", "rep"]), name: z.string().nullable() });
export type Whose = z.infer<typeof Whose>;

/** A month, quarter or year with what came in of it so far; `to` is exclusive. */
export const Running = z.object({
  grain: z.enum(["month", "quarter", "year"]),
  from: z.string(),
  to: z.string(),
  soFar: z.number(),
});
export type Running = z.infer<typeof Running>;
