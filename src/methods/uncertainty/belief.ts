import { betaCdf, betaQuantile } from "./beta.ts";
import { normalCdf, normalQuantile } from "./normal-quantile.ts";

/** What is believed of a true value: how probable it is to be at most x, and the x that it is at most with a probability. */
export interface Belief {
  readonly cdf: (x: number) => number;
  readonly quantile: (p: number) => number;
}

/** Of a share after k of n: the beta distribution with the prior's a + k and b + n − k (Bayes; Jeffreys' prior has ½ and ½). */
export const ofShare = (a: number, b: number): Belief => ({
  cdf: (x) => betaCdf(x, a, b),
  quantile: (p) => betaQuantile(p, a, b),
});

/**
 * Of a count of events: normal on the square root, √μ about √(n + 3/8) with error ½ (Anscombe 1948, Biometrika 35). Below
 * about five events it is rough.
 */
export function ofCount(events: number): Belief {
  const centre = Math.sqrt(events + 3 / 8);
  return {
    cdf: (x) => (x < 0 ? 0 : normalCdf(2 * (Math.sqrt(x) - centre))),
    quantile: (p) => Math.max(0, centre + normalQuantile(p) / 2) ** 2,
  };
}

/**
 * Of a value with an interval: two halves of normal distributions that meet in the value and reach each end with the
 * interval's own probability; on the logarithm where all of it is positive. It knows no more of the tails than the ends say.
 *
 * Fechner (1897); Wallis (2014), "The two-piece normal, binormal, or double Gaussian distribution", Statistical Science 29.
 */
export function ofInterval(value: number, [low, high]: readonly [number, number], level: number): Belief {
  const [to, back] = low > 0 ? [Math.log, Math.exp] : [(x: number) => x, (x: number) => x];
  const z = normalQuantile((1 + level) / 2);
  const least = (Math.abs(to(high) - to(low)) + 1e-12) * 1e-6;
  const below = Math.max(least, (to(value) - to(low)) / z);
  const above = Math.max(least, (to(high) - to(value)) / z);
  const scaled = (x: number) => (to(x) - to(value)) / (x < value ? below : above);
  return {
    cdf: (x) => (low > 0 && x <= 0 ? 0 : normalCdf(scaled(x))),
    quantile: (p) => back(to(value) + normalQuantile(p) * (p < 0.5 ? below : above)),
  };
}

/** The same seen from the other side: of −x. */
export const mirrored = (belief: Belief): Belief => ({
  cdf: (x) => 1 - belief.cdf(-x),
  quantile: (p) => -belief.quantile(1 - p),
});

/** The same, that finds each quantile once. */
export function remembered({ cdf, quantile }: Belief): Belief {
  const known = new Map<number, number>();
  return {
    cdf,
    quantile: (p) => {
      const x = known.get(p) ?? quantile(p);
      known.set(p, x);
      return x;
    },
  };
}
