/**
 * Which of several tests are called, so that of those called no more than `rate` are expected to be called by chance; where
 * nothing differs at all, anything is called with probability `rate` at most: with the p-values in order, all up to the last
 * whose p is at most rate × place ÷ number.
 *
 * Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57. It holds for tests that are independent or
 * hang together positively.
 */
export function discoveries(pValues: readonly number[], rate: number): boolean[] {
  const ordered = pValues.toSorted((a, b) => a - b);
  const last = ordered.findLastIndex((p, i) => p <= (rate * (i + 1)) / ordered.length);
  const bar = ordered[last] ?? -1;
  return pValues.map((p) => p <= bar);
}
