import type { Attribution, Setting } from "../../contract/attribution.ts";
import { attributionIn, type AttributionTexts } from "../../locales/attribution.ts";
import { fill, lookUp, type Dictionary } from "../../locales/index.ts";
import { models } from "../address.ts";
import { formatValue, type Place } from "../format.ts";
import { useView } from "../view.tsx";

/** The texts of the page in the reader's language. */
export const useWords = (): AttributionTexts => attributionIn(useView().place.language);

/** The short name of a model, as addresses have it. */
export const shortOf = (model: string): string => Object.keys(models).find((short) => models[short] === model) ?? model;

/** The name of a model; one that addresses do not have keeps its id. */
export const modelName = (texts: Dictionary, model: string): string =>
  lookUp<string>(texts.models, shortOf(model)) ?? model;

/** A setting in words: its model, and what it does not have in common with the chosen one. */
export function settingName(texts: Dictionary, words: AttributionTexts, setting: Setting, kept: number): string {
  const model = modelName(texts, setting.model);
  const windowed = setting.lookBack === kept ? model : fill(words.days, { model, days: setting.lookBack });
  return setting.direct === "yields" ? fill(words.yields, { setting: windowed }) : windowed;
}

/** How values of the page read. */
export const valueText = (place: Place, { unit, currency }: Attribution, value: number): string =>
  formatValue(place, value, unit, "tile", currency);
