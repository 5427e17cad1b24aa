import type { Catalogue } from "../contract/catalogue.ts";
import type { Verdict } from "../contract/attainment.ts";
import { scopeKinds, type Goal, type ScopeKind } from "../contract/goal.ts";
import type { Unit } from "../contract/answer.ts";
import { periodName } from "../engine/period.ts";
import { figure } from "./figures.ts";
import { oneOf, pair } from "./options.ts";

/** `INDICATOR:VARIANT`, or the indicator alone. */
export function subjectOf(word: string): { indicator: string; variant?: string } {
  const [indicator = "", variant] = word.split(":");
  return variant === undefined || variant === "" ? { indicator } : { indicator, variant };
}

/** `team=North` as a kind of scope and its name; nothing where it is left out. */
export function scopeOf(text: string | undefined): { scopeKind?: ScopeKind; scope?: string } {
  if (text === undefined) return {};
  if (text === "company") return { scopeKind: "company" };
  const [kind, scope] = pair(text, "scope");
  const scopeKind = oneOf(kind, "scope", scopeKinds);
  return scopeKind === undefined ? {} : { scopeKind, scope };
}

/** A goal's indicator and variant, as they are written. */
export const subject = ({ indicator, variant }: Pick<Goal, "indicator" | "variant">): string =>
  variant === null ? indicator : `${indicator}:${variant}`;

/** Whose goal it is. */
export const whose = ({ scopeKind, scope }: Pick<Goal, "scopeKind" | "scope">): string =>
  scopeKind === "company" ? "company" : `${scopeKind} ${scope ?? "(none)"}`;

/** The period of a goal by its name. */
export const periodOf = ({ grain, periodStart }: Pick<Goal, "grain" | "periodStart">): string =>
  periodName({ grain, start: periodStart });

/** A figure of a goal, in its unit where that is known. */
export const goalFigure = (value: number | null, unit: Unit | null, currency: string | null): string =>
  figure(value, unit ?? (currency === null ? "count" : "money"), currency);

/** Where a value stands, in words. */
export const verdictIn = (verdict: Verdict): string => (verdict === "on-pace" ? "on pace" : verdict);

/** The unit of a goal's indicator, by the list of what can be asked; null for one that is not in it. */
export function unitOf(
  { indicators }: Catalogue,
  { indicator, variant }: Pick<Goal, "indicator" | "variant">,
): Unit | null {
  const variants = indicators.find(({ id }) => id === indicator)?.variants ?? [];
  return (variant === null ? variants[0] : variants.find(({ id }) => id === variant))?.unit ?? null;
}
