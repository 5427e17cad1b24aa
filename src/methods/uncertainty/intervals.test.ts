import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { delta, deltaVariance } from "./delta.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { coverageOf, medianInterval } from "./order-statistics.ts";
import { poisson } from "./poisson.ts";
import { ratioOfCounts } from "./ratio-of-counts.ts";
import { weightedShare } from "./weighted-share.ts";
import { wilson } from "./wilson.ts";

const level = fc.constantFrom(0.5, 0.8, 0.95);
const count = fc.integer({ min: 0, max: 5000 });

describe("of a count of events", () => {
  test("by hand: 10 at 80 %", () => {
    // z = 1.2816, z² = 1.6424: 10 + 0.8212 ± 1.2816 × √10.4106 = 10.8212 ± 4.1350.
    const [low, high] = poisson(10, 0.8);
    expect(low).toBeCloseTo(6.6862, 3);
    expect(high).toBeCloseTo(14.9562, 3);
  });

  test("it solves (n − μ)² = z² μ at both ends, and none seen has an upper end of z²", () => {
    fc.assert(
      fc.property(count, level, (n, wanted) => {
        const z = normalQuantile((1 + wanted) / 2);
        for (const end of poisson(n, wanted)) expect((n - end) ** 2).toBeCloseTo(z * z * end, 5);
      }),
      { seed: 1 },
    );
    expect(poisson(0, 0.8)[0]).toBe(0);
    expect(poisson(0, 0.8)[1]).toBeCloseTo(1.6424, 4);
  });
});

describe("of a ratio of two counts", () => {
  test("holds the ratio, and turned round it is the other way up", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 }), level, (a, b, wanted) => {
        const [low = 0, high = 0] = ratioOfCounts(a, b, wanted) ?? [];
        const [other = 0] = ratioOfCounts(b, a, wanted) ?? [];
        expect(low).toBeLessThan(a / b);
        expect(high).toBeGreaterThan(a / b);
        expect(1 / other).toBeCloseTo(high, 6);
      }),
      { seed: 2 },
    );
  });

  test("of nothing there is none", () => {
    expect(ratioOfCounts(3, 0, 0.8)).toBeNull();
    expect(ratioOfCounts(0, 3, 0.8)?.[0]).toBe(0);
  });
});

describe("by the delta method", () => {
  test("by hand: three sales of 100, 200 and 300", () => {
    // Σx = 600, Σx² = 140,000, error 374.17; on the logarithm 0.62361 × 1.28155 = 0.79919.
    const [low = 0, high = 0] = delta(600, 140_000, "log", 0.8) ?? [];
    expect(low).toBeCloseTo(600 / Math.exp(0.79919), 1);
    expect(high).toBeCloseTo(600 * Math.exp(0.79919), 1);
    expect(delta(600, 140_000, "linear", 0.8)?.[0]).toBeCloseTo(600 - 1.28155 * 374.166, 1);
  });

  test("the variance of a mean is that of its amounts: Σ(x − x̄)² ÷ n²", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 40 }), (amounts) => {
        const n = amounts.length;
        const sum = amounts.reduce((all, each) => all + each, 0);
        const mean = sum / n;
        const known: Readonly<Record<string, number>> = {
          "sum sum": amounts.reduce((all, each) => all + each * each, 0),
          "n n": n,
        };
        const found = deltaVariance({ sum: 1 / n, n: -sum / (n * n) }, (a, b) => known[`${a} ${b}`] ?? sum);
        const wanted = amounts.reduce((all, each) => all + (each - mean) ** 2, 0) / (n * n);
        expect(Math.abs(found - wanted)).toBeLessThan(1e-6 * (1 + mean * mean));
      }),
      { seed: 3 },
    );
  });

  test("without variance, or without a value on the logarithm, there is none", () => {
    expect(delta(10, 0, "linear", 0.8)).toBeNull();
    expect(delta(0, 4, "log", 0.8)).toBeNull();
    expect(delta(-3, 4, "linear", 0.8)).not.toBeNull();
  });
});

