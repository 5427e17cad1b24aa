import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draws } from "../../../test/random.ts";
import { onward } from "./damped-trend.ts";
import { exponentialSmoothing } from "./exponential-smoothing.ts";
import { forecasters } from "./index.ts";
import { naive } from "./naive.ts";
import { runRate } from "./run-rate.ts";
import { repeats, seasonalFactors, seasonally } from "./season.ts";
import { seasonalNaive } from "./seasonal-naive.ts";
import { smooth } from "./smoothing.ts";
import { theta } from "./theta.ts";

const close = (values: readonly number[], digits = 2) => values.map((value) => expect.closeTo(value, digits));

describe("each method, by hand", () => {
  test("naive: as it was last", () => {
    expect(naive.forecast([3, 5], 2)).toEqual([5, 5]);
  });

  test("seasonal naive: as it was a season ago, round and round", () => {
    expect(seasonalNaive.forecast([1, 2, 3, 4, 5, 6, 7, 8], 6, 4)).toEqual([5, 6, 7, 8, 5, 6]);
  });

  test("run-rate: the mean of the last three", () => {
    expect(runRate.forecast([90, 3, 4, 5], 2)).toEqual([4, 4]);
  });

  test("smoothing: of two values their mean, which leaves 1² + 1²", () => {
    expect(smooth([0, 2])).toEqual({
      level: expect.closeTo(1, 3),
      alpha: expect.closeTo(0, 3),
      squares: expect.closeTo(2, 3),
    });
  });

  test("smoothing: a step is followed at once where it is all there is to follow", () => {
    const { level, alpha, squares } = smooth([0, 0, 0, 0, 10, 10, 10, 10]);
    expect({ level, alpha }).toEqual({ level: expect.closeTo(10, 3), alpha: expect.closeTo(1, 3) });
    expect(squares).toBeCloseTo(100, 1);
  });

  test("a damped trend adds half of itself, then half of that", () => {
    expect(onward({ level: 10, trend: 4, kept: 0.5, squares: 0 }, 3)).toEqual([12, 13, 13.5]);
  });

  test("exponential smoothing: a constant goes on, and what grows grows on by less and less", () => {
    expect(exponentialSmoothing.forecast([7, 7, 7, 7, 7, 7, 7, 7], 2, 12)).toEqual(close([7, 7]));
    const line = Array.from({ length: 20 }, (_, i) => 100 + 10 * i);
    const [one = 0, two = 0, three = 0] = exponentialSmoothing.forecast(line, 3, 12);
    expect(one).toBeGreaterThan(297);
    expect(two - one).toBeLessThan(10);
    expect(three - two).toBeLessThan(two - one);
    expect(three).toBeGreaterThan(two);
  });

  test("theta: a straight line goes on with half of its slope", () => {
    const line = Array.from({ length: 12 }, (_, i) => 100 + 10 * i);
    expect(theta.forecast(line, 3, 12)).toEqual(close([215, 220, 225]));
  });
});

describe("the season", () => {
  const year = Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? 1 : 3));

  test("is found where every second value is thrice the one before it, and is half and one and a half of the mean", () => {
    expect(repeats(year, 2)).toBe(true);
    expect(seasonalFactors(year, 2)).toEqual(close([0.5, 1.5], 12));
  });

  test("is taken off and put back on", () => {
    expect(seasonally(year, 2, (plain) => plain.slice(0, 3))).toEqual(close([1, 3, 1], 12));
  });

  test("is none of a constant, of too short a series, nor of one that reaches zero", () => {
    expect(repeats([5, 5, 5, 5, 5, 5], 2)).toBe(false);
    expect(repeats([1, 3, 1, 3], 2)).toBe(false);
    expect(seasonalFactors([0, 3, 0, 3, 0, 3], 2)).toBeUndefined();
  });

  test("of noise is hardly ever found: at most one time in ten", () => {
    const { normal } = draws(7);
    const found = Array.from({ length: 500 }, () =>
      repeats(
        Array.from({ length: 48 }, () => 100 + normal()),
        12,
      ),
    );
    expect(found.filter(Boolean).length / 500).toBeLessThan(0.12);
  });
});

test("every method gives as many numbers as are wanted, and scales with its series", () => {
  const series = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 14, maxLength: 40 });
  fc.assert(
    fc.property(
      series,
      fc.constantFrom(...forecasters),
      fc.integer({ min: 1, max: 18 }),
      (values, { forecast }, steps) => {
        const told = forecast(values, steps, 12);
        expect(told).toHaveLength(steps);
        expect(told.every(Number.isFinite)).toBe(true);
        const tenfold = forecast(
          values.map((value) => 10 * value),
          steps,
          12,
        );
        for (const [i, value] of tenfold.entries()) expect(value / 10).toBeCloseTo(told[i] ?? Number.NaN, 3);
      },
    ),
    { seed: 3, numRuns: 150 },
  );
});
