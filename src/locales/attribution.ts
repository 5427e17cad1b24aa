import { attribution as en } from "./en/attribution.ts";
import { attribution as es, type AttributionTexts } from "./es/attribution.ts";
import type { Language } from "./index.ts";

export type { AttributionTexts };

const texts: Record<Language, AttributionTexts> = { es, en };

/** The texts of the page of attribution, apart from the dictionary so that browsers do not load them. */
export const attributionIn = (language: Language): AttributionTexts => texts[language];
