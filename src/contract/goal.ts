import { z } from "zod";
import { Grain } from "./question.ts";

/** A target for one period; `scope` is empty for the whole company. Shares are 0..1, money in `currency`. */
export const Goal = z.object({
  indicator: z.string(),
  variant: z.string().nullable(),
  scopeKind: z.enum(["company", "team", "rep", "segment", "channel", "campaign", "product"]),
  scope: z.string().nullable(),
  periodStart: z.string(),
  grain: Grain,
  target: z.number(),
  currency: z.string().nullable(),
});
export type Goal = z.infer<typeof Goal>;
