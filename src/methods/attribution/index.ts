import { custom } from "./custom.ts";
import { first } from "./first.ts";
import { last } from "./last.ts";
import { lastNonDirect } from "./last-non-direct.ts";
import { markovModels } from "./markov-credit.ts";
import { linear } from "./linear.ts";
import { position } from "./position.ts";
import { shapley } from "./shapley-credit.ts";
import { timeDecay } from "./time-decay.ts";
import { w } from "./w.ts";

/** Every model that goes by rule, in the order in which they are offered. */
export const models = [lastNonDirect, first, last, linear, position, w, timeDecay, shapley, custom] as const;

export type RuleId = (typeof models)[number]["id"];
export type ModelId = RuleId | (typeof markovModels)[number];

/** The models that divide each journey by itself, so that its shares can be kept. */
export const ruleIds: readonly RuleId[] = models.map((each) => each.id);

/** Every model that a question may name. */
export const modelIds: readonly ModelId[] = [...ruleIds, ...markovModels];

/** The models under which one touch takes all of an outcome. */
export const singleTouchModels: readonly ModelId[] = models.filter((each) => each.single).map((each) => each.id);
