import { z } from "zod";

const named = {
  lead: z.string().min(1),
  /** Who does it. */
  by: z.string().trim().min(1, "say who does it"),
};

/** What sales says of a lead by hand: it is accepted, rejected with a reason, or what was said last by hand is taken back. */
export const DecisionOrder = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("accept"), ...named, reason: z.string().trim().min(1).optional() }),
  z.strictObject({ do: z.literal("reject"), ...named, reason: z.string().trim().min(1, "say why") }),
  z.strictObject({ do: z.literal("undo"), ...named }),
]);
export type DecisionOrder = z.infer<typeof DecisionOrder>;

/** A decision on a lead: of a person by hand (`source` is `(decisions)`), or of a source. */
export const Decision = z.object({
  outcome: z.enum(["accepted", "rejected"]),
  reason: z.string().nullable(),
  by: z.string().nullable(),
  at: z.string(),
  source: z.string(),
});
export type Decision = z.infer<typeof Decision>;

/** The decision that counts after an order, and the one that did before; the last one of all sources counts. */
export const DecisionOutcome = z.object({
  lead: z.string(),
  before: Decision.nullable(),
  after: Decision.nullable(),
});
export type DecisionOutcome = z.infer<typeof DecisionOutcome>;
