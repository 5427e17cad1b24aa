import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalCdf, normalQuantile } from "./normal-quantile.ts";
import { wilson } from "./wilson.ts";

describe("Wilson's interval", () => {
  test.each([
    // Newcombe (1998), Statistics in Medicine 17, table I, method 3: the score interval at 95 %, four digits.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %i in %i at 95 %% is the published one", (successes, n, lower, upper) => {
    const [low, high] = wilson(successes, n, 0.95) ?? [];
    expect(low).toBeCloseTo(lower, 4);
    expect(high).toBeCloseTo(upper, 4);
  });

  test("solves |p̂ − p| = z √(p(1−p)/n) at both ends", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.nat({ max: 500 }),
        fc.constantFrom(0.5, 0.8, 0.95, 0.99),
        (n, k, level) => {
          const share = Math.min(k, n) / n;
          const z = normalQuantile((1 + level) / 2);
          for (const end of wilson(Math.min(k, n), n, level) ?? [])
            expect(Math.abs(share - end)).toBeCloseTo(z * Math.sqrt((end * (1 - end)) / n), 7);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  test("holds the share itself, stays within 0 and 1, and narrows with n", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, part) => {
        const k = Math.round(n * part);
        const [low, high] = wilson(k, n, 0.8) ?? [Number.NaN, Number.NaN];
        const [lower, higher] = wilson(4 * k, 4 * n, 0.8) ?? [Number.NaN, Number.NaN];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(k / n);
        expect(high).toBeGreaterThanOrEqual(k / n);
        expect(higher - lower).toBeLessThan(high - low);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test("of nothing is nothing", () => {
    expect(wilson(0, 0, 0.8)).toBeNull();
  });
});

describe("the normal quantile", () => {
  test.each([
    [0.9, 1.2815515655446004],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489004],
    [0.9995, 3.2905267314919255],
    [0.01, -2.3263478740408408],
    [1e-5, -4.2648907939228256],
    [0.5, 0],
  ])("of %d is %d", (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 12);
  });

  test("is turned back by the distribution", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
        expect(Math.abs(normalCdf(normalQuantile(p)) - p)).toBeLessThan(1e-13);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test.each([0, 1, -0.1, 1.1, Number.NaN])("of %d is refused", (p) => {
    expect(() => normalQuantile(p)).toThrow(RangeError);
  });
});
