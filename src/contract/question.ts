import { z } from "zod";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "expected a day such as 2026-11-23");
const value = z.string().nullable();

/** The values that a dimension may have: a list (null is *(none)*), or everything but a list. */
export const Filter = z.union([z.array(value).min(1), z.strictObject({ not: z.array(value).min(1) })]);
export type Filter = z.infer<typeof Filter>;

export const grains = ["day", "week", "month", "quarter", "year"] as const;
export const Grain = z.enum(grains);
export type Grain = z.infer<typeof Grain>;

export const clocks = ["period", "cohort"] as const;
export const Clock = z.enum(clocks);
export type Clock = z.infer<typeof Clock>;

/** What every caller asks: a page, the command line, the HTTP API. Days are of the workspace's zone; `to` is exclusive. */
export const Question = z.strictObject({
  indicator: z.string().min(1),
  variant: z.string().min(1).optional(),
  by: z.array(z.string().min(1)).max(4).optional(),
  grain: Grain.optional(),
  from: day.optional(),
  to: day.optional(),
  where: z.record(z.string(), Filter).optional(),
  clock: Clock.optional(),
  window: z.number().int().positive().max(3660).optional(),
  model: z.string().min(1).optional(),
  compare: z.union([z.enum(["previous", "year"]), z.strictObject({ from: day, to: day })]).optional(),
  asOf: z.iso.datetime({ offset: true }).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "expected a currency such as EUR")
    .optional(),
  interval: z.number().gt(0).lt(1).optional(),
});
export type Question = z.infer<typeof Question>;
