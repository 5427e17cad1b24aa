import type { LifeRow } from "./life-table.ts";

/** The share that has got there by an age, and the variance of that estimate. */
export interface Incidence {
  readonly age: number;
  readonly value: number;
  readonly variance: number;
}

/**
 * The Aalen–Johansen estimate of the share that gets there by each age while a rival may end a unit first: with n at risk,
 * d that got there and v ended by the rival at age a, F(a) = Σ S(a−1) d/n and S(a) = Π (1 − (d + v)/n).
 *
 * Its variance is the delta method's, Σ (F(t) − F(a))² e/(n(n−e)) + S(a−1)² d(n−d)/n³ − 2 (F(t) − F(a)) S(a−1) d/n² with
 * e = d + v, multiplied out so that one pass gives it at every age.
 *
 * Aalen and Johansen (1978), "An empirical transition matrix for non-homogeneous Markov chains based on censored
 * observations"; Marubini and Valsecchi (1995), "Analysing Survival Data", 10.19. Ages in days, shares 0..1. It takes units
 * to be independent, and those who are still open to be like those who lived as long: wrong where the young differ from the
 * old, or where the ones with the best prospects are looked at last.
 */
export function aalenJohansen(table: readonly LifeRow[]): Incidence[] {
  let [open, value, a, b, c] = [1, 0, 0, 0, 0];
  return table.map(({ age, atRisk, reached, rival }) => {
    if (atRisk > 0) {
      const ended = reached + rival;
      const here = (open * reached) / atRisk;
      value += here;
      const left = atRisk === ended ? 0 : ended / (atRisk * (atRisk - ended));
      const cross = here / atRisk;
      a += left;
      b += value * left + cross;
      c += value * value * left + (open * open * reached * (atRisk - reached)) / atRisk ** 3 + 2 * value * cross;
      open *= 1 - ended / atRisk;
    }
    return { age, value, variance: Math.max(0, value * value * a - 2 * value * b + c) };
  });
}
