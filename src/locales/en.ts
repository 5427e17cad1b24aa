import { indicators } from "./en/indicators.ts";
import { dimensions, facts, flags, parts, problems, values, warnings } from "./en/messages.ts";
import { ui } from "./en/ui.ts";
import type { Dictionary } from "./es.ts";

/** The English texts. */
export const en: Dictionary = {
  ...ui,
  indicatorNames: indicators,
  dimensions,
  parts,
  values,
  flags,
  warningTexts: warnings,
  problems,
  facts,
};
