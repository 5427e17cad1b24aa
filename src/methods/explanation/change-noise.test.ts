import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeNoise } from "./change-noise.ts";
import { sameCount, sameShare } from "./exact-tests.ts";

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
const upTo = (n: number) => Array.from({ length: n + 1 }, (_, i) => i);
const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);

/** All weight on what is no likelier than the observed outcome, by listing every outcome. */
function listed(observed: number, probabilities: readonly number[]): number {
  const own = probabilities[observed] ?? Number.NaN;
  return sum(probabilities.filter((each) => each <= own * (1 + 1e-9))) / sum(probabilities);
}

describe("exact tests", () => {
  test("Fisher's lady: 3 of 4 and 1 of 4 cups are no more than chance, p = 34 ÷ 70", () => {
    expect(sameShare([3, 4], [1, 4])).toBeCloseTo(34 / 70, 12);
    expect(sameShare([4, 4], [0, 4])).toBeCloseTo(2 / 70, 12);
  });

  test("nothing against everything, once each, says nothing", () => {
    expect(sameShare([0, 1], [1, 1])).toBeCloseTo(1, 12);
    expect(sameCount(0, 1)).toBeCloseTo(1, 12);
  });

  test("5 and 15 by hand: 2 × P(at most 5 of 20 heads)", () => {
    const tail = sum(upTo(5).map((k) => choose(20, k))) / 2 ** 20;
    expect(sameCount(5, 15)).toBeCloseTo(2 * tail, 12);
  });

  test("are what listing every outcome gives", () => {
    const size = fc.nat({ max: 25 });
    fc.assert(
      fc.property(size, size, size, size, (n1, n2, a, b) => {
        const [k1, k2] = [Math.min(a, n1), Math.min(b, n2)];
        const tables = upTo(n1).map((k) =>
          k1 + k2 - k < 0 || k1 + k2 - k > n2 ? 0 : choose(n1, k) * choose(n2, k1 + k2 - k),
        );
        expect(sameShare([k1, n1], [k2, n2])).toBeCloseTo(listed(k1, tables), 9);
        expect(sameShare([k2, n2], [k1, n1])).toBeCloseTo(sameShare([k1, n1], [k2, n2]), 9);
        expect(sameCount(n1, n2)).toBeCloseTo(
          listed(
            n1,
            upTo(n1 + n2).map((k) => choose(n1 + n2, k)),
          ),
          9,
        );
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  test("do not break on large numbers", () => {
    expect(sameCount(500_000, 510_000)).toBeLessThan(1e-9);
    expect(sameCount(1, 2_000_000)).toBe(0);
    expect(sameShare([30_000, 100_000], [30_100, 100_000])).toBeGreaterThan(0.5);
  });
});

describe("the noise of a change", () => {
  const estimate = (value: number, low: number, high: number) =>
    ({ kind: "estimate", value, interval: [low, high] }) as const;

  test("of estimates is judged by the ends that face each other", () => {
    const noise = changeNoise(estimate(10, 9, 13), estimate(15, 11, 30), 0.8) ?? Number.NaN;
    expect(noise).toBeCloseTo(0.2, 9);
    expect(changeNoise(estimate(15, 11, 30), estimate(10, 9, 13), 0.8)).toBeCloseTo(noise, 12);
  });

  test("is not known without intervals", () => {
    expect(changeNoise({ kind: "estimate", value: 1, interval: null }, estimate(2, 1, 3), 0.8)).toBeNull();
    expect(changeNoise({ kind: "count", value: 1 }, estimate(2, 1, 3), 0.8)).toBeNull();
  });
});
