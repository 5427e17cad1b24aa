import type { SurvivalPoint } from "../../contract/retention.ts";
import type { Tuple } from "../../engine/database.ts";
import { kaplanMeier } from "../../methods/survival/kaplan-meier.ts";
import { lifeTable, reachOf, type Exits } from "../../methods/survival/life-table.ts";
import { logLogInterval } from "../../methods/survival/log-log.ts";
import { wilson } from "../../methods/uncertainty/wilson.ts";

const daysOfMonth = 365.25 / 12;
/** Fewer customers who were seen that long say too little of a month. */
const fewest = 10;

const exitsOf = (tuples: readonly Tuple[]): Exits[] =>
  tuples.map(({ age, reached, open }) => ({
    age: Number(age),
    reached: Number(reached),
    rival: 0,
    open: Number(open),
  }));

/**
 * The share still there after each month, as far as ten customers were seen that long or until everybody had left; who is still
 * there is censored. Months are of 30.44 days.
 */
export function survivalOf(tuples: readonly Tuple[], level: number): SurvivalPoint[] {
  const exits = exitsOf(tuples);
  const window = Math.max(0, ...exits.map(({ age }) => age));
  const table = lifeTable(exits, window);
  const curve = kaplanMeier(table);
  const points: SurvivalPoint[] = [];
  for (let month = 0; ; month++) {
    const day = Math.round(month * daysOfMonth);
    const [{ value, variance } = { value: 0, variance: 0 }, row] = [curve[day], table[day]];
    if (row === undefined || day > reachOf(table) || (row.atRisk < fewest && month > 0)) return points;
    const [low, high] = leftBy(value, variance, row.atRisk, level);
    points.push({ month, share: 1 - value, interval: [1 - high, 1 - low], atRisk: row.atRisk });
  }
}

/** The interval of the share that left; where nobody did, as of a share of those who were seen that long. */
const leftBy = (value: number, variance: number, atRisk: number, level: number): [number, number] =>
  value === 0 ? (wilson(0, atRisk, level) ?? [0, 0]) : logLogInterval(value, variance, level);
