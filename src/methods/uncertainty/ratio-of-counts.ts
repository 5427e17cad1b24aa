import { wilson } from "./wilson.ts";

/**
 * The interval of the ratio of two counts that do not hang together: given a + b events, a is binomial with the share
 * π = ratio ÷ (1 + ratio), so Wilson's interval of π turned back by π ÷ (1 − π) is one of the ratio.
 *
 * Przyborowski and Wilenski (1940), Biometrika 31; with the score interval, Price and Bonett (2000), Computational Statistics
 * and Data Analysis 34. It assumes Poisson counts. Where events of one count are events of the other too, it is
 * too wide.
 *
 * @returns lower and upper bound of a ÷ b, or null where b is zero
 */
export function ratioOfCounts(a: number, b: number, level: number): [number, number] | null {
  if (b <= 0) return null;
  const share = wilson(a, a + b, level);
  if (share === null) return null;
  return [share[0] / (1 - share[0]), share[1] / (1 - share[1])];
}
