import { z } from "zod";

const Day = z.iso.date("expected a day such as 2026-11-23");
/** What a test may count, the first where nothing is said. */
export const holdoutOutcomes = ["revenue", "leads", "customers"] as const;
const Countries = z.array(z.string().min(1)).min(1);

/** One day of a test that is told rather than counted: what was seen where advertising changed, and where it did not. */
const Observation = z.strictObject({ day: Day, treated: z.number(), control: z.number().optional() });

/** Which days and countries are held against which. Without countries treated and control are told, or only time is compared. */
export const HoldoutRequest = z.strictObject({
  of: z.enum(holdoutOutcomes, `expected one of ${holdoutOutcomes.join(", ")}`).optional(),
  /** Countries in which the advertising was changed; all where left out, so that only time is compared. */
  treated: Countries.optional(),
  /** Countries in which it was not; all others where left out. */
  control: Countries.optional(),
  /** The first day of the time before; eight blocks before the test where left out. */
  before: Day.optional(),
  /** The first day of the test. */
  from: Day,
  /** The day after the last one of the test; tomorrow, or what the observations have, where left out. */
  to: Day.optional(),
  /** Days that are added up before they are compared; 7, so that weekdays are alike. */
  block: z.number().int().min(1).max(31).optional(),
  /** What was spent more because of the test; less than nothing where advertising was switched off. */
  spend: z.number().optional(),
  interval: z.number().gt(0).lt(1).optional(),
  observations: z.array(Observation).min(1).max(10_000).optional(),
});
export type HoldoutRequest = z.infer<typeof HoldoutRequest>;

const Interval = z.tuple([z.number(), z.number()]);
const Span = z.object({ from: z.string(), to: z.string(), blocks: z.number() });

/** What a change of advertising brought. */
export const Holdout = z.object({
  design: z.enum(["geo", "time"]),
  of: z.enum(holdoutOutcomes).nullable(),
  currency: z.string().nullable(),
  treated: z.array(z.string()).nullable(),
  control: z.array(z.string()).nullable(),
  block: z.number(),
  /** The whole blocks that are compared. */
  before: Span,
  test: Span,
  level: z.number(),
  observed: z.number(),
  expected: z.number(),
  incremental: z.number(),
  interval: Interval,
  /** incremental ÷ expected; null where nothing was expected. */
  lift: z.number().nullable(),
  /** incremental ÷ what was spent more; null where that is not said. */
  perSpend: z.object({ value: z.number(), interval: Interval }).nullable(),
});
export type Holdout = z.infer<typeof Holdout>;
