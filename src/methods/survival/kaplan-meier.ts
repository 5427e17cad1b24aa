import type { Incidence } from "./aalen-johansen.ts";
import type { LifeRow } from "./life-table.ts";

/**
 * The Kaplan–Meier estimate of the share that gets there by each age, 1 − S(a) with S(a) = Π (1 − d/n): n units at risk at an
 * age, d of which get there on it. Its variance is Greenwood's, S(a)² Σ d/(n(n − d)).
 *
 * Kaplan and Meier (1958), "Nonparametric estimation from incomplete observations"; Greenwood (1926). Ages in days, shares
 * 0..1. Units that something else ended count as censored here, which is wrong as soon as they could not have got there any
 * more: use Aalen–Johansen then. Where few are at risk the curve jumps, and its variance is too small.
 */
export function kaplanMeier(table: readonly LifeRow[]): Incidence[] {
  let [left, sum] = [1, 0];
  return table.map(({ age, atRisk, reached }) => {
    if (atRisk > 0) left *= 1 - reached / atRisk;
    if (atRisk > reached) sum += reached / (atRisk * (atRisk - reached));
    return { age, value: 1 - left, variance: left * left * sum };
  });
}
