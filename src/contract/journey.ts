import { z } from "zod";

/** What may be credited, from the greatest to the least. */
export const outcomesOfJourneys = ["revenue", "customer", "deal", "sql", "mql", "lead"] as const;

/** Whose journey is wanted, by a lead's id, a person's or an alias; and whose shares, as `KIND:ID` of an outcome. */
export const JourneyRequest = z.strictObject({
  name: z.string().trim().min(1, "name a lead, a person or an alias"),
  outcome: z
    .string()
    .regex(new RegExp(`^(${outcomesOfJourneys.join("|")}):.+$`, "s"), "expected an outcome such as deal:D1")
    .optional(),
});
export type JourneyRequest = z.infer<typeof JourneyRequest>;

/** A share of the outcome under each model that goes by rule. */
const Shares = z.record(z.string(), z.number());

/** Something that the person did, or only saw, with what it earned of the outcome; null where it is not before it. */
export const JourneyTouch = z.object({
  type: z.literal("touch"),
  at: z.string(),
  id: z.string(),
  kind: z.string(),
  /** Whether it was only seen, so that it earns nothing unless a question says otherwise. */
  seen: z.boolean(),
  channel: z.string().nullable(),
  source: z.string().nullable(),
  medium: z.string().nullable(),
  campaign: z.string().nullable(),
  shares: Shares.nullable(),
});
export type JourneyTouch = z.infer<typeof JourneyTouch>;

/** What came of it: a lead, a payment and the like. */
export const JourneyOutcome = z.object({
  type: z.literal("outcome"),
  at: z.string(),
  kind: z.enum(outcomesOfJourneys),
  id: z.string(),
  amount: z.number().nullable(),
  currency: z.string().nullable(),
});
export type JourneyOutcome = z.infer<typeof JourneyOutcome>;

/** Everything that is known to have happened to one person, in order. */
export const Journey = z.object({
  name: z.string(),
  /** The id of the person; null where a lead is of nobody who is known otherwise. */
  person: z.string().nullable(),
  leads: z.array(z.string()),
  /** How many aliases of each kind the person is known by. */
  aliases: z.record(z.string(), z.number()),
  models: z.array(z.string()),
  /** The outcome whose shares are told, as `KIND:ID`; null where nothing came of it. */
  outcome: z.string().nullable(),
  /** What was recorded on the outcome itself, where that has all of it. */
  recorded: z.object({ channel: z.string().nullable(), campaign: z.string().nullable() }).nullable(),
  events: z.array(z.discriminatedUnion("type", [JourneyTouch, JourneyOutcome])),
  /** Whether there were more touches than are told. */
  cut: z.boolean(),
});
export type Journey = z.infer<typeof Journey>;
