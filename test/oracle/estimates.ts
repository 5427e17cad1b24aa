import { has, type Cell } from "./cell.ts";
import type { Dims } from "./credit.ts";
import { daysFrom } from "./days.ts";
import { contactDays } from "./marketing.ts";
import type { World } from "./world.ts";

/** One row of a cohort: when it entered, when it got there, when a rival ended it. */
interface Unit {
  readonly entered: string | null;
  readonly reached: string | null;
  readonly ended: string | null;
  readonly dims: Dims;
  /** The days it took to a part of a day, where the number is of these. */
  readonly took?: number;
  /** The last day on which it was followed, where that is not the last on which anything is recorded. */
  readonly until?: string;
}

type Lead = World["leads"][number];
const leads =
  (entered: (lead: Lead) => string | null, reached: (lead: Lead) => string | null) =>
  (world: World): Unit[] =>
    world.leads.map((lead) => ({ entered: entered(lead), reached: reached(lead), ended: null, dims: lead.dims }));

const deals = (world: World): Unit[] =>
  world.deals.map(({ outcome, createdOn, closedOn, dims }) => ({
    entered: createdOn,
    reached: outcome === "won" ? closedOn : null,
    ended: outcome === "lost" ? closedOn : null,
    dims,
  }));

/** The rows that each share of a cohort follows. */
const followed: Readonly<Record<string, (world: World) => Unit[]>> = {
  "marketing-qualified-leads rate": leads(
    (lead) => lead.createdOn,
    (lead) => lead.mqlOn,
  ),
  "sales-qualified-leads rate": leads(
    (lead) => lead.mqlOn,
    (lead) => lead.sqlOn,
  ),
  "sales-qualified-leads opportunity-rate": leads(
    (lead) => lead.sqlOn,
    (lead) => lead.opportunityOn,
  ),
  "lead-to-customer-rate rate": leads(
    (lead) => lead.createdOn,
    (lead) => lead.customerOn,
  ),
  "customer-retention survival": (world) => world.stays,
  "win-ratio by-age": deals,
  "win-ratio created": deals,
};

/** Shares of those who did not get there. */
const leftOver = ["customer-retention survival"];

interface Seen {
  readonly age: number;
  /** The days it took, of one that got there. */
  readonly took: number;
  readonly what: "reached" | "ended" | "open";
}

/** What was seen of a row by the last day of observation, within the window. */
function seen({ entered, reached, ended, took, until }: Unit, window: number, world: World): Seen {
  const watched = Math.max(-1, Math.min(window, daysFrom(entered ?? "", until ?? world.observedTo)));
  for (const [what, day] of [["reached", reached] as const, ["ended", ended] as const]) {
    const age = day === null ? Infinity : daysFrom(entered ?? "", day);
    const exit = Math.max(0, Math.min(age, watched));
    if (age <= window) return { what, age: exit, took: took ?? exit };
  }
  return { what: "open", age: watched, took: watched };
}

/** Of those still open after an age, the shares that get there and that are ended on the next day; null where nobody lived that long. */
function next(age: number, own: readonly Seen[], known: readonly Seen[]): { there: number; ended: number } | null {
  const atRisk = (all: readonly Seen[]) => all.filter((each) => each.age > age);
  const few = atRisk(own).length < 10 && atRisk(known).length > atRisk(own).length;
  const of = atRisk(few ? known : own);
  const share = (what: Seen["what"]) =>
    of.filter((each) => each.age === age + 1 && each.what === what).length / of.length;
  return of.length === 0 ? null : { there: share("reached"), ended: share("ended") };
}

/** The chance of getting there by the end of the window for one still open after an age; null where nobody lived that long. */
function chance(age: number, window: number, own: readonly Seen[], known: readonly Seen[]): number | null {
  if (age >= window) return 0;
  const now = next(age, own, known);
  if (now === null) return null;
  const left = 1 - now.there - now.ended;
  const later = left < 1e-12 ? 0 : chance(age + 1, window, own, known);
  return later === null ? null : now.there + left * later;
}

