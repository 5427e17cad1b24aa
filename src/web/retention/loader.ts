import type { Retention } from "../../contract/retention.ts";
import type { ProblemBody } from "../../contract/problem.ts";
import { attempt } from "../attempt.ts";
import { anyQuestion, type Context } from "../context.ts";

/** What customers can be told apart by on the page, in its order. */
export const groupings = ["channel", "campaign", "segment", "product", "rep"] as const;

/** What the page of retention shows. */
export interface Stayed {
  kind: "retention";
  by: string;
  found: Retention | null;
  problem: ProblemBody | null;
}

/** Asks who stays and who leaves over the address's days; over the last twelve months where it names none of its own. */
export async function loadRetention(context: Context): Promise<Stayed> {
  const { address, period, api } = context;
  const by = groupings.find((each) => each === address.by) ?? "channel";
  const { indicator: _, ...asked } = anyQuestion(context, "");
  const days = address.period === "mtd" ? {} : { from: period.from, to: period.to };
  const { answer, problem } = await attempt(api.retention({ ...asked, by, ...days }));
  return { kind: "retention", by, found: answer, problem };
}
