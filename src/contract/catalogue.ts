import { z } from "zod";
import { Unit } from "./answer.ts";
import { Violation } from "./check.ts";
import { clocks, grains } from "./question.ts";

/** One variant as it can be asked: what it may be split and filtered by, on which clock, and in which unit. */
export const VariantEntry = z.object({
  id: z.string(),
  title: z.string(),
  unit: Unit,
  formula: z.string(),
  /** The parts of the formula, in the order of an answer's `parts`. */
  parts: z.array(z.object({ id: z.string(), unit: Unit })),
  /** Whether the value grows as its period goes on, so that a goal has a pace. */
  accumulates: z.boolean(),
  by: z.array(z.string()),
  clocks: z.array(z.enum(clocks)),
});
export type VariantEntry = z.infer<typeof VariantEntry>;

/** One version of a definition: from which day of the data it is in force, and since when it is known. */
export const DefinitionVersion = z.object({
  version: z.number(),
  /** Null where it is in force since ever. */
  effective: z.string().nullable(),
  owner: z.string().nullable(),
  by: z.string().nullable(),
  /** The instant from which it is known; null for what has always been so. */
  since: z.string().nullable(),
  /** Whether the company wrote it; false for Embudo's own. */
  own: z.boolean(),
});
export type DefinitionVersion = z.infer<typeof DefinitionVersion>;

export const IndicatorEntry = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  better: z.enum(["higher", "lower"]),
  version: z.number(),
  /** Whether the company made it or changes it. */
  own: z.boolean(),
  owner: z.string().nullable(),
  effective: z.string().nullable(),
  /** Every version that is known, the oldest first. */
  history: z.array(DefinitionVersion),
  /** The company's own names and descriptions, by language; empty where it leaves those of Embudo. */
  titles: z.record(z.string(), z.string()),
  descriptions: z.record(z.string(), z.string()),
  /** Position among the seed's nine, or null for a supporting indicator. */
  nine: z.number().nullable(),
  grains: z.array(z.enum(grains)),
  /** The default comes first. */
  variants: z.array(VariantEntry).min(1),
});
export type IndicatorEntry = z.infer<typeof IndicatorEntry>;

/** The workspace as pages need it, and every indicator that can be asked. */
export const Catalogue = z.object({
  workspace: z.object({
    name: z.string(),
    currency: z.string(),
    timeZone: z.string(),
    languages: z.array(z.string()),
    locale: z.string(),
    today: z.string(),
    /** The last day on which anything is recorded to have happened, today at most; null without data. */
    lastDay: z.string().nullable(),
    /** The day of the first load, before which nothing was known; null before it. */
    firstLoadedOn: z.string().nullable(),
    empty: z.boolean(),
    /** Checks that do not hold since the last load: numbers that rest on them are wrong. */
    violations: z.array(Violation),
  }),
  indicators: z.array(IndicatorEntry),
});
export type Catalogue = z.infer<typeof Catalogue>;
