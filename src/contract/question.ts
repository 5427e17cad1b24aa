import { z } from "zod";
import { Instant } from "./instant.ts";

const day = z.iso.date("expected a day such as 2026-11-23");
const value = z.string().nullable();

/** The values that a dimension may have: a list (null is *(none)*), or everything but a list. */
export const Filter = z.union([z.array(value).min(1), z.strictObject({ not: z.array(value).min(1) })]);
export type Filter = z.infer<typeof Filter>;

export const grains = ["day", "week", "month", "quarter", "year"] as const;
export const Grain = z.enum(grains, `expected one of ${grains.join(", ")}`);
export type Grain = z.infer<typeof Grain>;

export const clocks = ["period", "cohort"] as const;
export const Clock = z.enum(clocks, `expected ${clocks.join(" or ")}`);
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
  window: z
    .number("expected days")
    .int("expected whole days")
    .min(1, "expected 1 to 3660 days")
    .max(3660, "expected 1 to 3660 days")
    .optional(),
  model: z.string().min(1).optional(),
  /** Days before an outcome in which touches earn credit, where fewer than the workspace's. */
  lookBack: z.number("expected days").int("expected whole days").min(1, "expected at least a day").optional(),
  /** Whether what was only seen earns credit too. */
  views: z.boolean().optional(),
  /** Whether direct touches earn credit like others, or yield to them where a journey has any. */
  direct: z.enum(["counts", "yields"], "expected counts or yields").optional(),
  compare: z
    .union(
      [z.enum(["previous", "year"]), z.strictObject({ from: day, to: day })],
      "expected previous, year, or a range of days",
    )
    .optional(),
  asOf: Instant.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "expected a currency such as EUR")
    .optional(),
  interval: z
    .number("expected a share")
    .gt(0, "expected a share between 0 and 1")
    .lt(1, "expected a share between 0 and 1")
    .optional(),
  /** The version of the indicator's definition; the one in force on the last day where left out. */
  definition: z.number().int().min(1).optional(),
  /** Whether the rows are put in order, with the probability that each is the best. */
  rank: z.boolean().optional(),
});
export type Question = z.infer<typeof Question>;
