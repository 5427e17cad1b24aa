import type { Row, Warning } from "../../contract/answer.ts";
import type { Limits } from "../../engine/database.ts";
import { isFollowed } from "../../engine/risks.ts";
import { addDays } from "../../engine/time.ts";
import { completedCohort, openBefore, type Completed } from "../../methods/survival/completed-cohort.ts";
import { completedDelay } from "../../methods/survival/completed-delay.ts";
import { foretold } from "../../methods/uncertainty/foretold.ts";
import { wilson } from "../../methods/uncertainty/wilson.ts";
import { lifeTable, reachOf, type Exits } from "../../methods/survival/life-table.ts";
import { riskTables, type RiskTables } from "./risks.ts";
import type { Frame } from "../rows.ts";
import type { Store } from "../store.ts";

/** Rows and total of a plan, with what there is to say about them and the statements that they rest on beside the plan's own. */
export interface Found {
  readonly rows: Row[];
  readonly total: Row;
  readonly notes: Warning[];
  readonly sql: string[];
}

/** Whether the plan holds shares of cohorts that may still grow, or the days that they take. */
export const mayGrow = ({ variant, plan }: Frame): boolean =>
  (variant.share || variant.unit === "days") &&
  isFollowed(plan) &&
  addDays(plan.range.to, (plan.window ?? 0) - 1) > plan.observedTo;

/** The row with what it is expected to come to where it may still grow, and what was seen so far; where nothing is open, it is final. */
function completed(row: Row, own: readonly Exits[], { total, known }: RiskTables, frame: Frame): Row {
  const { variant, plan, level, additive } = frame;
  const window = plan.window ?? 0;
  if (row.value === null) return row;
  if (openBefore(own, window) === 0) return { ...row, flags: row.flags.filter((flag) => flag !== "immature") };
  const complete = variant.share ? completedCohort : completedDelay;
  const reached = complete(own, known, window, level, additive === true ? total : own);
  const found = reached && isLeftOver(variant) ? turned(reached) : reached;
  const observed = row.value;
  if (found === undefined)
    return { ...row, value: null, observed, interval: null, flags: ["not-enough-data", "immature"] };
  const band = found.interval === null ? null : ([...found.interval] as [number, number]);
  const interval = variant.share && band !== null ? shareInterval(found.value, row.n ?? 0, band, level) : band;
  return { ...row, value: found.value, observed, band, interval, flags: [...row.flags, "estimated"] };
}

/** Whether a share is of those who did not get there. */
export const isLeftOver = ({ share, value }: Frame["variant"]): boolean => share && value.kind === "-";

type Told = Pick<Completed, "value"> & { readonly interval: Completed["interval"] | null };

/** What is left of one. */
const turned = ({ value, interval }: Told): Told => ({
  value: 1 - value,
  interval: interval && [1 - interval[1], 1 - interval[0]],
});

/** How sure an estimated share is of the true one: as that of any share, of fewer cases as its last value is only foretold. */
function shareInterval(share: number, n: number, band: readonly [number, number], level: number): Row["interval"] {
  const worth = foretold(share, n, band, level);
  return wilson(worth.successes, worth.n, level);
}

/** What to say where nobody has been followed to the end of the window. */
function tooLong(known: readonly Exits[], window: number): Warning {
  const longest = Math.max(0, reachOf(lifeTable(known, window)));
  return {
    code: "window-too-long",
    message: `nobody has been followed for ${window} days yet, so that what young cohorts come to cannot be said; the longest is ${longest} days, a window of ${longest} days or fewer would answer`,
    count: longest,
  };
}

/** The risk tables of a plan that holds shares of cohorts which may still grow; undefined for any other. */
export const growing = async (frame: Frame, store: Store, limits: Limits): Promise<RiskTables | undefined> =>
  mayGrow(frame) ? riskTables(frame.plan, store, limits) : undefined;

/** Puts in place of shares that may still grow what they are expected to come to by the end of the window. */
export function estimated(frame: Frame, tables: RiskTables | undefined, found: { rows: Row[]; total: Row }): Found {
  if (tables === undefined) return { ...found, notes: [], sql: [] };
  const rows = found.rows.map((row) => completed(row, tables.cell(row.period, Object.values(row.key)), tables, frame));
  const total = completed(found.total, tables.total, tables, frame);
  const changed = [...rows, total].filter((row) => row.observed !== null);
  if (changed.length === 0) return { rows, total, notes: [], sql: [] };
  const stuck = changed.some((row) => row.value === null);
  return { rows, total, notes: stuck ? [tooLong(tables.known, frame.plan.window ?? 0)] : [], sql: [...tables.sql] };
}
