import { z } from "zod";
import { Instant } from "./instant.ts";
import { Flag, Unit } from "./answer.ts";
import { Attainment } from "./attainment.ts";
import { ProblemBody } from "./problem.ts";

const day = z.iso.date("expected a day such as 2026-11-23");

/** An ordered set of indicators with filters: of a team, a person, or the company. */
export const Scoreboard = z.object({
  name: z.string(),
  title: z.string(),
  filters: z.record(z.string(), z.array(z.string())),
  indicators: z.array(z.object({ indicator: z.string(), variant: z.string().nullable() })),
});
export type Scoreboard = z.infer<typeof Scoreboard>;

/** One indicator of a scoreboard: its value, what it was before, and where it stands against its goal. */
export const ScoreboardLine = z.object({
  indicator: z.string(),
  /** Spelt out; as the scoreboard names it where the indicator could not be asked. */
  variant: z.string().nullable(),
  title: z.string(),
  unit: Unit.nullable(),
  better: z.enum(["higher", "lower"]),
  currency: z.string().nullable(),
  value: z.number().nullable(),
  n: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  flags: z.array(Flag),
  /** The value of the period before, cut to as many days as have passed. */
  before: z.number().nullable(),
  /** Null without a goal for exactly this period and these filters. */
  attainment: Attainment.nullable(),
  /** Why the indicator could not be asked so. */
  problem: ProblemBody.nullable(),
});
export type ScoreboardLine = z.infer<typeof ScoreboardLine>;

/** A scoreboard, filled in for a range (`to` exclusive), with the range it is compared with. */
export const ScoreboardAnswer = z.object({
  scoreboard: Scoreboard,
  from: z.string(),
  to: z.string(),
  compared: z.object({ from: z.string(), to: z.string() }),
  lines: z.array(ScoreboardLine),
});
export type ScoreboardAnswer = z.infer<typeof ScoreboardAnswer>;

/** Which scoreboard is wanted: the nine where no name is said, of this month where no range is. */
export const ScoreboardRequest = z.strictObject({
  name: z.string().min(1).optional(),
  from: day.optional(),
  to: day.optional(),
  asOf: Instant.optional(),
});
export type ScoreboardRequest = z.infer<typeof ScoreboardRequest>;
