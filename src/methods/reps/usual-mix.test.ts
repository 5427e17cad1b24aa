import * as fc from "fast-check";
import { expect, test } from "vitest";
import { gatheredLevels, usualRates, type MixCell } from "./usual-mix.ts";

const cell = (levels: string[], weight: number, successes: number): MixCell => ({ levels, weight, successes });

test("one factor: each level at its own rate", () => {
  const rate = usualRates([cell(["web"], 40, 20), cell(["fair"], 60, 15)]);
  expect(rate(["web"])).toBeCloseTo(0.5, 12);
  expect(rate(["fair"])).toBeCloseTo(0.25, 12);
});

test("two factors whose effects multiply are found: web twice as good as fair, small 1.5 times as good as large", () => {
  // 0.2 for fair and large; 0.3, 0.4, 0.6 for the others; unequal numbers, so that neither margin alone tells.
  const cells = [
    cell(["fair", "large"], 100, 20),
    cell(["fair", "small"], 30, 9),
    cell(["web", "large"], 10, 4),
    cell(["web", "small"], 200, 120),
  ];
  const rate = usualRates(cells);
  for (const { levels, weight, successes } of cells) expect(rate(levels)).toBeCloseTo(successes / weight, 9);
});

test("where nothing was won, nothing is expected, and without cases neither", () => {
  const rate = usualRates([cell(["web"], 40, 20), cell(["fair"], 60, 0)]);
  expect(rate(["fair"])).toBe(0);
  expect(rate(["web"])).toBeCloseTo(0.5, 12);
  expect(usualRates([])([])).toBe(0);
});

test("as many are expected of every level of every factor as there were", () => {
  const drawn = fc.record({
    levels: fc.tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("x", "y")),
    weight: fc.integer({ min: 1, max: 60 }),
    share: fc.double({ min: 0.05, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(drawn, { minLength: 1, maxLength: 20 }), (all) => {
      const cells = all.map(({ levels, weight, share }) => cell([...levels], weight, weight * share));
      const rate = usualRates(cells);
      for (const factor of [0, 1])
        for (const level of ["a", "b", "c", "x", "y"]) {
          const own = cells.filter(({ levels }) => levels[factor] === level);
          const [seen, expected] = [
            own.reduce((sum, { successes }) => sum + successes, 0),
            own.reduce((sum, each) => sum + each.weight * rate(each.levels), 0),
          ];
          expect(Math.abs(expected - seen)).toBeLessThan(1e-4 * (1 + seen));
        }
    }),
  );
});

test("levels of fewer than thirty cases are told as one", () => {
  const cells = [cell(["web"], 100, 40), cell(["fair"], 29, 5), cell(["fax"], 2, 2)];
  expect(gatheredLevels(cells).map(({ levels }) => levels[0])).toEqual(["web", "(others)", "(others)"]);
});
