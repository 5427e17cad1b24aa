import { empty as en } from "./en/empty.ts";
import { empty as es, type EmptyTexts } from "./es/empty.ts";
import type { Language } from "./index.ts";

const texts: Record<Language, EmptyTexts> = { es, en };

/** The texts of the first page of a company without data, apart from the dictionary so that browsers do not load them. */
export const emptyIn = (language: Language): EmptyTexts => texts[language];
