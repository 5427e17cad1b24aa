import { indicators } from "./es/indicators.ts";
import { dimensions, facts, flags, parts, problems, values, warnings } from "./es/messages.ts";
import { ui } from "./es/ui.ts";

/** The Spanish texts. Their type is the dictionary's type: every other language must match it. */
export const es = {
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

/** Every text of the pages, by group and key. */
export type Dictionary = typeof es;
