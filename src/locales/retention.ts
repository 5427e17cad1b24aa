import { retention as en } from "./en/retention.ts";
import { retention as es, type RetentionTexts } from "./es/retention.ts";
import type { Language } from "./index.ts";

export type { RetentionTexts };

const texts: Record<Language, RetentionTexts> = { es, en };

/** The texts of the page of retention, apart from the dictionary so that browsers do not load them. */
export const retentionIn = (language: Language): RetentionTexts => texts[language];
