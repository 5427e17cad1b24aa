import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ceilingsOf, type Evidence } from "./view-through.ts";

test("by hand: two platforms claim 100 beyond their clicks, 60 are unexplained", () => {
  const social = { clicks: 100, seen: 20, claimed: 180 };
  const display = { clicks: 10, seen: 20, claimed: 5 };
  const search = { clicks: 300, seen: -40, claimed: 300 };
  expect(ceilingsOf([social, display, search], 60)).toEqual({ ceilings: [148, 22, 300], gap: 0 });
  expect(ceilingsOf([social, display, search], 150)).toEqual({ ceilings: [180, 30, 300], gap: 50 });
  expect(ceilingsOf([social, display, search], -5)).toEqual({ ceilings: [100, 10, 300], gap: 0 });
});

const amount = fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100);
const evidence = fc.array(
  fc.record<Evidence>({
    clicks: amount,
    seen: fc.oneof(
      amount,
      amount.map((each) => -each),
    ),
    claimed: fc.option(amount, { nil: null }),
  }),
  { maxLength: 12 },
);

test("a ceiling holds its floor, and all of them are at most the revenue there was", () => {
  fc.assert(
    fc.property(evidence, amount, (all, unexplained) => {
      const { ceilings, gap } = ceilingsOf(all, unexplained);
      const revenue = all.reduce((sum, { clicks }) => sum + clicks, unexplained);
      all.forEach(({ clicks }, i) => expect(ceilings[i]).toBeGreaterThanOrEqual(clicks));
      expect(gap).toBeGreaterThanOrEqual(0);
      const sum = ceilings.reduce((total, each) => total + each, 0);
      expect(sum).toBeLessThanOrEqual(revenue + 1e-6);
      expect(sum + gap).toBeCloseTo(revenue, 4);
    }),
  );
});

test("the order of the channels changes nothing", () => {
  fc.assert(
    fc.property(evidence, amount, (all, unexplained) => {
      const there = ceilingsOf(all, unexplained);
      const back = ceilingsOf(all.toReversed(), unexplained);
      expect(back.ceilings.toReversed()).toEqual(there.ceilings);
      expect(back.gap).toBe(there.gap);
    }),
  );
});
