import { describe, expect, test } from "vitest";
import { coverage, draws } from "../../../test/random.ts";
import { backTest, meanAbsoluteError, sumsOf, type Trial } from "./back-test.ts";
import { bandOf, bandsOf, errorsNeeded } from "./band.ts";
import { foretell } from "./choose.ts";
import type { Forecaster } from "./forecaster.ts";
import { naive } from "./naive.ts";
import { seasonalNaive } from "./seasonal-naive.ts";

describe("the back-test", () => {
  test("from each origin on, by hand: naive misses 1, 2, 4, … by what was added since", () => {
    const [tried] = backTest([1, 2, 4, 8, 16, 32, 64], [naive], 2, 12);
    expect(tried?.trials.map(({ errors }) => errors)).toEqual([[1, 3], [2, 6], [4, 12], [8, 24], [16, 48], [32]]);
    expect(tried && meanAbsoluteError(tried)).toBeCloseTo((63 + 93) / 11, 12);
    expect(tried && sumsOf(tried, 2)).toEqual([4, 8, 16, 32, 64]);
  });

  test("no method sees what comes after its origin, nor is asked for what cannot be checked", () => {
    const seen: [number, number][] = [];
    const witness: Forecaster = {
      id: "witness",
      needs: () => 1,
      forecast: (values, steps) => {
        seen.push([Math.max(...values), steps]);
        return values.slice(0, steps);
      },
    };
    backTest([1, 2, 3, 4, 5, 6, 7, 8], [witness], 3, 12);
    expect(seen).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
      [4, 3],
      [5, 3],
      [6, 2],
      [7, 1],
    ]);
  });

  test("all methods are tried from the same origins, and one that needs too much is not tried", () => {
    const values = Array.from({ length: 20 }, (_, i) => i);
    const counts = (season: number) =>
      backTest(values, [naive, seasonalNaive], 3, season).map(({ id, trials }) => [id, trials.length]);
    expect(counts(12)).toEqual([
      ["naive", 8],
      ["seasonal-naive", 8],
    ]);
    expect(counts(15)).toEqual([["naive", 19]]);
  });
});

const triedWith = (errors: readonly number[]): Trial[] => errors.map((error) => ({ errors: [error] }));

describe("the band of past errors", () => {
  const errors = (most: number) => Array.from({ length: 2 * most + 1 }, (_, i) => i - most);

  test("of 9 errors −4 … 4 the outermost, of 19 errors −9 … 9 the second from either end", () => {
    expect(bandOf(errors(4), 0.8)).toEqual([-4, 4]);
    expect(bandOf(errors(9), 0.8)).toEqual([-8, 8]);
  });

  test("fewer than 9 say nothing at 80 %, fewer than 39 at 95 %", () => {
    expect([errorsNeeded(0.8), errorsNeeded(0.95)]).toEqual([9, 39]);
    expect(bandOf(errors(4).slice(1), 0.8)).toBeUndefined();
    expect(bandsOf({ id: "one", trials: triedWith(errors(3)) }, 2, 0.8)).toBeUndefined();
  });

  test("holds the forecast itself, and never narrows as it looks further ahead", () => {
    expect(bandOf([2, 2, 2, 2, 3, 3, 3, 3, 4], 0.8)).toEqual([0, 4]);
    const trials = Array.from({ length: 12 }, (_, i) => ({ errors: [i - 6, (i - 6) / 10, (i - 6) / 10] }));
    const bands = bandsOf({ id: "one", trials }, 3, 0.8) ?? [];
    expect(bands).toHaveLength(3);
    expect(bands[2]).toEqual(bands[0]);
  });

  test("of independent errors holds the next one as often as it says", () => {
    const { normal } = draws(11);
    const held = coverage(4000, 0, () => {
      const band = bandOf(
        Array.from({ length: 24 }, () => normal()),
        0.8,
      );
      const next = normal();
      return band === undefined ? null : [band[0] - next, band[1] - next];
    });
    expect(held).toBeGreaterThan(0.78);
    expect(held).toBeLessThan(0.82);
  });
});

describe("the choice", () => {
  const how = { season: 12, level: 0.8 };

  test("falls on seasonal naive where each year repeats the last, however wild it is", () => {
    const { uniform } = draws(5);
    const year = Array.from({ length: 12 }, () => Math.round(100 * uniform()));
    const found = foretell([...year, ...year, ...year], 12, how);
    expect(found?.method).toBe("seasonal-naive");
    expect(found?.values).toEqual(year);
    expect(found?.past[0]?.error).toBe(0);
  });

  test("falls on the last value where nothing ever changes: of equals the plainest", () => {
    expect(
      foretell(
        Array.from({ length: 30 }, () => 8),
        2,
        how,
      )?.method,
    ).toBe("naive");
  });

  test("is none before the naive method itself was tried six times", () => {
    expect(foretell([1, 2, 3, 4, 5, 6], 3, how)).toBeUndefined();
    expect(foretell([1, 2, 3, 4, 5, 6, 7], 3, how)).toBeDefined();
  });
});
