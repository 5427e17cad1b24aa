import type { Category } from "./channels.ts";
import { cleaned, hostOf } from "./clean.ts";
import { clickIds, clicksIn } from "./click-ids.ts";
import type { Grouping } from "./grouping.ts";
import { knownHost, knownName } from "./known.ts";
import { holds, type Signals } from "./rule.ts";
import { paidMedia } from "./words.ts";

const empties = ["", "(none)", "none", "null", "undefined", "-", "n/a", "(not-provided)"];

/** What a stated source means; `site` is the registered domain where it is a host. */
export interface SourceMeaning {
  readonly text: string | null;
  readonly name: string | null;
  readonly category: Category | null;
  readonly paid: boolean;
  readonly site: string | null;
}

const noSource: SourceMeaning = { text: null, name: null, category: null, paid: false, site: null };

export function sourceMeaning(written: string, { hosts }: Grouping): SourceMeaning {
  const text = cleaned(written).replace(/^\((.*)\)$/, (whole, inner: string) => (inner === "direct" ? inner : whole));
  if (empties.includes(text)) return noSource;
  const host = hostOf(text);
  if (host !== null) return { text: host, paid: false, ...knownHost(host, hosts) };
  const known = knownName(text);
  return { text, name: known?.name ?? null, category: known?.category ?? null, paid: known?.paid ?? false, site: null };
}

export interface MediumMeaning {
  readonly text: string | null;
  readonly paid: boolean;
}

const unpaid: Signals = {
  source: null,
  name: null,
  medium: null,
  campaign: null,
  referrer: null,
  clicks: [],
  from: null,
  kind: "",
  paid: false,
  untagged: false,
  arrival: false,
  stated: false,
};

export function mediumMeaning(written: string): MediumMeaning {
  const text = cleaned(written);
  if (empties.includes(text)) return { text: null, paid: false };
  return { text, paid: holds({ medium: paidMedia }, { ...unpaid, medium: text }) };
}

export function campaignMeaning(written: string): string | null {
  const text = cleaned(written);
  return empties.includes(text) ? null : text;
}

/** What click ids, written one after the other with commas, tell. */
export interface ClickMeaning {
  readonly clicks: readonly string[];
  readonly name: string | null;
  readonly category: Category | null;
}

export function clickMeaning(written: string): ClickMeaning {
  const clicks = clicksIn(written.split(","));
  const first = clicks[0] === undefined ? undefined : clickIds[clicks[0]];
  return { clicks, name: first?.name ?? null, category: first?.category ?? null };
}

/** What a referrer or the address of a page tells by its host. */
export interface HostMeaning {
  readonly host: string | null;
  readonly name: string | null;
  readonly category: Category | null;
  readonly site: string | null;
}

export function hostMeaning(authority: string, { hosts }: Grouping): HostMeaning {
  const host = hostOf(authority);
  return host === null ? { host, name: null, category: null, site: null } : { host, ...knownHost(host, hosts) };
}
