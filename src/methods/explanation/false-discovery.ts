/**
 * Which of many tests to believe, so that among those believed at most the share `rate` is chance on average: sort the m
 * probabilities, find the largest k with p₍ₖ₎ ≤ k · rate ÷ m, believe the k smallest.
 *
 * Benjamini and Hochberg (1995), "Controlling the false discovery rate". It holds for independent tests and for those that
 * tend to move together, such as segments of dimensions that overlap; it promises an average, not each list.
 *
 * @param noise probability of each finding where only chance is at work, 0..1
 * @returns for each, whether it is believed
 */
export function believed(noise: readonly number[], rate: number): boolean[] {
  const sorted = noise.toSorted((a, b) => a - b);
  const last = sorted.findLastIndex((p, i) => p <= ((i + 1) * rate) / sorted.length);
  const threshold = sorted[last] ?? -1;
  return noise.map((p) => p <= threshold);
}
