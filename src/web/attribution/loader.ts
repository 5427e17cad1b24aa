import type { Attribution, CreditedSplit } from "../../contract/attribution.ts";
import type { ProblemBody } from "../../contract/problem.ts";
import { attempt } from "../attempt.ts";
import { anyQuestion, type Context } from "../context.ts";

/** What can be split by on the page, in its order. */
export const splits: readonly CreditedSplit[] = ["channel", "campaign", "source", "medium", "ad"];

/** What the page of attribution shows. */
export interface Attributed {
  kind: "comparison";
  by: CreditedSplit;
  found: Attribution | null;
  problem: ProblemBody | null;
}

/** Asks what each channel, campaign or other value earned under every model. */
export async function loadAttribution(context: Context): Promise<Attributed> {
  const { address, period, api } = context;
  const by = splits.find((each) => each === address.by) ?? "channel";
  const { indicator: _, ...asked } = anyQuestion(context, "");
  const settings = address.every ? "all" : "models";
  const { answer, problem } = await attempt(
    api.attribution({ ...asked, by, settings, from: period.from, to: period.to }),
  );
  return { kind: "comparison", by, found: answer, problem };
}
