import * as fc from "fast-check";
import { expect, test } from "vitest";
import { foretold } from "./foretold.ts";
import { normalQuantile } from "./normal-quantile.ts";

const z = normalQuantile(0.9);

test("by hand: 40 % of 100, foretold to three points, is worth 0.24 ÷ (0.0024 + 0.0009) = 72.7 cases", () => {
  const { successes, n } = foretold(0.4, 100, [0.4 - 0.03 * z, 0.4 + 0.03 * z], 0.8);
  expect(n).toBeCloseTo(0.24 / 0.0033, 9);
  expect(successes / n).toBeCloseTo(0.4, 12);
});

test("what is sure to come is worth all of its cases, and the less sure it is the fewer", () => {
  const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
  const width = fc.double({ min: 0.001, max: 0.5, noNaN: true });
  fc.assert(
    fc.property(share, fc.integer({ min: 1, max: 5000 }), width, (p, n, w) => {
      expect(foretold(p, n, [p, p], 0.8).n).toBeCloseTo(n, 6);
      const [narrow, wide] = [w, 2 * w].map((each) => foretold(p, n, [p - each, p + each], 0.8).n);
      expect(narrow).toBeLessThan(n);
      expect(wide).toBeLessThan(narrow ?? 0);
    }),
    { seed: 7 },
  );
  expect(foretold(0, 20, [0, 0.1], 0.8)).toEqual({ successes: 0, n: 20 });
});
