import type { Journey } from "../../contract/journey.ts";
import type { ProblemBody } from "../../contract/problem.ts";
import { attempt } from "../attempt.ts";
import type { Context } from "../context.ts";

/** The path of the page of whom a lead, a person or an alias is. */
export const journeyPath = (name: string): string => `/attribution/journey/${encodeURIComponent(name)}`;

/** What the page of one person's journey shows. */
export interface Traced {
  kind: "journey";
  name: string;
  journey: Journey | null;
  problem: ProblemBody | null;
}

/** The name that a path spells; one that is no text stays as it is written. */
function spelt(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch (error) {
    if (error instanceof URIError) return id;
    throw error;
  }
}

/** Asks for the journey of whom a path names. */
export async function loadJourney({ api }: Context, id: string): Promise<Traced> {
  const name = spelt(id);
  const { answer, problem } = await attempt(api.journey({ name }));
  return { kind: "journey", name, journey: answer, problem };
}
