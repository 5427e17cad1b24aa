import { evidenceIn, type EvidenceTexts } from "../../locales/evidence.ts";
import type { Kind } from "../format.ts";
import { useView } from "../view.tsx";

/** How the values of the number that is defended are told. */
export interface Told {
  indicator: string;
  title: string;
  kind: Kind;
  better: "higher" | "lower";
  currency: string | null;
}

/** The texts of the evidence in the reader's language. */
export const useEvidenceTexts = (): EvidenceTexts => evidenceIn(useView().place.language);
