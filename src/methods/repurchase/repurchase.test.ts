import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectedPurchases, probabilityAlive } from "./expectations.ts";
import { fitBgNbd } from "./fit.ts";
import { logLikelihood, type BgNbd, type Buyers } from "./likelihood.ts";
import { nelderMead } from "./nelder-mead.ts";

const shop: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

/** Draws that follow from a seed, evenly between 0 and 1. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 4_294_967_296;
  };
}

/** A draw from gamma(shape, 1) by Marsaglia and Tsang. */
function gamma(shape: number, next: () => number): number {
  if (shape < 1) return gamma(shape + 1, next) * next() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(next()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

interface Lived {
  readonly seen: Buyers;
  /** Purchases within the weeks after the end of observation. */
  readonly later: number;
}

/** Customers who behave as the model says, each seen for so many weeks and followed for as many more. */
function lives({ r, alpha, a, b }: BgNbd, customers: number, age: number, next: () => number): Lived[] {
  return Array.from({ length: customers }, () => {
    const rate = gamma(r, next) / alpha;
    const [x, y] = [gamma(a, next), gamma(b, next)];
    const leaves = x / (x + y);
    const days: number[] = [];
    for (let at = -Math.log(next()) / rate; at < 2 * age; at += -Math.log(next()) / rate) {
      days.push(at);
      if (next() < leaves) break;
    }
    const before = days.filter((day) => day < age);
    return {
      seen: { repeats: before.length, recency: before.at(-1) ?? 0, age, count: 1 },
      later: days.length - before.length,
    };
  });
}

describe("the page's example", () => {
  test("who came back twice, last after 30.43 of 38.86 weeks, is there with 72.7 %", () => {
    expect(probabilityAlive(shop, { repeats: 2, recency: 30.43, age: 38.86 })).toBeCloseTo(0.727, 3);
  });

  test("who bought once has not left, by the model, and is likely as the formula says", () => {
    const seen = { repeats: 0, recency: 0, age: 10 };
    expect(probabilityAlive(shop, seen)).toBe(1);
    expect(logLikelihood(shop, [{ ...seen, count: 3 }])).toBeCloseTo(3 * 0.243 * Math.log(4.414 / 14.414), 12);
  });

  test("one repeat at 3 of 10 weeks: both ways in which it may have come about", () => {
    const { r, alpha, a, b } = shop;
    const rate = r * alpha ** r;
    const stayed = (b / (a + b)) * (rate / (alpha + 10) ** (r + 1));
    const left = (a / (a + b)) * (rate / (alpha + 3) ** (r + 1));
    const buyers = [{ repeats: 1, recency: 3, age: 10, count: 1 }];
    expect(logLikelihood(shop, buyers)).toBeCloseTo(Math.log(stayed + left), 12);
    expect(probabilityAlive(shop, { repeats: 1, recency: 3, age: 10 })).toBeCloseTo(stayed / (stayed + left), 12);
  });
});

test("longer silence makes it less likely to be there, and nothing is expected of no time", () => {
  const seen = fc.record({
    repeats: fc.integer({ min: 1, max: 60 }),
    recency: fc.double({ min: 0.1, max: 100, noNaN: true }),
    silence: fc.double({ min: 0, max: 100, noNaN: true }),
  });
  const parameter = fc.double({ min: 0.05, max: 5, noNaN: true });
  const models = fc.record({ r: parameter, alpha: parameter, a: parameter, b: parameter });
  fc.assert(
    fc.property(models, seen, (model, { repeats, recency, silence }) => {
      const at = (age: number) => ({ repeats, recency, age });
      const [sooner, later] = [at(recency + silence), at(recency + silence + 1)].map((each) =>
        probabilityAlive(model, each),
      ) as [number, number];
      expect(later).toBeLessThanOrEqual(sooner + 1e-12);
      expect(sooner).toBeGreaterThanOrEqual(0);
      expect(sooner).toBeLessThanOrEqual(1);
      expect(expectedPurchases(model, at(recency + silence), 0)).toBeCloseTo(0, 9);
      const soon = expectedPurchases(model, at(recency + silence), 5);
      expect(soon).toBeGreaterThanOrEqual(-1e-9);
      expect(expectedPurchases(model, at(recency + silence), 10)).toBeGreaterThanOrEqual(soon - 1e-9);
    }),
    { seed: 3, numRuns: 300 },
  );
});

test("customers who behave as the model says give it back, and buy as often afterwards as it expects", () => {
  const truth: BgNbd = { r: 0.8, alpha: 6, a: 0.9, b: 2.5 };
  const all = lives(truth, 20_000, 40, dice(7));
  const buyers = all.map(({ seen }) => seen);
  const found = fitBgNbd(buyers);
  if (found === undefined) throw new Error("nothing was found");
  expect(found.logLikelihood).toBeGreaterThanOrEqual(logLikelihood(truth, buyers));
  expect(Math.abs(found.r / truth.r - 1)).toBeLessThan(0.06);
  expect(Math.abs(found.alpha / truth.alpha - 1)).toBeLessThan(0.08);
  expect(Math.abs(found.a / (found.a + found.b) - truth.a / (truth.a + truth.b))).toBeLessThan(0.01);
  const expected = buyers.reduce((sum, each) => sum + expectedPurchases(found, each, 40), 0);
  const bought = all.reduce((sum, { later }) => sum + later, 0);
  expect(Math.abs(expected / bought - 1)).toBeLessThan(0.03);
});

test("purchases that tell no model give none", () => {
  expect(fitBgNbd([])).toBeUndefined();
  expect(fitBgNbd([{ repeats: 0, recency: 0, age: 10, count: 50 }])).toBeUndefined();
});

test("the simplex finds the bottom of Rosenbrock's valley", () => {
  const { at } = nelderMead(([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1]);
  expect(at[0]).toBeCloseTo(1, 4);
  expect(at[1]).toBeCloseTo(1, 4);
});
