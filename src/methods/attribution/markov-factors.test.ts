import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { channelSets, stepsOf, type Path } from "./journeys.ts";
import { markov } from "./markov.ts";
import type { Order } from "./markov-chain.ts";
import { dividePath, markovDivision, type MarkovDivision } from "./markov-factors.ts";

const path = (channels: string, conversions: number, nulls = 0): Path => ({
  states: channels.split(" "),
  conversions,
  nulls,
});

const somePaths = fc.array(
  fc.record({
    states: fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1, maxLength: 5 }),
    conversions: fc.integer({ min: 0, max: 40 }),
    nulls: fc.integer({ min: 0, max: 40 }),
  }),
  { minLength: 1, maxLength: 12 },
);

const sum = (values: Iterable<number>) => [...values].reduce((all, each) => all + each, 0);

/** What each channel comes to when every conversion is divided, and how far from 1 the parts of one may be. */
function divided(division: MarkovDivision, paths: readonly Path[]): { totals: Map<string, number>; off: number } {
  const totals = new Map<string, number>();
  let off = 0;
  for (const { states, conversions } of paths.filter((each) => each.conversions > 0)) {
    const { own, beyond } = dividePath(division, states);
    off = Math.max(off, Math.abs(sum(own.values()) + sum(beyond.values()) - 1));
    for (const [channel, part] of [...own, ...beyond])
      totals.set(channel, (totals.get(channel) ?? 0) + part * conversions);
  }
  return { totals, off };
}

/** The channels that do not come to within 1e-6 of their totals, or to what may be nothing. */
const missed = (found: ReadonlyMap<string, number>, wanted: ReadonlyMap<string, number>, nothing = 1e-12) =>
  [...wanted].filter(([channel, total]) => !(Math.abs((found.get(channel) ?? 0) - total) <= 1e-6 * total + nothing));

describe("a conversion divided under Markov", () => {
  /*
   * search alone: 1 conversion; search → email: 2. Markov gives search 21/13, email 18/13. Of the two, search must have
   * 21/13 − 1 = 8/13 together, 4/13 each: factors in the proportion 4 : 9.
   */
  test("where the paths allow the totals: by factors alone, by hand", () => {
    const paths = [path("search email", 2), path("search", 1, 1), path("email", 0, 1)];
    const division = markovDivision(channelSets(paths), markov(stepsOf(paths), 1).totals);
    expect([...division.keeps.values()]).toEqual([1, 1]);
    expect(division.beyond.size).toBe(0);
    expect((division.factor.get("search") ?? 0) / (division.factor.get("email") ?? 0)).toBeCloseTo(4 / 9, 9);
    expect(dividePath(division, ["search", "email", "search"]).own.get("email")).toBeCloseTo(9 / 13, 9);
    expect(dividePath(division, ["search"])).toEqual({ own: new Map([["search", 1]]), beyond: new Map() });
  });

  /*
   * search: 4 converted; email → search: 4 did not. From the start half to each, from email to search, from search half to
   * conversion: P = 1/2, without email 1/4. Effects 1 and 1/2: search 8/3, email 4/3, though no conversion met email.
   */
  test("where they do not: what search has too much goes to email, beyond the path, by hand", () => {
    const paths = [path("search", 4), path("email search", 0, 4)];
    const division = markovDivision(channelSets(paths), markov(stepsOf(paths), 1).totals);
    const { own, beyond } = dividePath(division, ["search"]);
    expect([[...own.keys()], [...beyond.keys()]]).toEqual([["search"], ["email"]]);
    expect(own.get("search")).toBeCloseTo(2 / 3, 12);
    expect(beyond.get("email")).toBeCloseTo(1 / 3, 12);
  });

  test("channels that together have too much keep their proportion to each other", () => {
    const paths = [path("a b", 10), path("a c", 1)];
    const wanted = new Map(Object.entries({ a: 7, b: 2, c: 2 }));
    const division = markovDivision(channelSets(paths), wanted);
    expect(division.keeps.get("a")).toBeCloseTo(0.9, 6);
    expect(division.keeps.get("b")).toBeCloseTo(0.9, 6);
    expect([...division.beyond]).toEqual([["c", 1]]);
    expect(missed(divided(division, paths).totals, wanted)).toEqual([]);
  });

  test("every conversion sums to 1 and every channel to its Markov total, of any order", () => {
    fc.assert(
      fc.property(somePaths, fc.constantFrom<Order[]>(1, 2, 3), (paths, order) => {
        const { totals } = markov(stepsOf(paths), order);
        const found = divided(markovDivision(channelSets(paths), totals), paths);
        expect(found.off).toBeLessThan(1e-14);
        expect(missed(found.totals, totals)).toEqual([]);
      }),
      { seed: 1940 },
    );
  });

  test("so does any other division of the conversions, down to nothing for a channel", () => {
    const weights = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(somePaths, weights, (paths, weights) => {
        const conversions = sum(paths.map((each) => each.conversions));
        const all = sum(weights) + 1;
        const wanted = new Map(
          ["a", "b", "c", "d", "e"].map((each, i) => [each, ((weights[i] ?? 1) / all) * conversions]),
        );
        const division = markovDivision(channelSets(paths), wanted);
        const found = divided(division, paths);
        expect(found.off).toBeLessThan(1e-14);
        expect(missed(found.totals, wanted, 1e-9 * conversions)).toEqual([]);
        const parts = ["a", "b c", "a b c d e"].flatMap((channels) => [
          ...dividePath(division, channels.split(" ")).own.values(),
        ]);
        expect(Math.min(...parts, ...division.factor.values())).toBeGreaterThanOrEqual(0);
      }),
      { seed: 7 },
    );
  });

  test("does not depend on the order of the paths, to the bit", () => {
    fc.assert(
      fc.property(somePaths, (paths) => {
        const { totals } = markov(stepsOf(paths), 1);
        expect(markovDivision(channelSets(paths.toReversed()), totals)).toEqual(
          markovDivision(channelSets(paths), totals),
        );
      }),
      { seed: 12 },
    );
  });

  test("a channel without a total is refused, and totals of other conversions", () => {
    expect(() => markovDivision(channelSets([path("a b", 1)]), new Map([["a", 1]]))).toThrow("the channel b");
    expect(() => markovDivision(channelSets([path("a", 1)]), new Map([["a", 2]]))).toThrow("sum to 2, not to the 1");
    const division = markovDivision(channelSets([path("a", 1)]), new Map([["a", 1]]));
    expect(() => dividePath(division, ["b"])).toThrow("the channel b");
  });
});
