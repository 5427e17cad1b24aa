import { describe, expect, test } from "vitest";
import { coverage, draws } from "../../../test/random.ts";
import { ratioOfProportions, ratioOfProportionsInterval } from "./ratio-of-proportions.ts";

const share = (successes: number, of: number) => ({ successes, of });

test("20 of 50 against 30 of 150 is twice as often, between 1.54 and 2.57 at 80 %", () => {
  expect(ratioOfProportions(share(20, 50), share(30, 150))).toBe(2);
  // ln((20.5 ÷ 50.5) ÷ (30.5 ÷ 150.5)) = 0.6950; √(1/20.5 − 1/50.5 + 1/30.5 − 1/150.5) = 0.2353; 1.2816 × 0.2353 = 0.3016.
  const [low, high] = ratioOfProportionsInterval(share(20, 50), share(30, 150), 0.8) ?? [];
  expect([low?.toFixed(2), high?.toFixed(2)]).toEqual(["1.48", "2.71"]);
});

test("nobody on one side leaves that end open, no members leave nothing", () => {
  expect(ratioOfProportions(share(3, 10), share(0, 10))).toBeNull();
  expect(ratioOfProportionsInterval(share(3, 10), share(0, 10), 0.8)?.[1]).toBeNull();
  expect(ratioOfProportions(share(0, 10), share(3, 10))).toBe(0);
  expect(ratioOfProportionsInterval(share(0, 10), share(3, 10), 0.8)?.[0]).toBe(0);
  expect(ratioOfProportionsInterval(share(0, 0), share(3, 10), 0.8)).toBeNull();
  expect(ratioOfProportionsInterval(share(5, 5), share(5, 5), 0.8)?.[0]).toBeLessThan(1);
});

describe.each([0.8, 0.95])("at %d", (level) => {
  test.each([
    [0.3, 60, 0.15, 300],
    [0.1, 100, 0.1, 1000],
    [0.6, 40, 0.2, 60],
    [0.02, 500, 0.01, 5000],
  ])("it holds the true ratio that often: %d of %d against %d of %d", (p, n, q, m) => {
    const { uniform } = draws(n * 31 + m);
    const drawn = (chance: number, of: number) => {
      let successes = 0;
      for (let i = 0; i < of; i++) if (uniform() < chance) successes += 1;
      return { successes, of };
    };
    const held = coverage(1500, p / q, () => {
      const found = ratioOfProportionsInterval(drawn(p, n), drawn(q, m), level);
      return found === null ? null : [found[0], found[1] ?? Infinity];
    });
    expect(Math.abs(held - level)).toBeLessThan(0.05);
  });
});
