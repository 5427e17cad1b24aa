import { evidence as en } from "./en/evidence.ts";
import { evidence as es, type EvidenceTexts } from "./es/evidence.ts";
import type { Language } from "./index.ts";

export type { EvidenceTexts };

const texts: Record<Language, EvidenceTexts> = { es, en };

/** The texts of what the server alone draws, apart from the dictionary so that browsers do not load them. */
export const evidenceIn = (language: Language): EvidenceTexts => texts[language];
