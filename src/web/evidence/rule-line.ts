import type { PreviewLine } from "../../contract/score.ts";
import { attributionIn } from "../../locales/attribution.ts";
import { evidenceIn } from "../../locales/evidence.ts";
import { fill, lookUp, type Dictionary } from "../../locales/index.ts";
import { formatCounted, type Place } from "../format.ts";
import { dimensionName, valueName } from "../view.tsx";

const either = (place: Place, values: readonly string[]): string =>
  new Intl.ListFormat(place.locale, { type: "disjunction" }).format(values);

/** A value of a touch or a lead in words where every company has it, such as a kind of touch or a channel. */
export const stepName = (texts: Dictionary, { language }: Place, name: string, value: string): string =>
  name === "kind"
    ? (lookUp<string>(attributionIn(language).journey.kinds, value) ?? value)
    : valueName(texts, name, value);

/** What a line of the rule for MQLs asks for, in the reader's language. */
export function lineText(texts: Dictionary, place: Place, { asks, atMost }: PreviewLine): string {
  const { rule: words, steps } = evidenceIn(place.language);
  const asked = asks.map(({ name, values }) => {
    const anyOf = either(
      place,
      values.map((value) => stepName(texts, place, name, value)),
    );
    if (name === "kind") return anyOf;
    const of = lookUp<string>(steps.dimensions, name) ?? dimensionName(texts, name);
    return fill(words.condition, { name: of, values: anyOf });
  });
  const limit = atMost === null ? [] : [formatCounted(place, words.atMost, atMost)];
  return [...(asked.length === 0 ? [words.anyTouch] : asked), ...limit].join(" · ");
}
