import type { RulePicture } from "../../contract/attribution.ts";
import { models } from "../../methods/attribution/index.ts";
import type { Journey, ModelRules } from "../../methods/attribution/model.ts";

const day = 86_400_000;
const channels = ["paid_search", "email", "paid_search", "organic_search", "direct"];

/** One touch a week: the third before the lead, the fourth before the deal, the last one direct, the third like the first. */
const shown: Journey = {
  steps: channels.map((channel, at) => ({ at: at * 7 * day, channel })),
  lead: 3,
  opportunity: 4,
};

/** How each model divides the journey that pictures show. */
export const picturesOf = (rules: ModelRules): RulePicture[] =>
  models.map(({ id, weigh }) => {
    const weights = weigh(shown, rules);
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    return { model: id, shares: weights.map((weight) => weight / all) };
  });
