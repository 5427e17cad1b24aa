import { normalQuantile } from "../uncertainty/normal-quantile.ts";
import { gathered, tableToWindow, type Exits, type LifeRow } from "./life-table.ts";

/** What a cohort is expected to come to by the end of its window. */
export interface Completed {
  /** Share of all units that will have got there, 0..1. */
  readonly value: number;
  /** Within which the final value will lie, at the level asked for. */
  readonly interval: readonly [number, number];
}

/** The probability of getting there by the end for a unit still open after each age; the first entry is for one not seen yet. */
function prospects(table: readonly LifeRow[]): number[] {
  const after: number[] = [];
  let prospect = 0;
  for (const { atRisk, reached, rival } of table.toReversed()) {
    after.push(prospect);
    if (atRisk > 0) prospect = reached / atRisk + (1 - (reached + rival) / atRisk) * prospect;
  }
  return [...after, prospect].toReversed();
}

/** How many open units are expected to be at risk at each age. */
export function exposure(table: readonly LifeRow[], openAt: ReadonlyMap<number, number>): number[] {
  let exposed = 0;
  return table.map(({ age, atRisk, reached, rival }) => {
    exposed += openAt.get(age - 1) ?? 0;
    const here = exposed;
    if (atRisk > 0) exposed *= 1 - (reached + rival) / atRisk;
    return here;
  });
}

/** The variance of the expected number that comes from not knowing the life table exactly. */
function tableVariance(table: readonly LifeRow[], exposed: readonly number[], after: readonly number[]): number {
  let [variance, units, seen] = [0, 0, 0];
  table.forEach(({ atRisk, reached, rival }, age) => {
    const here = exposed[age] ?? 0;
    if (here === 0 || atRisk === 0) return;
    const prospect = after[age + 1] ?? 0;
    const [there, ended] = [reached / atRisk, rival / atRisk];
    const spread =
      (1 - prospect) ** 2 * there * (1 - there) +
      prospect ** 2 * ended * (1 - ended) +
      2 * (1 - prospect) * prospect * there * ended;
    variance += (here * here * spread) / atRisk;
    units += here;
    seen += atRisk;
  });
  return seen === 0 ? 0 : variance + (units / seen) ** 2 / 2;
}

/** Whole numbers of `open` that hold one with this mean and variance, on the scale asin √p, with Anscombe's ⅜. */
function band(mean: number, variance: number, open: number, level: number): [number, number] {
  const size = open + 0.75;
  const p = (mean + 0.375) / size;
  const angle = Math.asin(Math.sqrt(p));
  const spread = (normalQuantile((1 + level) / 2) * Math.sqrt(variance)) / (2 * size * Math.sqrt(p * (1 - p)));
  const number = (at: number) => Math.round(Math.sin(Math.min(Math.max(at, 0), Math.PI / 2)) ** 2 * size - 0.375);
  return [
    Math.max(0, Math.min(number(angle - spread), Math.floor(mean))),
    Math.min(open, Math.max(number(angle + spread), Math.ceil(mean))),
  ];
}

/**
 * What a young cohort is expected to come to: each unit that got there counts 1, each that a rival ended 0, and each still
 * open at age a counts the probability q(a) = (F(w) − F(a)) ÷ S(a) that those who lived as long get there by day w.
 * With the cohort's own life table this is the Kaplan–Meier (with rivals: Aalen–Johansen) estimate itself. At ages that fewer
 * than ten of its units lived to, the table of all units known is used.
 *
 * Efron (1967), "The two sample problem with censored data": redistribution to the right. The interval foretells the final
 * share: the variance Σ q(1−q) of what chance still decides, plus that of the life table (delta method, and half an event
 * more, as nothing seen is not nothing to come), drawn on the scale asin √p and rounded to whole units.
 *
 * Ages and window in days, shares 0..1. It is wrong where the cohort differs from those known just at the ages it has not
 * lived to, and too wide by rounding where only a few units are open.
 *
 * @param paced whose life table is gone by: the cohort's own, or that of a whole that it is a part of; by the table of a whole,
 *   the numbers that its parts are expected to come to add up to its own
 * @returns undefined where units are open and nobody was followed to the end of the window
 */
export function completedCohort(
  own: readonly Exits[],
  known: readonly Exits[],
  window: number,
  level: number,
  paced: readonly Exits[] = own,
): Completed | undefined {
  const table = tableToWindow(paced, known, window);
  if (table === undefined) return undefined;
  const after = prospects(table);
  let [n, there, open, mean, chance] = [0, 0, 0, 0, 0];
  const openAt = new Map<number, number>();
  for (const exit of gathered(own, window)) {
    n += exit.reached + exit.rival + exit.open;
    there += exit.reached;
    if (exit.age >= window) continue;
    const q = after[exit.age + 1] ?? 0;
    open += exit.open;
    mean += exit.open * q;
    chance += exit.open * q * (1 - q);
    openAt.set(exit.age, exit.open);
  }
  const variance = chance + tableVariance(table, exposure(table, openAt), after);
  const [least, most] = open === 0 ? [0, 0] : band(mean, variance, open, level);
  return { value: (there + mean) / n, interval: [(there + least) / n, (there + most) / n] };
}

/** How many units are still open before the end of the window, so that the share may grow. */
export const openBefore = (exits: readonly Exits[], window: number): number =>
  exits.reduce((sum, { age, open }) => sum + (age < window ? open : 0), 0);
