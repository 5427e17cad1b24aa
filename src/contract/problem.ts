import { z } from "zod";

/** A refusal or failure as it goes over the wire: what happened and what to do about it. */
export const ProblemBody = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type ProblemBody = z.infer<typeof ProblemBody>;
