import { has, type Cell } from "./cell.ts";
import type { Dims } from "./credit.ts";
import { daysFrom } from "./days.ts";
import type { World } from "./world.ts";

/** One row of a cohort: when it entered, when it got there, when a rival ended it. */
interface Unit {
  readonly entered: string | null;
  readonly reached: string | null;
  readonly ended: string | null;
  readonly dims: Dims;
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
  "win-ratio by-age": deals,
  "win-ratio created": deals,
};

interface Seen {
  readonly age: number;
  readonly what: "reached" | "ended" | "open";
}

/** What was seen of a row by the last day of observation, within the window. */
function seen({ entered, reached, ended }: Unit, window: number, world: World): Seen {
  const watched = Math.max(-1, Math.min(window, daysFrom(entered ?? "", world.observedTo)));
  for (const [what, day] of [["reached", reached] as const, ["ended", ended] as const]) {
    const age = day === null ? Infinity : daysFrom(entered ?? "", day);
    if (age <= window) return { what, age: Math.max(0, Math.min(age, watched)) };
  }
  return { what: "open", age: watched };
}

/** The chance of getting there by the end of the window for one still open after an age; null where nobody lived that long. */
function chance(age: number, window: number, own: readonly Seen[], known: readonly Seen[]): number | null {
  if (age >= window) return 0;
  const atRisk = (all: readonly Seen[]) => all.filter((each) => each.age > age);
  const few = atRisk(own).length < 10 && atRisk(known).length > atRisk(own).length;
  const there = atRisk(few ? known : own);
  const now = (what: Seen["what"]) =>
    there.filter((each) => each.age === age + 1 && each.what === what).length / there.length;
  if (there.length === 0) return null;
  const left = 1 - now("reached") - now("ended");
  const later = left < 1e-12 ? 0 : chance(age + 1, window, own, known);
  return later === null ? null : now("reached") + left * later;
}

/**
 * What a cell is expected to come to, row by row: 1 for each that got there, 0 for each that was ended, its chance for each that
 * is open. Undefined where none is open, null where nobody was followed to the end.
 */
export function estimate(name: string, cell: Cell, world: World): number | null | undefined {
  const units = followed[name]?.(world);
  const { window } = cell;
  if (units === undefined || window === undefined || cell.clock !== "cohort") return undefined;
  const of = (where: Cell) =>
    units.filter(({ entered, dims }) => has(where, entered, dims)).map((unit) => seen(unit, window, world));
  const [own, known] = [of(cell), of({ ...cell, key: {}, from: "0000-01-01", to: "9999-01-01" })];
  if (!own.some(({ what, age }) => what === "open" && age < window)) return undefined;
  const chances = own.map(({ what, age }) =>
    what === "reached" ? 1 : what === "ended" ? 0 : chance(age, window, own, known),
  );
  return chances.some((each) => each === null)
    ? null
    : chances.reduce((sum: number, each) => sum + (each ?? 0), 0) / own.length;
}
