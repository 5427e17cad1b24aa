import type { Answer, Freshness, Warning } from "../contract/answer.ts";
import type { Catalogue } from "../contract/catalogue.ts";
import type { Address } from "./address.ts";
import type { Span } from "./dates.ts";
import type { Place } from "./format.ts";
import type { Period } from "./period.ts";

/** The appearance that a reader chose; `auto` is that of their system. */
export type ThemeName = "light" | "dark" | "auto";

/** An indicator as the navigation names it. */
export interface NavEntry {
  id: string;
  title: string;
  nine: number | null;
  /** Whether the company made it. */
  own: boolean;
}

/** How a company calls an indicator of its own, or one that it changes. */
export interface OwnName {
  id: string;
  title: string;
  description: string;
}

/** What stands around every screen. */
export interface Shell {
  place: Place;
  theme: ThemeName;
  workspace: Catalogue["workspace"];
  nav: NavEntry[];
  ownNames: OwnName[];
  address: Address;
  dropped: string[];
  period: Period;
  compared: Span | undefined;
  /** The instant of the request, to tell how old data is. */
  now: string | null;
}

/** Warnings of several answers, each told once with its counts' maximum. */
export function mergeWarnings(answers: readonly Pick<Answer, "warnings">[]): Warning[] {
  const merged = new Map<string, Warning>();
  for (const warning of answers.flatMap((answer) => answer.warnings)) {
    const known = merged.get(warning.code);
    if (known === undefined || (warning.count ?? 0) > (known.count ?? 0)) merged.set(warning.code, warning);
  }
  return [...merged.values()];
}

/** The sources of several answers, each once. */
export function mergeFreshness(answers: readonly Pick<Answer, "freshness">[]): Freshness[] {
  const merged = new Map(answers.flatMap((answer) => answer.freshness).map((entry) => [entry.source, entry]));
  return [...merged.values()].toSorted((one, other) => one.source.localeCompare(other.source));
}
