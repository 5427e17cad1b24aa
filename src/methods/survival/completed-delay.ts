import { medianInterval } from "../uncertainty/order-statistics.ts";
import { exposure } from "./completed-cohort.ts";
import { gathered, tableToWindow, type Exits } from "./life-table.ts";

/** The days that a young cohort is expected to take. */
export interface CompletedDelay {
  /** The median in days. */
  readonly value: number;
  /** Where the true median lies, at the level asked for; null where too few are expected to arrive to say. */
  readonly interval: readonly [number, number] | null;
}

/** How many units are expected to have got there at each age by the end of the window. */
type Arrivals = readonly (readonly [age: number, units: number])[];

/** The age by which half of the arrivals came; between two ages where just half came by the first. */
function middle(arrivals: Arrivals): number {
  const half = arrivals.reduce((sum, [, units]) => sum + units, 0) / 2;
  let seen = 0;
  let just: number | undefined;
  for (const [age, units] of arrivals) {
    if (just !== undefined && units > 0) return (just + age) / 2;
    seen += units;
    if (Math.abs(seen - half) <= 1e-9 * half) just ??= age;
    else if (seen > half) return age;
  }
  return just ?? Number.NaN;
}

/**
 * The median of the days that a young cohort takes to get there, of those who will within the window: at each age k the units
 * that got there, and of those still open before it the expected number e(k) · d(k) ÷ n(k), by the same life table as
 * `completedCohort`. The median of those seen so far is too short: the quick ones are seen first.
 *
 * Kaplan and Meier (1958): the middle of F(t) ÷ F(w). The interval takes the expected arrivals as if they had been seen
 * (`medianInterval`), which makes it somewhat too narrow while much is still to come. Ages, window and median in days.
 *
 * @param paced whose life table is gone by, as in `completedCohort`
 * @returns undefined where units are open and nobody was followed to the end of the window
 */
export function completedDelay(
  own: readonly Exits[],
  known: readonly Exits[],
  window: number,
  level: number,
  paced: readonly Exits[] = own,
): CompletedDelay | undefined {
  const table = tableToWindow(paced, known, window);
  if (table === undefined) return undefined;
  const exits = gathered(own, window);
  const open = new Map(exits.filter(({ age }) => age < window).map(({ age, open: units }) => [age, units]));
  const seen = new Map(exits.map(({ age, reached }) => [age, reached]));
  const exposed = exposure(table, open);
  const arrivals = table.map(({ age, atRisk, reached }, i): [number, number] => {
    const toCome = atRisk === 0 ? 0 : ((exposed[i] ?? 0) * reached) / atRisk;
    return [age, (seen.get(age) ?? 0) + toCome];
  });
  return { value: middle(arrivals), interval: medianInterval(arrivals, level) };
}
