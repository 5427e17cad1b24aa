import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { revenueChange, sumOfRevenueEffects, type Sold, type SoldSegment } from "./revenue-change.ts";

const sold = (count: number, stated: number, converted = stated): Sold => ({ count, stated, converted });
const effectsOf = (...segments: SoldSegment[]) => sumOfRevenueEffects(revenueChange(segments));
const none = sold(0, 0);

describe("by hand", () => {
  test("ten sales at 20 that become twelve at 30: volume 2 × 25, price 10 × 11", () => {
    const effects = effectsOf({ before: sold(10, 200), after: sold(12, 360) });
    expect(effects).toEqual({
      volume: expect.closeTo(50, 9),
      mix: expect.closeTo(0, 9),
      price: expect.closeTo(110, 9),
      currency: expect.closeTo(0, 9),
    });
  });

  test("ten sales of 10 USD each, at 0.80 and then at 0.90: 10 of currency", () => {
    expect(effectsOf({ before: sold(10, 100, 80), after: sold(10, 100, 90) })).toMatchObject({
      volume: 0,
      price: expect.closeTo(0, 9),
      currency: expect.closeTo(10, 9),
    });
  });

  test("five sales at 10 and five at 30 that become two and eight: 60 of mix", () => {
    const effects = effectsOf(
      { before: sold(5, 50), after: sold(2, 20) },
      { before: sold(5, 150), after: sold(8, 240) },
    );
    expect(effects).toMatchObject({ volume: 0, mix: expect.closeTo(60, 9), price: expect.closeTo(0, 9) });
  });

  test("what is new is mix, and what came back without a sale is price", () => {
    const old = { before: sold(4, 40), after: sold(2, 20) };
    expect(effectsOf(old, { before: none, after: sold(2, 60) })).toMatchObject({
      volume: 0,
      mix: expect.closeTo(40, 9),
    });
    expect(
      effectsOf({ before: sold(4, 40), after: sold(4, 40) }, { before: none, after: sold(0, -7) }).price,
    ).toBeCloseTo(-7, 9);
  });
});

test("the effects add up to the difference, whatever is sold, segment by segment", () => {
  const side = fc
    .tuple(
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: -500, max: 5000 }),
      fc.double({ min: 0.2, max: 3, noNaN: true }),
    )
    .map(([count, stated, rate]) => sold(count, stated, stated * rate));
  const segments = fc.array(fc.record({ before: side, after: side }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(segments, (all) => {
      for (const [i, { volume, mix, price, currency }] of revenueChange(all).entries()) {
        const { before = none, after = none } = all[i] ?? {};
        expect(volume + mix + price + currency).toBeCloseTo(after.converted - before.converted, 6);
      }
    }),
    { seed: 5, numRuns: 300 },
  );
});
