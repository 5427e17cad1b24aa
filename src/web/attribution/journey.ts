import type { Journey } from "../../contract/journey.ts";
import type { ProblemBody } from "../../contract/problem.ts";
import { attempt } from "../attempt.ts";
import type { Context } from "../context.ts";
import { spelt } from "../routes.ts";

/** The path of the page of whom a lead, a person or an alias is. */
export const journeyPath = (name: string): string => `/attribution/journey/${encodeURIComponent(name)}`;

/** What the page of one person's journey shows. */
export interface Traced {
  kind: "journey";
  name: string;
  journey: Journey | null;
  problem: ProblemBody | null;
}

/** Asks for the journey of whom a path names. */
export async function loadJourney({ api }: Context, id: string): Promise<Traced> {
  const name = spelt(id);
  const { answer, problem } = await attempt(api.journey({ name }));
  return { kind: "journey", name, journey: answer, problem };
}
