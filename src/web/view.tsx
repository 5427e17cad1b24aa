import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { dictionaryOf, fill, lookUp, type Dictionary } from "../locales/index.ts";
import { formatDay } from "./dates.ts";
import { formatValue, type Kind, type Place, type Style } from "./format.ts";
import type { OwnName, Shell } from "./shell.ts";

/** What every component may know: the shell, the reader's texts and place. */
export interface View {
  shell: Shell;
  texts: Dictionary;
  place: Place;
}

const ViewContext = createContext<View | null>(null);

/** Gives components their view. */
export const ViewProvider = ViewContext.Provider;

/** The view of a shell. */
export const viewOf = (shell: Shell): View => ({
  shell,
  place: shell.place,
  texts: textsWith(dictionaryOf(shell.place.language), shell.ownNames),
});

/** The texts with the names that a company gives its indicators in place of those that ship. */
export function textsWith(texts: Dictionary, ownNames: readonly OwnName[]): Dictionary {
  const shipped: Readonly<Record<string, object>> = texts.indicatorNames;
  const own = ownNames.map(({ id, title, description }) => [
    id,
    { variants: {}, ...lookUp(shipped, id), title, short: title, description },
  ]);
  return { ...texts, indicatorNames: { ...texts.indicatorNames, ...Object.fromEntries(own) } };
}

/** The view that a component is drawn in. */
export function useView(): View {
  const view = useContext(ViewContext);
  if (view === null) throw new Error("a component was drawn outside of ViewProvider; wrap it in one");
  return view;
}

/** The name of a dimension, or its id where it has none. */
export const dimensionName = (texts: Dictionary, id: string): string =>
  lookUp(texts.dimensions, id) ?? id.replaceAll("_", " ");

/** The name of a part of a formula, or its id in words where it has none. */
export const partName = (texts: Dictionary, id: string): string =>
  lookUp(texts.parts, id) ??
  id
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_-]/g, " ")
    .toLowerCase();

/** A formula with the names of its parts in place of their ids, which may be written with spaces. */
export function formulaText(texts: Dictionary, formula: string): string {
  const ids = Object.keys(texts.parts).toSorted((one, other) => other.length - one.length);
  const words = new RegExp(`\\b(?:${ids.join("|").replaceAll("_", "[_ ]")})\\b`, "g");
  return formula.replace(words, (word) => partName(texts, word.replaceAll(" ", "_")));
}

/** The title of an indicator: translated where it ships, a company's own as it is written. */
export const indicatorTitle = (texts: Dictionary, id: string, own: string): string =>
  lookUp(texts.indicatorNames, id)?.title ?? own;

/** The short title of an indicator, for navigation and sentences. */
export const indicatorShort = (texts: Dictionary, id: string, own: string): string =>
  lookUp(texts.indicatorNames, id)?.short ?? own;

/** The title of a variant. */
export const variantTitle = (texts: Dictionary, indicator: string, variant: string, own: string): string =>
  lookUp<string>(lookUp(texts.indicatorNames, indicator)?.variants ?? {}, variant) ?? own;

/** A value of a dimension in words where it is one that every company has, or the word for having none. */
export function valueName(texts: Dictionary, dimension: string, value: string | null | undefined): string {
  if (value === null || value === undefined) return texts.filters.none;
  return (
    lookUp<string>((lookUp<object>(texts.values, dimension) as Record<string, string> | undefined) ?? {}, value) ??
    value
  );
}

/** Why there is no value, in words. */
export function reasonOf(
  texts: Dictionary,
  flags: readonly string[],
  parts: Readonly<Record<string, number | null>> = {},
): string {
  const zero = Object.entries(parts).findLast(([, value]) => value === 0 || value === null)?.[0];
  if (flags.includes("no-denominator") && zero !== undefined)
    return fill(texts.flags["no-denominator-of"], { part: partName(texts, zero) });
  const missing = Object.entries(parts).flatMap(([part, value]) => (value === null ? [partName(texts, part)] : []));
  if (flags.includes("not-recorded") && missing.length > 0)
    return fill(texts.flags["not-recorded-of"], { parts: missing.join(", ") });
  const flag = flags.find((each) => lookUp(texts.flags, each) !== undefined);
  return flag === undefined ? texts.flags["not-enough-data"] : (lookUp(texts.flags, flag) ?? flag);
}

/** Which definition answers: its version, whose it is, and since which day it is in force. */
export function definitionText(
  texts: Dictionary,
  place: Place,
  { version, owner, effective }: { version: number; owner: string | null; effective: string | null },
): string {
  const since = effective === null ? "" : fill(texts.detail.effective, { day: formatDay(place, effective) });
  const by = owner === null ? "" : fill(texts.detail.owner, { owner });
  return [fill(texts.detail.version, { version }), by, since].filter(Boolean).join(", ");
}

/** A number with its exact value beneath, so that copies and tests get it. */
export function Num({
  value,
  kind,
  style = "tile",
  currency,
}: {
  value: number;
  kind: Kind;
  style?: Style;
  currency?: string | null;
}) {
  const { place } = useView();
  return <data value={String(value)}>{formatValue(place, value, kind, style, currency)}</data>;
}
