import { z } from "zod";
import type { Answer } from "./answer.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Explanation } from "./explanation.ts";
import type { Goal } from "./goal.ts";
import { Question } from "./question.ts";
import type { RejectedRequest, RejectedRow } from "./rejected.ts";

/** The cell to open: one row of an answer (its key and period), or the total where both are left out. */
export const ExplainRequest = z.strictObject({
  question: Question,
  key: z.record(z.string(), z.string().nullable()).optional(),
  period: z.string().optional(),
  /** Rows of each part: at most this many, from this one on. */
  limit: z.number().int().min(0).max(100_000).optional(),
  offset: z.number().int().min(0).optional(),
});
export type ExplainRequest = z.infer<typeof ExplainRequest>;

/** What every front door (pages, HTTP, command line) calls. All of it refuses with Problems. */
export interface Api {
  readonly catalogue: () => Promise<Catalogue>;
  readonly ask: (question: Question, signal?: AbortSignal) => Promise<Answer>;
  readonly explain: (request: ExplainRequest, signal?: AbortSignal) => Promise<Explanation>;
  readonly goals: () => Promise<Goal[]>;
  readonly rejected: (request: RejectedRequest) => Promise<RejectedRow[]>;
}
