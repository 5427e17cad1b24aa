import { z } from "zod";
import { Attainment } from "./attainment.ts";
import { Reps, RepsRequest } from "./reps.ts";

/** One person who sells, of whom the map and more is wanted. */
export const RepRequest = RepsRequest.omit({ only: true }).extend({ rep: z.string().min(1) });
export type RepRequest = z.infer<typeof RepRequest>;

/** An open deal that is older than nearly all that were won. */
export const DealAtRisk = z.object({
  deal: z.string(),
  stage: z.string().nullable(),
  product: z.string().nullable(),
  amount: z.number().nullable(),
  currency: z.string().nullable(),
  createdOn: z.string(),
  /** Whole days since then. */
  age: z.number(),
  /** The share of won deals that took longer. */
  later: z.number(),
});
export type DealAtRisk = z.infer<typeof DealAtRisk>;

/** One person who sells, against the nameless others: their side of the map, the deals they may lose, and their goals. */
export const RepDetail = z.object({
  map: Reps,
  risk: z.object({
    /** Within how many days nine of ten won deals were won; null where none was. */
    usualDays: z.number().nullable(),
    /** Their open deals, and how many of them are older; the largest of those first. */
    open: z.number(),
    older: z.number(),
    deals: z.array(DealAtRisk),
  }),
  /** Their goals whose period runs on the last day of the map. */
  goals: z.array(Attainment),
});
export type RepDetail = z.infer<typeof RepDetail>;
