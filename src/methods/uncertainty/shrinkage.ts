/** How many of how many. */
export interface Tally {
  readonly successes: number;
  readonly n: number;
}

/** The parameters of a beta distribution. */
export interface Prior {
  readonly a: number;
  readonly b: number;
}

const jeffreys: Prior = { a: 0.5, b: 0.5 };

/**
 * What the shares of several groups have in common, as a beta distribution: its mean is the share of all together, p, and
 * a + b = (1 − ρ) ÷ ρ, where ρ = (S − p(1−p)(R−1)) ÷ (p(1−p)(N − Σn²/N − (R−1))) is how alike rows of one group are, from
 * S = Σ n (pᵢ − p)² over R groups of N rows together. A group of k of n is then shrunk to (k + a) ÷ (n + a + b).
 *
 * Beta-binomial by moments, as empirical Bayes: Kleinman (1973), Journal of the American Statistical Association 68; Casella
 * (1985), The American Statistician 39. Where the groups differ no more than chance has them, a + b is held at N: all are
 * about p. With two or three groups ρ is hardly known. Where nothing or everything succeeded, or there is one group, it is
 * Jeffreys' a = b = ½.
 */
export function commonShare(groups: readonly Tally[]): Prior {
  const known = groups.filter(({ n }) => n > 0);
  const all = known.reduce((sum, { n }) => sum + n, 0);
  const p = known.reduce((sum, { successes }) => sum + successes, 0) / all;
  const free = known.length - 1;
  const chance = p * (1 - p);
  if (free < 1 || !(chance > 0)) return jeffreys;
  const spread = known.reduce((sum, { successes, n }) => sum + n * (successes / n - p) ** 2, 0);
  const squares = known.reduce((sum, { n }) => sum + n * n, 0);
  const room = all - squares / all - free;
  const alike = room > 0 ? (spread - chance * free) / (chance * room) : 0;
  const strength = alike > 0 ? Math.min(all, Math.max(1, (1 - alike) / alike)) : all;
  return { a: p * strength, b: (1 - p) * strength };
}
