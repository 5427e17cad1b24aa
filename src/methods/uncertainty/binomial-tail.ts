import { betaCdf } from "./beta.ts";

/** P(X ≤ k) of n at p, by the incomplete beta function, which is defined between whole numbers too. */
function atMost(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : 1 - betaCdf(p, k + 1, n - k);
}

/**
 * The two-sided probability that chance alone brings k of n, or what is further out, where each succeeds with probability p:
 * twice the smaller mid-p tail, P(X < k) + ½ P(X = k).
 *
 * Lancaster (1961), Journal of the American Statistical Association 56, for mid-p; it keeps its level on average rather than
 * always. k and n need not be whole: what is worth so many cases counts as so many.
 */
export function binomialTail(k: number, n: number, p: number): number {
  if (!(n > 0) || !(p > 0 && p < 1)) return 1;
  const below = (atMost(k, n, p) + atMost(k - 1, n, p)) / 2;
  return Math.min(1, 2 * Math.min(below, 1 - below));
}
