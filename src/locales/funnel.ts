import { funnel as en } from "./en/funnel.ts";
import { funnel as es, type FunnelTexts } from "./es/funnel.ts";
import type { Language } from "./index.ts";

export type { FunnelTexts };

const texts: Record<Language, FunnelTexts> = { es, en };

/** The texts of the page of the funnel, apart from the dictionary so that browsers do not load them. */
export const funnelIn = (language: Language): FunnelTexts => texts[language];
