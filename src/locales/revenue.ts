import { revenue as en } from "./en/revenue.ts";
import { revenue as es, type RevenueTexts } from "./es/revenue.ts";
import type { Language } from "./index.ts";

export type { RevenueTexts };

const texts: Record<Language, RevenueTexts> = { es, en };

/** The texts of the page of revenue, apart from the dictionary so that browsers do not load them. */
export const revenueIn = (language: Language): RevenueTexts => texts[language];
