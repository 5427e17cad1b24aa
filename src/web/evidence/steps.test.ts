import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Row } from "../../contract/answer.ts";
import type { Contribution, Why } from "../../contract/why.ts";
import { stepOf, whyRows } from "./steps.ts";

const contribution = (key: string, total: number, certain: boolean | null = true): Contribution => ({
  key,
  before: 1,
  after: 1 + total,
  n: [10, 10],
  volume: 0,
  rate: total,
  mix: 0,
  total,
  certain,
});

const whyOf = (contributions: Contribution[], remainder = 0): Why => {
  const total = contributions.reduce((sum, each) => sum + each.total, 0);
  const row = {} as Row;
  return {
    by: "channel",
    before: row,
    after: row,
    difference: total + remainder,
    volume: 0,
    rate: total,
    mix: 0,
    total,
    certain: null,
    remainder,
    contributions,
  };
};

test("the six largest stand alone, the others as one", () => {
  const rows = whyRows(
    whyOf(
      [1, -9, 2, 3, 4, 5, 6, 7].map((total) => contribution(`c${total}`, total)),
      0.5,
    ),
  );
  expect(rows.map(({ kind, key, count, total }) => [kind, key, count, total])).toEqual([
    ["segment", "c-9", 1, -9],
    ["segment", "c7", 1, 7],
    ["segment", "c6", 1, 6],
    ["segment", "c5", 1, 5],
    ["segment", "c4", 1, 4],
    ["segment", "c3", 1, 3],
    ["others", null, 2, 3],
    ["remainder", null, 0, 0.5],
  ]);
});

test("a seventh segment is shown rather than called another", () => {
  expect(whyRows(whyOf([1, 2, 3, 4, 5, 6, 7].map((total) => contribution(`c${total}`, total))))).toHaveLength(7);
});

test("rows sum to the difference, whatever they are", () => {
  const total = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(fc.array(total, { maxLength: 20 }), total, (totals, remainder) => {
      const why = whyOf(
        totals.map((each, index) => contribution(`c${index}`, each)),
        remainder,
      );
      expect(whyRows(why).reduce((sum, row) => sum + row.total, 0)).toBe(why.difference);
    }),
    { seed: 5 },
  );
});

test("several segments at once are neither good nor bad", () => {
  const rows = whyRows(whyOf([1, 2, 3, 4, 5, 6, 7, 8].map((total) => contribution(`c${total}`, total))));
  expect(rows.map((row) => stepOf(row, "higher").tone).at(-1)).toBe("noise");
});

test("less is good where less is better, and noise is neither", () => {
  const [good, noise] = [contribution("a", -2), contribution("b", -1, false)];
  expect(whyRows(whyOf([good, noise])).map((row) => stepOf(row, "lower").tone)).toEqual(["good", "noise"]);
});
