import { custom } from "./custom.ts";
import { first } from "./first.ts";
import { last } from "./last.ts";
import { lastNonDirect } from "./last-non-direct.ts";
import { linear } from "./linear.ts";
import { position } from "./position.ts";
import { shapley } from "./shapley-credit.ts";
import { timeDecay } from "./time-decay.ts";
import { w } from "./w.ts";

/** Every attribution model, in the order in which they are offered. */
export const models = [lastNonDirect, first, last, linear, position, w, timeDecay, shapley, custom] as const;

export type ModelId = (typeof models)[number]["id"];

export const modelIds: readonly ModelId[] = models.map((each) => each.id);

/** The models under which one touch takes all of an outcome. */
export const singleTouchModels: readonly ModelId[] = models.filter((each) => each.single).map((each) => each.id);