/** What was seen of a cell's rows, and of all rows known under the same filters; undefined where none of the cell's is open. */
function seenOf(units: readonly Unit[], window: number, cell: Cell, world: World): [Seen[], Seen[]] | undefined {
  const of = (where: Cell) =>
    units.filter(({ entered, dims }) => has(where, entered, dims)).map((unit) => seen(unit, window, world));
  const [own, known] = [of(cell), of({ ...cell, key: {}, from: "0000-01-01", to: "9999-01-01" })];
  return own.some(({ what, age }) => what === "open" && age < window) ? [own, known] : undefined;
}

/** The chance of getting there on each day until the end of the window for one still open after an age. */
function days(after: number, window: number, own: readonly Seen[], known: readonly Seen[]): number[] | null {
  const chances: number[] = [];
  let left = 1;
  for (let age = after; age < window && left > 1e-12; age++) {
    const now = next(age, own, known);
    if (now === null) return null;
    chances.push(left * now.there);
    left *= 1 - now.there - now.ended;
  }
  return chances;
}

/** The rows whose days until they got there are taken the median of. */
const delayed: Readonly<Record<string, (world: World) => Unit[]>> = {
  "marketing-qualified-leads days-to": leads(
    (lead) => lead.createdOn,
    (lead) => lead.mqlOn,
  ),
  "sales-cycle-days median": deals,
  "sales-qualified-leads days-to-first-contact": (world) =>
    world.leads.map((lead) => ({
      entered: lead.mqlOn,
      reached: lead.contactedOn,
      ended: null,
      dims: lead.dims,
      took: contactDays(lead),
    })),
};

/** The middle of the days that the rows of a cell are expected to take, each open row spread over the days to come. */
function delay(units: readonly Unit[], window: number, cell: Cell, world: World): number | null | undefined {
  const found = seenOf(units, window, cell, world);
  if (found === undefined) return undefined;
  const [own, known] = found;
  const arrivals: { took: number; units: number }[] = [];
  for (const { what, age, took } of own) {
    if (what === "reached") arrivals.push({ took, units: 1 });
    const spread = what === "open" ? days(age, window, own, known) : [];
    if (spread === null) return null;
    spread.forEach((part, i) => {
      const others = known.filter((each) => each.what === "reached" && each.age === age + 1 + i);
      for (const other of others) arrivals.push({ took: other.took, units: part / others.length });
    });
  }
  const half = arrivals.reduce((sum, { units }) => sum + units, 0) / 2;
  const sorted = arrivals.filter(({ units }) => units > 0).toSorted((a, b) => a.took - b.took);
  const by = (limit: number) => {
    let sum = 0;
    return sorted.find(({ units }) => (sum += units) > limit)?.took ?? Number.NaN;
  };
  return (by(half * (1 - 1e-9)) + by(half * (1 + 1e-9))) / 2;
}

/**
 * What a cell is expected to come to, row by row: 1 for each that got there, 0 for each that was ended, its chance for each that
 * is open. Undefined where none is open, null where nobody was followed to the end.
 */
export function estimate(name: string, cell: Cell, world: World): number | null | undefined {
  const { window } = cell;
  if (window === undefined || cell.clock !== "cohort") return undefined;
  const waiting = delayed[name]?.(world);
  if (waiting !== undefined) return delay(waiting, window, cell, world);
  const units = followed[name]?.(world);
  if (units === undefined) return undefined;
  const found = seenOf(units, window, cell, world);
  if (found === undefined) return undefined;
  const [own, known] = found;
  const chances = own.map(({ what, age }) =>
    what === "reached" ? 1 : what === "ended" ? 0 : chance(age, window, own, known),
  );
  if (chances.some((each) => each === null)) return null;
  const share = chances.reduce((sum: number, each) => sum + (each ?? 0), 0) / own.length;
  return leftOver.includes(name) ? 1 - share : share;
}
