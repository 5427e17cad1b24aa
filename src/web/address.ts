import type { Clock, Filter, Grain } from "../contract/question.ts";
import { stepDimensions, type StepDimension } from "../contract/steps.ts";
import { comparedSpan, isDay, parsePeriod, parseSpan, type Alignment } from "./period.ts";

/** The values that a filter lets through, or (with `not`) keeps out; null is *(none)*. */
export interface Values {
  not: boolean;
  values: (string | null)[];
}

/** All of a page's state: what its address says, and nothing else. */
export interface Address {
  path: string;
  period: string;
  compare: string;
  alignment: Alignment;
  grain: Grain | undefined;
  model: string | undefined;
  variant: string | undefined;
  /** The version of the indicator's definition; undefined is the one in force. */
  definition: number | undefined;
  clock: Clock | undefined;
  /** Days that a cohort is followed. */
  window: number | undefined;
  /** The past day at whose end the numbers are told as they were known; undefined is now. */
  knownOn: string | undefined;
  by: string | undefined;
  /** Assumptions in percent of what is: `wr` deals that are won, `dv` what one is worth, `le` leads. */
  assumed: Readonly<Record<string, string>>;
  rank: boolean;
  /** Whether every setting of attribution is tried, or the models alone. */
  every: boolean;
  /** The dimension over which a change is explained. */
  over: string | undefined;
  /** The earlier day since which is told what became known. */
  since: string | undefined;
  /** The indicator, or `indicator.variant`, that the number is held against. */
  against: string | undefined;
  /** What the steps to readiness are told by; undefined is not to tell them. */
  steps: StepDimension | undefined;
  /** A rule for MQLs whose effect is looked at. */
  rule: string | undefined;
  where: Readonly<Record<string, Values>>;
  table: boolean;
  explain: string | undefined;
  part: string | undefined;
  offset: number;
}

/** An address, and the pieces of it that were not understood. */
export interface Parsed {
  address: Address;
  dropped: string[];
}

const none = "(none)";
const grains = ["day", "week", "month", "quarter"] as const;

/** Attribution models by their short names in addresses. */
export const models: Readonly<Record<string, string>> = {
  first: "first",
  last: "last",
  last_nd: "last_non_direct",
  linear: "linear",
  position: "position",
  w: "w",
  decay: "time_decay",
  shapley: "shapley",
  markov: "markov",
  markov_2: "markov_2",
  markov_3: "markov_3",
  custom: "custom",
};

const plain = (path: string): Address => ({
  path,
  period: "mtd",
  compare: "prev",
  alignment: "days",
  grain: undefined,
  model: undefined,
  variant: undefined,
  definition: undefined,
  clock: undefined,
  window: undefined,
  knownOn: undefined,
  by: undefined,
  rank: false,
  every: false,
  over: undefined,
  since: undefined,
  against: undefined,
  steps: undefined,
  rule: undefined,
  where: {},
  assumed: {},
  table: false,
  explain: undefined,
  part: undefined,
  offset: 0,
});

/** An address has to stay short enough for servers to take it. */
const longestRule = 3000;

type Reader = (value: string, today: string) => Partial<Address> | undefined;

const isCompare = (value: string): boolean => ["none", "prev", "yoy"].includes(value) || parseSpan(value) !== undefined;
const isWord = (value: string): boolean => /^[\w-]{1,80}$/.test(value);
const isPast = (value: string, today: string): boolean => isDay(value) && value < today;

/** An assumption: one of the three, in percent. */
const assumption = /^(wr|dv|le)=[1-9]\d{0,2}$/;

const readers: Readonly<Record<string, Reader>> = {
  p: (value, today) => (parsePeriod(value, today) ? { period: value } : undefined),
  c: (value) => (isCompare(value) ? { compare: value } : undefined),
  al: (value) => (value === "days" || value === "dow" ? { alignment: value } : undefined),
  g: (value) => {
    const grain = grains.find((known) => known === value);
    return grain && { grain };
  },
  m: (value) => (Object.hasOwn(models, value) ? { model: value } : undefined),
  v: (value) => (isWord(value) ? { variant: value } : undefined),
  d: (value) => (/^[1-9]\d{0,5}$/.test(value) ? { definition: Number(value) } : undefined),
  k: (value) => (value === "period" || value === "cohort" ? { clock: value } : undefined),
  w: (value) => (/^[1-9]\d{0,3}$/.test(value) && Number(value) <= 3660 ? { window: Number(value) } : undefined),
  as: (value, today) => (isPast(value, today) ? { knownOn: value } : undefined),
  by: (value) => (isWord(value) ? { by: value } : undefined),
  r: (value) => (value === "1" || value === "0" ? { rank: value === "1" } : undefined),
  all: (value) => (value === "1" ? { every: true } : undefined),
  why: (value) => (isWord(value) ? { over: value } : undefined),
  since: (value, today) => (isPast(value, today) ? { since: value } : undefined),
  st: (value) => {
    const steps = stepDimensions.find((known) => known === value);
    return steps && { steps };
  },
  ru: (value) => (value.length <= longestRule ? { rule: value.replaceAll("\r\n", "\n") } : undefined),
  vs: (value) => (/^[\w-]{1,80}(\.[\w-]{1,80})?$/.test(value) ? { against: value } : undefined),
  t: (value) => (value === "1" || value === "0" ? { table: value === "1" } : undefined),
  x: (value) => (value.length <= 400 ? { explain: value } : undefined),
  part: (value) => (isWord(value) ? { part: value } : undefined),
  o: (value) => (/^\d{1,7}$/.test(value) ? { offset: Number(value) } : undefined),
};

