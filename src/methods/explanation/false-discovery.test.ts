import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sameShare } from "./exact-tests.ts";
import { believed } from "./false-discovery.ts";

test("by hand: three of five are believed", () => {
  expect(believed([0.3, 0.01, 0.9, 0.1, 0.02], 0.2)).toEqual([false, true, false, true, true]);
  expect(believed([], 0.2)).toEqual([]);
  expect(believed([0.21], 0.2)).toEqual([false]);
});

test("one that fails its own limit is believed where a later one keeps its", () => {
  expect(believed([0.09, 0.095, 0.099], 0.1)).toEqual([true, true, true]);
});

/** As the ten lines say: try every k, from the largest. */
function plainly(noise: readonly number[], rate: number): boolean[] {
  for (let k = noise.length; k > 0; k -= 1) {
    const kth = noise.toSorted((a, b) => a - b)[k - 1] ?? 1;
    if (kth <= (k * rate) / noise.length) return noise.map((p) => p <= kth);
  }
  return noise.map(() => false);
}

test("is what trying every k gives", () => {
  const noise = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });
  fc.assert(
    fc.property(noise, (all) => {
      expect(believed(all, 0.2)).toEqual(plainly(all, 0.2));
    }),
    { seed: 10, numRuns: 300 },
  );
});

/** Numbers that follow from a seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const segments = 40;

/** How many of the segments that did not change, and of those that did, are believed to have changed. */
function simulated(random: () => number, changed: number): { wrong: number; right: number } {
  const wins = (n: number, rate: number) => Array.from({ length: n }, random).filter((each) => each < rate).length;
  const noise = Array.from({ length: segments }, (_, i) => {
    const [n0, n1] = [20 + Math.floor(random() * 100), 20 + Math.floor(random() * 100)];
    const rate = 0.2 + 0.3 * random();
    return sameShare([wins(n0, rate), n0], [wins(n1, i < changed ? rate + 0.4 : rate), n1]);
  });
  const found = believed(noise, 0.2);
  const right = found.slice(0, changed).filter(Boolean).length;
  return { right, wrong: found.filter(Boolean).length - right };
}

test("where nothing changed, at most a fifth of the lists name anyone", () => {
  const random = seeded(11);
  const lists = Array.from({ length: 400 }, () => simulated(random, 0));
  const named = lists.filter((each) => each.wrong > 0).length / lists.length;
  expect(named).toBeLessThanOrEqual(0.2);
});

test("where a quarter changed, at most a fifth of what is named is chance, and most of the quarter is named", () => {
  const random = seeded(12);
  const lists = Array.from({ length: 300 }, () => simulated(random, segments / 4));
  const shares = lists.map(({ wrong, right }) => wrong / Math.max(1, wrong + right));
  expect(shares.reduce((sum, each) => sum + each, 0) / shares.length).toBeLessThanOrEqual(0.2);
  const found = lists.reduce((sum, each) => sum + each.right, 0) / (lists.length * (segments / 4));
  expect(found).toBeGreaterThan(0.8);
});
