import { reps as en } from "./en/reps.ts";
import { reps as es, type RepsTexts } from "./es/reps.ts";
import type { Language } from "./index.ts";

export type { RepsTexts };

const texts: Record<Language, RepsTexts> = { es, en };

/** The texts of the pages of those who sell, apart from the dictionary so that browsers do not load them. */
export const repsIn = (language: Language): RepsTexts => texts[language];
