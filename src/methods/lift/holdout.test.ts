import { describe, expect, test } from "vitest";
import { coverage, draws } from "../../../test/random.ts";
import { holdoutLift } from "./holdout.ts";
import { studentQuantile } from "./student-quantile.ts";

test("Student's quantiles are those of the tables", () => {
  expect(studentQuantile(0.9, 1)).toBeCloseTo(3.0777, 4);
  expect(studentQuantile(0.9, 2)).toBeCloseTo(1.8856, 4);
  expect(studentQuantile(0.975, 10)).toBeCloseTo(2.2281, 4);
  expect(studentQuantile(0.025, 10)).toBeCloseTo(-2.2281, 4);
  expect(studentQuantile(0.5, 3)).toBe(0);
});

test("by hand: twice the control before, 30 a week more in the test", () => {
  const before = [
    { treated: 210, control: 100 },
    { treated: 190, control: 100 },
  ];
  const after = [
    { treated: 250, control: 110 },
    { treated: 270, control: 120 },
  ];
  // k = 2; d = 30 and 30; s² = (10² + 10² + 0 + 0) ÷ 2 = 100; q = 1.15; SE = 10 √(1/2 + 1.3225/2) = 10.776; t = 1.8856.
  const lift = holdoutLift(before, after, 0.8);
  expect(lift).toMatchObject({ observed: 520, expected: 460, incremental: 60 });
  const error = 1.8856 * 10 * Math.sqrt(0.5 + 1.3225 / 2);
  expect(lift?.interval[0]).toBeCloseTo(2 * (30 - error), 2);
  expect(lift?.interval[1]).toBeCloseTo(2 * (30 + error), 2);
});

test("without a control, the weeks before are what would have been", () => {
  const weeks = (...counts: number[]) => counts.map((treated) => ({ treated, control: 1 }));
  expect(holdoutLift(weeks(90, 110, 100), weeks(120, 130), 0.8)).toMatchObject({ expected: 200, incremental: 50 });
});

test("one block on a side says nothing, nor a control of nothing", () => {
  const block = { treated: 5, control: 1 };
  expect(holdoutLift([block], [block, block], 0.8)).toBeUndefined();
  expect(holdoutLift([block, block], [block], 0.8)).toBeUndefined();
  expect(
    holdoutLift(
      [
        { ...block, control: 0 },
        { ...block, control: 0 },
      ],
      [block, block],
      0.8,
    ),
  ).toBeUndefined();
});

describe.each([0.8, 0.95])("at %d", (level) => {
  test.each([
    [4, 4],
    [8, 4],
    [26, 8],
  ])("the interval holds the true lift that often, of %d weeks before and %d in the test", (m, n) => {
    const { normal } = draws(m * 100 + n);
    const lift = 25;
    const held = coverage(4000, n * lift, () => {
      const week = (more: number) => {
        const control = 400 + 40 * normal();
        return { control, treated: 0.5 * control + more + 20 * normal() };
      };
      const before = Array.from({ length: m }, () => week(0));
      const found = holdoutLift(
        before,
        Array.from({ length: n }, () => week(lift)),
        level,
      );
      return found === undefined ? null : found.interval;
    });
    expect(Math.abs(level - held)).toBeLessThan(0.03);
  });
});
