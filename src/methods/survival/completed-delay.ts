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

/** How many units are expected to have got there by the end of the window, by the days that they took. */
type Arrivals = readonly (readonly [days: number, units: number])[];

/** The days that those who got there took. */
const delays = (exits: readonly Exits[]): Arrivals =>
  exits.flatMap(({ age, delay = age, reached }) => (reached > 0 ? [[delay, reached] as const] : []));

/** Units that are expected at an age, over the parts of a day at which the others came at that age. */
function spread(units: number, age: number, others: readonly Exits[]): Arrivals {
  const came = delays(others.filter((exit) => exit.age === age));
  const all = came.reduce((sum, [, each]) => sum + each, 0);
  return all === 0 ? [[age, units]] : came.map(([delay, each]) => [delay, (units * each) / all]);
}

/** Arrivals of equal delays as one, the quick ones first. */
function inOrder(arrivals: Arrivals): Arrivals {
  const units = new Map<number, number>();
  for (const [delay, each] of arrivals) if (each > 0) units.set(delay, (units.get(delay) ?? 0) + each);
  return [...units].toSorted(([a], [b]) => a - b);
}

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
 * (`medianInterval`), which makes it somewhat too narrow while much is still to come. Ages, window and median in days. Where
 * delays are known to a part of a day, those expected at an age are spread over it as those known are.
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
  const open = new Map(gathered(own, window).map(({ age, open: units }) => [age, age < window ? units : 0]));
  const exposed = exposure(table, open);
  const toCome = table.flatMap(({ age, atRisk, reached }, i) =>
    atRisk === 0 ? [] : spread(((exposed[i] ?? 0) * reached) / atRisk, age, known),
  );
  const arrivals = inOrder([...delays(own), ...toCome]);
  return { value: middle(arrivals), interval: medianInterval(arrivals, level) };
}