describe("of a share of amounts", () => {
  test("with equal amounts that are kept or lost it is Wilson's", () => {
    const sums = (kept: number, n: number) => ({
      part: 50 * kept,
      whole: 50 * n,
      partSquared: 2500 * kept,
      product: 2500 * kept,
      wholeSquared: 2500 * n,
    });
    for (const [kept, n] of [
      [80, 100],
      [0, 5],
      [5, 5],
    ] as const) {
      const [low, high] = weightedShare(sums(kept, n), 0.8) ?? [];
      const [lower, upper] = wilson(kept, n, 0.8) ?? [];
      expect(low).toBeCloseTo(lower ?? Number.NaN, 12);
      expect(high).toBeCloseTo(upper ?? Number.NaN, 12);
    }
  });

  test("one large amount among small ones makes it wider", () => {
    const width = (sums: Parameters<typeof weightedShare>[0]) => {
      const [low = 0, high = 0] = weightedShare(sums, 0.8) ?? [];
      return high - low;
    };
    // Ten of 10, eight kept; and one of 91 with nine of 1, of which 80 are kept.
    const even = { part: 80, whole: 100, partSquared: 800, product: 800, wholeSquared: 1000 };
    const uneven = { part: 91, whole: 100, partSquared: 8281, product: 8281, wholeSquared: 8290 };
    expect(width(uneven)).toBeGreaterThan(width(even));
  });

  test("more than the whole, or no whole, has none", () => {
    expect(weightedShare({ part: 12, whole: 10, partSquared: 1, product: 1, wholeSquared: 1 }, 0.8)).toBeNull();
    expect(weightedShare({ part: 0, whole: 0, partSquared: 0, product: 0, wholeSquared: 0 }, 0.8)).toBeNull();
  });
});

describe("of a median", () => {
  test("pairs hold it as often as the binomial distribution says", () => {
    // n = 10: 1 − 2 × (1 + 10 + 45) ÷ 1024 = 0.890625 between the third and the eighth.
    expect(coverageOf(3, 10)).toBeCloseTo(0.890625, 12);
    expect(coverageOf(4, 10)).toBeCloseTo(0.65625, 12);
  });

  test("by hand: 1 to 10 at 80 %", () => {
    // Part (0.890625 − 0.8) ÷ (0.890625 − 0.65625) = 0.38667; moved 7 × 0.38667 ÷ (3 + 4 × 0.38667) = 0.59531.
    const values = Array.from({ length: 10 }, (_, i): [number, number] => [i + 1, 1]);
    const [low, high] = medianInterval(values, 0.8) ?? [];
    expect(low).toBeCloseTo(3.59531, 4);
    expect(high).toBeCloseTo(7.40469, 4);
  });

  test("three values are too few for 80 %, four are enough; equal values make a point", () => {
    const values = (n: number) => Array.from({ length: n }, (_, i): [number, number] => [i, 1]);
    expect(medianInterval(values(3), 0.8)).toBeNull();
    expect(medianInterval(values(4), 0.8)).not.toBeNull();
    expect(medianInterval([], 0.8)).toBeNull();
    expect(medianInterval([[7, 12]], 0.8)).toEqual([7, 7]);
  });

  test("holds the middle values, is wider at a higher level, and does not care for order", () => {
    const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 9 })), {
      minLength: 4,
      maxLength: 30,
    });
    fc.assert(
      fc.property(values, (found) => {
        const [low = 0, high = 0] = medianInterval(found, 0.8) ?? [];
        const [lower, higher] = medianInterval(found, 0.85) ?? [low, high];
        const all = found.flatMap(([value, times]) => Array<number>(times).fill(value)).toSorted((a, b) => a - b);
        expect(low).toBeLessThanOrEqual(all[Math.floor((all.length - 1) / 2)] ?? 0);
        expect(high).toBeGreaterThanOrEqual(all[Math.ceil((all.length - 1) / 2)] ?? 0);
        expect(lower).toBeLessThanOrEqual(low + 1e-9);
        expect(higher).toBeGreaterThanOrEqual(high - 1e-9);
        expect(medianInterval(found.toReversed(), 0.8)).toEqual(medianInterval(found, 0.8));
      }),
      { seed: 4 },
    );
  });
});
