import { en } from "./en.ts";
import { es, type Dictionary } from "./es.ts";

export type { Dictionary };

/** The languages that pages speak, the default first. */
export const languages = ["es", "en"] as const;
export type Language = (typeof languages)[number];

const dictionaries: Record<Language, Dictionary> = { es, en };

/** The texts in a language. */
export const dictionaryOf = (language: Language): Dictionary => dictionaries[language];

/** Whether a name is a language that pages speak. */
export const isLanguage = (name: string | undefined): name is Language =>
  languages.some((language) => language === name);

/** A text with its {placeholders} filled; one without a value stays as it is written. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** The text for an id that may be unknown, as ids of a company's own indicators, dimensions and parts are. */
export const lookUp = <T>(texts: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(texts, id) ? texts[id] : undefined;
