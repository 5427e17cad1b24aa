import type { RepDetail } from "../../contract/rep.ts";
import type { Reps } from "../../contract/reps.ts";
import type { ProblemBody } from "../../contract/problem.ts";
import { attempt } from "../attempt.ts";
import { anyQuestion, type Context } from "../context.ts";
import { spelt } from "../routes.ts";

/** What the page of all who sell shows. */
export interface Mapped {
  kind: "reps";
  found: Reps | null;
  problem: ProblemBody | null;
}

/** What the page of one who sells shows. */
export interface Individual {
  kind: "rep";
  rep: string;
  found: RepDetail | null;
  problem: ProblemBody | null;
}

/** The filters and days of an address; the last twelve months where it names none of its own. */
function askedBy(context: Context) {
  const { address, period } = context;
  const { indicator: _, ...asked } = anyQuestion(context, "");
  return { ...asked, ...(address.period === "mtd" ? {} : { from: period.from, to: period.to }) };
}

/** Asks who creates and who closes. */
export async function loadReps(context: Context): Promise<Mapped> {
  const { answer, problem } = await attempt(context.api.reps(askedBy(context)));
  return { kind: "reps", found: answer, problem };
}

/** Asks for one who sells, as the address names them. */
export async function loadRep(context: Context, id: string): Promise<Individual> {
  const rep = spelt(id);
  const { answer, problem } = await attempt(context.api.rep({ ...askedBy(context), rep }));
  return { kind: "rep", rep, found: answer, problem };
}
