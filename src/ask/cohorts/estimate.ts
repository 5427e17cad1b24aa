import type { Row, Warning } from "../../contract/answer.ts";
import type { Limits, Tuple } from "../../engine/database.ts";
import type { Plan } from "../../engine/plan.ts";
import { compileRisks, isFollowed, knownRows } from "../../engine/risks.ts";
import { runnable } from "../../engine/sql.ts";
import { addDays } from "../../engine/time.ts";
import { completedCohort, openBefore } from "../../methods/survival/completed-cohort.ts";
import { lifeTable, reachOf, type Exits } from "../../methods/survival/life-table.ts";
import { exitsOf, riskTable } from "./risks.ts";
import type { Frame } from "../rows.ts";
import type { Store } from "../store.ts";

/** Rows and total of a plan, with what there is to say about them and the statements that they rest on beside the plan's own. */
export interface Found {
  readonly rows: Row[];
  readonly total: Row;
  readonly notes: Warning[];
  readonly sql: string[];
}

/** Whether the plan holds shares of cohorts that may still grow. */
const mayGrow = ({ variant, plan }: Frame): boolean =>
  variant.share && isFollowed(plan) && addDays(plan.range.to, (plan.window ?? 0) - 1) > plan.observedTo;

const cellOf = (key: Row["key"], period: string | null): string => JSON.stringify([period, Object.values(key)]);

function cellOfTuple(tuple: Tuple, { keys, grain }: Plan): string {
  const text = (column: string) => (tuple[column] == null ? null : String(tuple[column]));
  return cellOf(Object.fromEntries(keys.map((key) => [key, text(key)])), grain === undefined ? null : text("period"));
}

/** The row with what it is expected to come to where it may still grow, and with what was seen so far beside it. */
function completed(row: Row, own: readonly Exits[], known: readonly Exits[], { plan, level }: Frame): Row {
  const window = plan.window ?? 0;
  if (row.value === null || openBefore(own, window) === 0) return row;
  const found = completedCohort(own, known, window, level);
  const observed = row.value;
  if (found === undefined)
    return { ...row, value: null, observed, interval: null, flags: ["not-enough-data", "immature"] };
  const { value, interval } = found;
  return { ...row, value, observed, interval: [interval[0], interval[1]], flags: [...row.flags, "estimated"] };
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

/** Puts in place of shares that may still grow what they are expected to come to by the end of the window. */
export async function estimated(
  frame: Frame,
  store: Store,
  limits: Limits,
  found: { rows: Row[]; total: Row },
): Promise<Found> {
  const { plan } = frame;
  if (!mayGrow(frame)) return { ...found, notes: [], sql: [] };
  const all = knownRows(plan);
  const [cells, others] = await Promise.all([riskTable(plan, store, limits), riskTable(all, store, limits)]);
  const known = others.map(exitsOf);
  const own = Map.groupBy(cells, (tuple) => cellOfTuple(tuple, plan));
  const rows = found.rows.map((row) =>
    completed(row, (own.get(cellOf(row.key, row.period)) ?? []).map(exitsOf), known, frame),
  );
  const total = completed(found.total, cells.map(exitsOf), known, frame);
  const changed = [...rows, total].filter((row) => row.observed !== null);
  if (changed.length === 0) return { ...found, notes: [], sql: [] };
  return {
    rows,
    total,
    notes: changed.some((row) => row.value === null) ? [tooLong(known, plan.window ?? 0)] : [],
    sql: [
      `-- how many rows left observation, by age\n${runnable(compileRisks(plan))}`,
      `-- the same of all rows known\n${runnable(compileRisks(all))}`,
    ],
  };
}
