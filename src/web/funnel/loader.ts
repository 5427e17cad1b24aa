import type { Funnel } from "../../contract/funnel.ts";
import type { ProblemBody } from "../../contract/problem.ts";
import { splits } from "../attribution/loader.ts";
import { attempt } from "../attempt.ts";
import { anyQuestion, type Context } from "../context.ts";

/** What the page of the funnel shows. */
export interface Followed {
  kind: "funnel";
  found: Funnel | null;
  problem: ProblemBody | null;
}

/** Asks for the path of the leads of the address's days; of the last three months where it names none of its own. */
export async function loadFunnel(context: Context): Promise<Followed> {
  const { address, period, api } = context;
  const by = splits.find((each) => each === address.by) ?? "channel";
  const { indicator: _, ...asked } = anyQuestion(context, "");
  const days = address.period === "mtd" ? {} : { from: period.from, to: period.to };
  const { answer, problem } = await attempt(api.funnel({ ...asked, by, ...days }));
  return { kind: "funnel", found: answer, problem };
}
