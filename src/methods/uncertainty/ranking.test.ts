import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mirrored, ofCount, ofInterval, ofShare } from "./belief.ts";
import { probabilitiesOfBest } from "./best.ts";
import { normalCdf } from "./normal-quantile.ts";
import { commonShare } from "./shrinkage.ts";

const beliefs = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 })).map(([a, b]) => ofShare(a, b)),
  fc.integer({ min: 0, max: 200 }).map(ofCount),
  fc
    .tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 51, max: 60 }), fc.integer({ min: 61, max: 90 }))
    .map(([low, value, high]) => ofInterval(value, [low - 20, high], 0.8)),
);

describe("a belief", () => {
  test("is turned back by its quantile, and from the other side too", () => {
    fc.assert(
      fc.property(beliefs, fc.double({ min: 0.2, max: 0.98, noNaN: true }), (belief, p) => {
        const x = belief.quantile(p);
        if (x > 0) expect(belief.cdf(x)).toBeCloseTo(p, 5);
        expect(mirrored(belief).cdf(-x)).toBeCloseTo(1 - belief.cdf(x), 9);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("of an interval has its ends where the level says", () => {
    for (const interval of [
      [10, 40],
      [-5, 40],
    ] as const) {
      const belief = ofInterval(20, interval, 0.8);
      expect(belief.cdf(interval[0])).toBeCloseTo(0.1, 9);
      expect(belief.cdf(20)).toBeCloseTo(0.5, 9);
      expect(belief.cdf(interval[1])).toBeCloseTo(0.9, 9);
    }
  });
});

describe("the probability of being the best", () => {
  test("by hand: of two normal values a standard error of √2 apart it is Φ(1)", () => {
    const z = 1.2815515655446004;
    const normal = (mean: number) => ofInterval(mean, [mean - z, mean + z], 0.8);
    const [better = 0, worse = 0] = probabilitiesOfBest([normal(-3 + Math.SQRT2), normal(-3)], 120);
    expect(Math.abs(better - normalCdf(1))).toBeLessThan(0.002);
    expect(Math.abs(worse - normalCdf(-1))).toBeLessThan(0.002);
  });

  test("by hand: 1 of 1 against 0 of 1, from a flat prior, is 5 in 6", () => {
    // ∫ 2x (1 − (1 − x)²) dx = 5/6.
    expect(Math.abs((probabilitiesOfBest([ofShare(2, 1), ofShare(1, 2)])[0] ?? 0) - 5 / 6)).toBeLessThan(0.002);
  });

  test("sums to 1, is equal for equals, and does not depend on the order", () => {
    fc.assert(
      fc.property(fc.array(beliefs, { minLength: 1, maxLength: 8 }), (all) => {
        const found = probabilitiesOfBest(all);
        expect(found.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
        for (const each of found) expect(each).toBeGreaterThanOrEqual(0);
        const turned = probabilitiesOfBest(all.toReversed()).toReversed();
        for (const [i, each] of turned.entries()) expect(each).toBeCloseTo(found[i] ?? 0, 9);
      }),
      { seed: 2, numRuns: 40 },
    );
    const same = Array.from({ length: 5 }, () => ofShare(4, 9));
    for (const each of probabilitiesOfBest(same)) expect(each).toBeCloseTo(0.2, 9);
  });
});

describe("what shares have in common", () => {
  test("by hand: 3 of 3 and 40 of 60", () => {
    // p = 43/63, S = 3 (1 − p)² + 60 (2/3 − p)² = 0.31746, p(1−p) = 0.21668, room 63 − 3,609/63 − 1 = 4.71429;
    // ρ = (0.31746 − 0.21668) ÷ (0.21668 × 4.71429) = 0.09866, a + b = 9.136.
    const { a, b } = commonShare([
      { successes: 3, n: 3 },
      { successes: 40, n: 60 },
    ]);
    expect(a + b).toBeCloseTo(9.136, 2);
    expect(a / (a + b)).toBeCloseTo(43 / 63, 9);
  });

  test("groups that differ no more than chance are all about the same; nothing known is Jeffreys' prior", () => {
    const { a, b } = commonShare([
      { successes: 5, n: 10 },
      { successes: 10, n: 20 },
    ]);
    expect([a, b]).toEqual([15, 15]);
    expect(commonShare([])).toEqual({ a: 0.5, b: 0.5 });
    expect(
      commonShare([
        { successes: 0, n: 9 },
        { successes: 0, n: 4 },
      ]),
    ).toEqual({ a: 0.5, b: 0.5 });
  });

  test("never leaves the shares that it is made of", () => {
    const tally = fc
      .tuple(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([n, share]) => ({ n, successes: Math.round(n * share) }));
    fc.assert(
      fc.property(fc.array(tally, { minLength: 2, maxLength: 12 }), (groups) => {
        const { a, b } = commonShare(groups);
        expect(a).toBeGreaterThan(0);
        expect(b).toBeGreaterThan(0);
        const all = groups.reduce((sum, { n }) => sum + n, 0);
        expect(a + b).toBeLessThanOrEqual(all + 1);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});
