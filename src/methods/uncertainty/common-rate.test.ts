import * as fc from "fast-check";
import { expect, test } from "vitest";
import { commonRate } from "./common-rate.ts";

test("10 and 30 in 10 weeks each: λ = 2, τ² = (20 − 2) ÷ 10, a rate of 1.11 weeks", () => {
  // S = 10 (1 − 2)² + 10 (3 − 2)² = 20; E − Σe²÷E = 20 − 200 ÷ 20 = 10; τ² = 1.8.
  const prior = commonRate([
    { events: 10, exposure: 10 },
    { events: 30, exposure: 10 },
  ]);
  expect(prior?.rate).toBeCloseTo(2 / 1.8, 12);
  expect(prior?.shape).toBeCloseTo(4 / 1.8, 12);
});

test("groups that differ no more than chance has them are all held at what they have in common", () => {
  expect(
    commonRate([
      { events: 19, exposure: 10 },
      { events: 21, exposure: 10 },
      { events: 0, exposure: 0 },
    ]),
  ).toEqual({ shape: 40, rate: 20 });
});

test("nothing at all says nothing", () => {
  expect(commonRate([{ events: 0, exposure: 5 }])).toBeUndefined();
  expect(commonRate([])).toBeUndefined();
});

test("the mean is the rate of all together, and no prior weighs more than all exposure", () => {
  const group = fc.record({ events: fc.nat(200), exposure: fc.double({ min: 0.1, max: 60, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(group, { minLength: 2 }), (groups) => {
      const prior = commonRate(groups);
      const [events, exposure] = [
        groups.reduce((sum, each) => sum + each.events, 0),
        groups.reduce((sum, each) => sum + each.exposure, 0),
      ];
      if (prior === undefined) return expect(events).toBe(0);
      expect(prior.shape / prior.rate / (events / exposure)).toBeCloseTo(1, 9);
      expect(prior.rate).toBeLessThanOrEqual(exposure * (1 + 1e-12));
    }),
  );
});
