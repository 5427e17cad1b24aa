import type { BgNbd, Buyers } from "./likelihood.ts";

type Seen = Omit<Buyers, "count">;

/** How likely it is to have left against being there still. */
const oddsOfLeft = ({ r, alpha, a, b }: BgNbd, { repeats: x, recency, age }: Seen): number =>
  x === 0 ? 0 : (a / (b + x - 1)) * ((alpha + age) / (alpha + recency)) ** (r + x);

/**
 * The probability that a customer is there still: 1 ÷ (1 + a ÷ (b + x − 1) · ((α + T) ÷ (α + t_x))^(r+x)); 1 for who bought
 * once, since customers leave only after a repeat.
 *
 * Fader, Hardie and Lee (2008), "Computing P(alive) using the BG/NBD model".
 */
export const probabilityAlive = (model: BgNbd, seen: Seen): number => 1 / (1 + oddsOfLeft(model, seen));

/** Gauss's hypergeometric series 2F1(p, q; c; z), for 0 ≤ z < 1. */
function hypergeometric(p: number, q: number, c: number, z: number): number {
  let [term, sum] = [1, 1];
  for (let n = 0; Math.abs(term) > 1e-14 * Math.abs(sum) && n < 100_000; n++) {
    term *= (((p + n) * (q + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
  }
  return sum;
}

/**
 * How many purchases a customer is expected to make within so many weeks: with z = t ÷ (α + T + t),
 * (a + b + x − 1) ÷ (a − 1) · [1 − (1 − z)^(a−1) 2F1(a + b − 1 − r, a − 1; a + b + x − 1; z)] × the probability of being there.
 *
 * Fader, Hardie and Lee (2005), equation 10, after Euler's transformation, by which the series converges fast however often a
 * customer bought. At a = 1 it is a limit, taken beside it.
 */
export function expectedPurchases(model: BgNbd, seen: Seen, weeks: number): number {
  const { r, alpha, b } = model;
  const a = Math.abs(model.a - 1) < 1e-6 ? 1 + 1e-6 : model.a;
  const { repeats: x, age } = seen;
  const z = weeks / (alpha + age + weeks);
  const none = (1 - z) ** (a - 1) * hypergeometric(a + b - 1 - r, a - 1, a + b + x - 1, z);
  return ((a + b + x - 1) / (a - 1)) * (1 - none) * probabilityAlive(model, seen);
}
