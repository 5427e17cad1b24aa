import type { Attribution, CreditedSplit } from "../../contract/attribution.ts";
import type { ProblemBody } from "../../contract/problem.ts";
import { bandSplits, type ViewThrough } from "../../contract/view-through.ts";
import { models } from "../address.ts";
import { attempt } from "../attempt.ts";
import { anyQuestion, type Context } from "../context.ts";

/** What can be split by on the page, in its order. */
export const splits: readonly CreditedSplit[] = ["channel", "campaign", "source", "medium", "ad"];

/** What the page of attribution shows. */
export interface Attributed {
  kind: "comparison";
  by: CreditedSplit;
  found: Attribution | null;
  /** What may have been brought without a click; null where the page is filtered or split by what no platform tells. */
  views: ViewThrough | null;
  problem: ProblemBody | null;
}

/** Asks what each channel, campaign or other value earned under every model. */
export async function loadAttribution(context: Context): Promise<Attributed> {
  const { address, period, api } = context;
  const by = splits.find((each) => each === address.by) ?? "channel";
  const { indicator: _, ...asked } = anyQuestion(context, "");
  const settings = address.every ? "all" : "models";
  const days = { from: period.from, to: period.to };
  const [{ answer, problem }, views] = await Promise.all([
    attempt(api.attribution({ ...asked, by, settings, ...days })),
    loadViews(context, by),
  ]);
  return { kind: "comparison", by, found: answer, views, problem };
}

/** Asks for the bands; a page without them says all else. */
async function loadViews({ address, period, api }: Context, by: CreditedSplit): Promise<ViewThrough | null> {
  const split = bandSplits.find((each) => each === by);
  if (split === undefined || Object.keys(address.where).length > 0) return null;
  const model = models[address.model ?? ""];
  const asked = { by: split, from: period.from, to: period.to };
  const { answer } = await attempt(api.viewThrough({ ...asked, ...(model === undefined ? {} : { model }) }));
  return answer;
}
