import { describe, expect, test } from "vitest";
import { coverage, draws } from "../../../test/random.ts";
import { delta } from "./delta.ts";
import { medianInterval } from "./order-statistics.ts";
import { poisson } from "./poisson.ts";
import { ratioOfCounts } from "./ratio-of-counts.ts";
import { weightedShare } from "./weighted-share.ts";

const sumOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0);
const productsOf = (left: readonly number[], right: readonly number[]): number =>
  sumOf(left.map((each, i) => each * (right[i] ?? 0)));

/** Within five points of what the interval says of itself, over seeded runs. */
const tolerance = 0.05;

describe.each([0.8, 0.95])("at %d", (level) => {
  // One expected number alone may lie a point or two outside: counts are whole, so coverage jumps (74 % at 5.0).
  test.each([5, 10, 20, 50, 200])("the interval of a count holds about %d expected events that often", (about) => {
    const { poisson: draw, uniform } = draws(about);
    const held = coverage(4000, 0, () => {
      const mean = about * (0.8 + 0.4 * uniform());
      const [low, high] = poisson(draw(mean), level);
      return [low - mean, high - mean];
    });
    expect(Math.abs(level - held)).toBeLessThan(tolerance);
  });

  test.each([20, 60])("cost per event holds the true cost that often, with %d events", (mean) => {
    const { poisson: draw } = draws(mean);
    const cost = 5000;
    const found = coverage(4000, cost / mean, () => {
      const [low, high] = poisson(draw(mean), level);
      return [cost / high, cost / low];
    });
    expect(Math.abs(level - found)).toBeLessThan(tolerance);
  });

  test.each([
    [60, 0.5],
    [60, 1],
    [300, 1],
  ])("a return holds the true one that often: %d sales, amounts log-normal with σ %d", (mean, sigma) => {
    const { poisson: draw, lognormal } = draws(mean);
    const truth = mean * 100 * Math.exp((sigma * sigma) / 2);
    const found = coverage(2000, truth, () => {
      const amounts = Array.from({ length: draw(mean) }, () => lognormal(100, sigma));
      return delta(sumOf(amounts), productsOf(amounts, amounts), "log", level);
    });
    expect(Math.abs(level - found)).toBeLessThan(tolerance);
  });

  test.each([30, 100])("an average amount holds the true one that often, of %d", (mean) => {
    const { poisson: draw, lognormal } = draws(mean);
    const found = coverage(3000, 100 * Math.exp(0.18), () => {
      const amounts = Array.from({ length: draw(mean) }, () => lognormal(100, 0.6));
      const [n, sum] = [amounts.length, sumOf(amounts)];
      const value = sum / n;
      const variance = (productsOf(amounts, amounts) - 2 * value * sum + value * value * n) / (n * n);
      return delta(value, variance, "log", level);
    });
    expect(Math.abs(level - found)).toBeLessThan(tolerance);
  });

  test.each([
    [0.9, 100],
    [0.97, 100],
    [0.6, 40],
  ])("gross retention of %d holds the true one that often, with %d customers", (share, customers) => {
    const { uniform, lognormal } = draws(customers);
    const found = coverage(3000, share, () => {
      const before = Array.from({ length: customers }, () => lognormal(100, 0.7));
      const after = before.map((each) => (uniform() < share ? each : 0));
      return weightedShare(
        {
          part: sumOf(after),
          whole: sumOf(before),
          partSquared: productsOf(after, after),
          product: productsOf(after, before),
          wholeSquared: productsOf(before, before),
        },
        level,
      );
    });
    expect(Math.abs(level - found)).toBeLessThan(tolerance);
  });

  test.each([15, 40, 200])("a median of %d holds the true one that often", (n) => {
    const { lognormal } = draws(n);
    const found = coverage(2000, 30, () =>
      medianInterval(
        Array.from({ length: n }, () => [lognormal(30, 0.8), 1]),
        level,
      ),
    );
    expect(Math.abs(level - found)).toBeLessThan(tolerance);
  });

  test("a ratio of two counts holds the true one that often", () => {
    const { poisson: draw } = draws(3);
    expect(Math.abs(level - coverage(4000, 0.25, () => ratioOfCounts(draw(15), draw(60), level)))).toBeLessThan(
      tolerance,
    );
  });
});
