import { z } from "zod";
import { Grain } from "./question.ts";

/** What a goal can be of; a dimension of its indicator unless it is the whole company. */
export const scopeKinds = ["company", "team", "rep", "segment", "channel", "campaign", "product"] as const;
export const ScopeKind = z.enum(scopeKinds, `expected one of ${scopeKinds.join(", ")}`);
export type ScopeKind = z.infer<typeof ScopeKind>;

/** A target for one period; `scope` is empty for the whole company. Shares are 0..1, money in `currency`. */
export const Goal = z.object({
  indicator: z.string(),
  variant: z.string().nullable(),
  scopeKind: ScopeKind,
  scope: z.string().nullable(),
  periodStart: z.string(),
  grain: Grain,
  target: z.number(),
  currency: z.string().nullable(),
});
export type Goal = z.infer<typeof Goal>;
