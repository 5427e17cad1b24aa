import type { ExplainedPart, StatedCondition, StatedMeasure } from "../../contract/explanation.ts";
import { fill, lookUp, type Dictionary } from "../../locales/index.ts";
import { dimensionName, partName, valueName } from "../view.tsx";

const lower = (text: string): string =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

const columnIn = (texts: Dictionary, column: string): string => lower(dimensionName(texts, column));

function conditionText(texts: Dictionary, { name, test, values }: StatedCondition): string {
  const { conditions } = texts.explain.words;
  const among = values.map((value) => valueName(texts, name, value)).join(` ${conditions.or} `);
  return fill(conditions[test], { name: columnIn(texts, name), values: among });
}

function takenText(texts: Dictionary, { takes, of }: StatedMeasure, fact: string): string {
  const { words } = texts.explain;
  const [first = "", ...others] = of.map((column) => columnIn(texts, column));
  if (takes === "median") return fill(words.median, { from: first, to: others[0] ?? "" });
  const less = others.length === 0 ? "" : fill(words.less, { columns: others.join(", ") });
  const what = first === "" ? fill(words.howMany, { fact }) : fill(words.sumOf, { column: first }) + less;
  return takes === "count" || takes === "sum" ? what : `${what} ${words.held[takes]}`;
}

/** What a part counts, as a sentence in the reader's language. */
export function definitionOf(texts: Dictionary, { stated, fact }: ExplainedPart): string {
  const { words } = texts.explain;
  const where = stated.where.map((condition) => conditionText(texts, condition)).join("; ");
  return [
    takenText(texts, stated, lookUp(texts.facts, fact) ?? fact),
    where === "" ? "" : fill(words.only, { conditions: where }),
    stated.dated === null ? "" : fill(words.dated, { day: columnIn(texts, stated.dated) }),
    stated.reached === null ? "" : fill(words.reached, { day: columnIn(texts, stated.reached) }),
    stated.window === null ? "" : fill(words.window, { days: String(stated.window) }),
  ]
    .filter((each) => each !== "")
    .join(", ");
}

/** The heading of a column of rows; what a row adds to its part has a name of its own. */
export function columnHeading(texts: Dictionary, column: string): string {
  const part = /^counted_(.+)$/.exec(column)?.[1];
  return part === undefined
    ? dimensionName(texts, column)
    : fill(texts.explain.words.counted, { part: partName(texts, part) });
}