/** Reads an address. What it does not know is dropped and named, never refused. */
export function parseAddress(
  path: string,
  search: URLSearchParams,
  dimensions: readonly string[],
  today: string,
): Parsed {
  const address = plain(path);
  const dropped: string[] = [];
  const where: Record<string, Values> = {};
  const assumed: Record<string, string> = {};
  for (const [key, value] of withDates(search)) {
    if (value === "") continue;
    const piece = `${key}=${value}`;
    if (dimensions.includes(key)) where[key] = parseValues(value);
    else if (assumption.test(piece)) assumed[key] = value;
    else if (!assign(address, key, value, today)) dropped.push(piece.slice(0, 60));
  }
  return { address: { ...address, where, assumed }, dropped };
}

function assign(address: Address, key: string, value: string, today: string): boolean {
  const read = Object.hasOwn(readers, key) ? readers[key]?.(value, today) : undefined;
  if (read === undefined) return false;
  Object.assign(address, read);
  return true;
}

/** The date fields of the filter form, where both are filled, say the period. */
function withDates(search: URLSearchParams): [string, string][] {
  const entries = [...search].filter(([key]) => key !== "from" && key !== "to");
  const [from, to] = [search.get("from"), search.get("to")];
  return from && to ? [...entries.filter(([key]) => key !== "p"), ["p", `${from}..${to}`]] : entries;
}

/** The values of a filter: `Meta,Google`, `!Meta`, `(none)`; a comma or `!` of a value's own follows a backslash. */
export function parseValues(text: string): Values {
  const not = text.startsWith("!");
  const list = (not ? text.slice(1) : text).match(/(?:\\.|[^,\\])+/gs) ?? [];
  return { not, values: list.map((value) => (value === none ? null : value.replace(/\\(.)/gs, "$1"))) };
}

/** A filter as addresses spell it. */
export const spellValues = ({ not, values }: Values): string => (not ? "!" : "") + values.map(spellValue).join(",");

function spellValue(value: string | null): string {
  if (value === null) return none;
  const escaped = value.replace(/[\\,]/g, "\\$&");
  return value.startsWith("!") || value === none ? `\\${escaped}` : escaped;
}

/** The link to an address with some of it changed; what is as by default is left out. */
export function hrefOf(address: Address, changes: Partial<Address> = {}): string {
  const entries = [...searchOf({ ...address, ...changes })];
  const search = new URLSearchParams(entries)
    .toString()
    .replaceAll("%2C", ",")
    .replaceAll("%7E", "~")
    .replaceAll("%3A", ":");
  return (changes.path ?? address.path) + (search === "" ? "" : `?${search}`);
}

/** The names and values of an address, in their fixed order. */
export function searchOf(address: Address): [string, string][] {
  const basis = plain(address.path);
  const entries: [string, string | undefined][] = [
    ["p", address.period === basis.period ? undefined : address.period],
    ["c", address.compare === basis.compare ? undefined : address.compare],
    ["al", address.alignment === basis.alignment ? undefined : address.alignment],
    ["v", address.variant],
    ["d", address.definition === undefined ? undefined : String(address.definition)],
    ["g", address.grain],
    ["m", address.model],
    ["k", address.clock],
    ["w", address.window === undefined ? undefined : String(address.window)],
    ["as", address.knownOn],
    ["by", address.by],
    ...Object.entries(address.assumed),
    ["r", address.rank ? "1" : undefined],
    ["all", address.every ? "1" : undefined],
    ["why", address.over],
    ["since", address.since],
    ["vs", address.against],
    ["st", address.steps],
    ["ru", address.rule],
    ...Object.entries(address.where).map(([key, values]): [string, string] => [key, spellValues(values)]),
    ["t", address.table ? "1" : undefined],
    ["x", address.explain],
    ["part", address.explain && address.part],
    ["o", address.explain && address.offset > 0 ? String(address.offset) : undefined],
  ];
  return entries.filter((entry): entry is [string, string] => entry[1] !== undefined);
}

/** What another page takes along: the period, the comparison, the model, the day of knowledge and the filters. */
export const shared = (address: Address): Partial<Address> => ({
  grain: undefined,
  variant: undefined,
  definition: undefined,
  clock: undefined,
  window: undefined,
  by: undefined,
  assumed: {},
  rank: false,
  every: false,
  over: undefined,
  since: undefined,
  against: undefined,
  table: false,
  ...closed,
  where: address.where,
});

/** The same page with the explanation closed. */
export const closed: Partial<Address> = { explain: undefined, part: undefined, offset: 0 };

/** Filters as questions have them. */
export const whereOf = (address: Address): Record<string, Filter> =>
  Object.fromEntries(
    Object.entries(address.where)
      .filter(([, { values }]) => values.length > 0)
      .map(([key, { not, values }]) => [key, not ? { not: values } : values]),
  );

/** The days that an address is about, and those that they are compared with. */
export function spansOf(address: Address, today: string) {
  const period = parsePeriod(address.period, today) ?? parsePeriod("mtd", today);
  if (period === undefined) throw new RangeError(`invalid today: ${today}; expected a day such as 2026-11-23`);
  return { period, compared: comparedSpan(period, address.compare, address.alignment) };
}
