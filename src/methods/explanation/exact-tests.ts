const negligible = 1e-20;
const alike = 1 + 1e-9;

/** Weights of the outcomes on one side of the observed one, whose own weight is 1. */
function weights(from: number, to: number, step: 1 | -1, ratio: (at: number) => number): number[] {
  const found: number[] = [];
  let weight = 1;
  for (let at = from; at !== to && weight > negligible; at += step) {
    weight *= step === 1 ? ratio(at) : 1 / ratio(at - 1);
    found.push(weight);
  }
  return found;
}

/** The share of all weight that lies on outcomes no likelier than the observed one. */
function twoSided(observed: number, low: number, high: number, ratio: (at: number) => number): number {
  const others = [...weights(observed, high, 1, ratio), ...weights(observed, low, -1, ratio)];
  const all = others.reduce((sum, weight) => sum + weight, 1);
  return others.reduce((sum, weight) => sum + (weight <= alike ? weight : 0), 1) / all;
}

/**
 * The probability of shares at least as far apart as k₁ of n₁ and k₂ of n₂ where both are truly the same: the sum of the
 * hypergeometric probabilities, given k₁ + k₂, of all tables no likelier than this one.
 *
 * Fisher (1935), "The logic of inductive inference". It holds for any n. It is cautious: for small n it finds less than it
 * might, and it takes the rows as independent.
 *
 * @returns 0..1
 */
export function sameShare([k1, n1]: readonly [number, number], [k2, n2]: readonly [number, number]): number {
  const hits = k1 + k2;
  const ratio = (at: number) => ((n1 - at) * (hits - at)) / ((at + 1) * (n2 - hits + at + 1));
  return twoSided(k1, Math.max(0, hits - n2), Math.min(n1, hits), ratio);
}

/**
 * The probability of counts at least as far apart as a and b where both are truly the same: given a + b, the sum of the
 * binomial probabilities (½) of all divisions no likelier than this one.
 *
 * Przyborowski and Wilenski (1940), "Homogeneity of results in testing samples from Poisson series". It takes what is counted
 * as independent; what comes in bursts varies more than that.
 *
 * @returns 0..1
 */
export const sameCount = (a: number, b: number): number => twoSided(a, 0, a + b, (at) => (a + b - at) / (at + 1));
