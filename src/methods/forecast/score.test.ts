import { expect, test } from "vitest";
import { isWithin, scoreOf } from "./score.ts";

test("by hand: 100 came where 80, 90, 120 were told, and 300 where 310, 330, 350 were", () => {
  const outcomes = [
    { low: 80, mid: 90, high: 120, actual: 100 },
    { low: 310, mid: 330, high: 350, actual: 300 },
  ];
  expect(outcomes.map(isWithin)).toEqual([true, false]);
  // Errors of 10 and 30, of 200 on average; −10 and +30. Losses (2 + 5 + 2) ÷ 3 and (9 + 15 + 5) ÷ 3.
  const { within, error, bias, pinball } = scoreOf(outcomes);
  expect({ within, error, bias }).toEqual({ within: 1, error: 0.1, bias: 0.05 });
  expect(pinball).toBeCloseTo((3 + 29 / 3) / 2 / 200, 12);
});

test("of nothing that came there is no share", () => {
  expect(scoreOf([{ low: 0, mid: 1, high: 2, actual: 0 }])).toEqual({
    within: 1,
    error: null,
    bias: null,
    pinball: null,
  });
});

test("the pinball loss is least where the quantiles are those of what comes", () => {
  const came = Array.from({ length: 99 }, (_, i) => i + 1);
  const lossAt = (low: number, mid: number, high: number) =>
    scoreOf(came.map((actual) => ({ low, mid, high, actual }))).pinball ?? Number.NaN;
  const best = lossAt(10, 50, 90);
  expect(Math.min(lossAt(20, 50, 90), lossAt(10, 40, 90), lossAt(10, 60, 90), lossAt(10, 50, 99))).toBeGreaterThan(
    best,
  );
});
