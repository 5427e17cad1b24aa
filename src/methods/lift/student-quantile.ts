import { betaQuantile } from "../uncertainty/beta.ts";

/**
 * The value that a variable of Student's t stays below with probability p, with so many degrees of freedom: from the beta
 * variable x = ν ÷ (ν + t²) (DLMF 8.17, Abramowitz and Stegun 26.7.1).
 */
export function studentQuantile(p: number, freedom: number): number {
  if (p < 0.5) return -studentQuantile(1 - p, freedom);
  if (p === 0.5) return 0;
  const x = betaQuantile(2 * (1 - p), freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - x)) / x);
}
