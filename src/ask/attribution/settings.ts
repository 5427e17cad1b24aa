import type { Setting } from "../../contract/attribution.ts";
import { modelIds } from "../../methods/attribution/index.ts";

/** Every way to divide credit that a comparison tries: the one list of them. */
export const settings: readonly Setting[] = modelIds.map((model) => ({ id: model, model }));
