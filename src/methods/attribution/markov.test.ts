import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draws } from "../../../test/random.ts";
import { conversionProbability } from "./absorption.ts";
import { stepsOf, type Path } from "./journeys.ts";
import { solve } from "./krylov.ts";
import { markov, type Markov, type Transition } from "./markov.ts";
import { chainOf, type Order } from "./markov-chain.ts";

const path = (channels: string, conversions: number, nulls: number): Path => ({
  states: channels === "" ? [] : channels.split(" "),
  conversions,
  nulls,
});

const orders = fc.constantFrom<Order[]>(1, 2, 3);
const somePaths = fc.array(
  fc.record({
    states: fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 6 }),
    conversions: fc.integer({ min: 0, max: 9 }),
    nulls: fc.integer({ min: 0, max: 9 }),
  }),
  { minLength: 1, maxLength: 8 },
);

/** P(conversion) by (I − Q) h = b and Gauss with pivots, over states that are written as words. */
function byElimination(paths: readonly Path[], order: Order, removed?: string): number {
  const seen = paths.flatMap(({ states, conversions, nulls }) => {
    const words = ["start", ...states.map((_, i) => states.slice(Math.max(0, i + 1 - order), i + 1).join(">"))];
    return [
      ...words.slice(1).map((to, i) => ({ from: words[i], to, count: conversions + nulls })),
      { from: words.at(-1), to: "conversion", count: conversions },
      { from: words.at(-1), to: "null", count: nulls },
    ];
  });
  const words = [...new Set(["start", ...seen.map(({ from }) => from)])];
  const leaving = (from: string | undefined, to?: string) =>
    seen.reduce((sum, each) => sum + (each.from === from && each.to === (to ?? each.to) ? each.count : 0), 0);
  const rows = words.map((from) => {
    const dead = leaving(from) === 0 || from?.split(">").at(-1) === removed;
    const share = (to: string) => (dead ? 0 : leaving(from, to) / leaving(from));
    return [...words.map((to) => (from === to ? 1 : 0) - share(to ?? "")), share("conversion")];
  });
  return rows.length === 0 ? 0 : (eliminated(rows)[0] ?? Number.NaN);
}

function eliminated(rows: number[][]): number[] {
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let k = 0; k < rows.length; k++) {
    const below = rows.map((_, i) => i).slice(k);
    const pivot = below.reduce((best, i) => (Math.abs(at(i, k)) > Math.abs(at(best, k)) ? i : best), k);
    [rows[k], rows[pivot]] = [rows[pivot] ?? [], rows[k] ?? []];
    rows[k] = (rows[k] ?? []).map((value) => value / at(k, k));
    rows.forEach((row, i) => {
      if (i !== k) rows[i] = row.map((value, column) => value - at(i, k) * at(k, column));
    });
  }
  return rows.map((row) => row.at(-1) ?? 0);
}

/** P(conversion) by following what there is of journeys, step by step, until next to none of them is under way. */
function byFollowing({ transitions }: Markov, removed: string): number {
  const keyOf = (channels: Transition["to"]) => (typeof channels === "string" ? channels : channels.join(">"));
  const steps = transitions.map(({ from, to, probability }) => ({ from: keyOf(from), to: keyOf(to), probability }));
  const alive = steps.filter(({ to }) => to !== "null" && to.split(">").at(-1) !== removed);
  const leaving = Map.groupBy(alive, ({ from }) => from);
  let [converted, underWay] = [0, new Map([["", 1]])];
  while (underWay.size > 0 && Math.max(...underWay.values()) > 1e-17) {
    const next = new Map<string, number>();
    for (const [state, here] of underWay)
      for (const { to, probability } of leaving.get(state) ?? [])
        next.set(to, (next.get(to) ?? 0) + here * probability);
    converted += next.get("conversion") ?? 0;
    next.delete("conversion");
    underWay = next;
  }
  return converted;
}

describe("Markov removal effects", () => {
  /*
   * search → email: 2 converted; search: 1 converted, 1 did not; email: 1 did not.
   * From the start 4/5 to search, 1/5 to email; from search 1/2 to email, 1/4 to conversion, 1/4 to null; from email 2/3 to
   * conversion. P = 4/5 × (1/4 + 1/2 × 2/3) + 1/5 × 2/3 = 3/5. Without search 1/5 × 2/3 = 2/15, an effect of 1 − 2/9 = 7/9.
   * Without email 4/5 × 1/4 = 1/5, an effect of 2/3. Of 3 conversions, search has 7/9 ÷ 13/9 × 3 = 21/13, email 18/13.
   */
  test("of two channels, by hand", () => {
    const found = markov(stepsOf([path("search email", 2, 0), path("search", 1, 1), path("email", 0, 1)]), 1);
    expect(found.conversion).toBeCloseTo(3 / 5, 14);
    expect(found.removalEffects.get("search")).toBeCloseTo(7 / 9, 14);
    expect(found.removalEffects.get("email")).toBeCloseTo(2 / 3, 14);
    expect(found.totals.get("search")).toBeCloseTo(21 / 13, 13);
    expect(found.totals.get("email")).toBeCloseTo(18 / 13, 13);
    expect(found.transitions).toEqual([
      { from: [], to: ["email"], count: 1, probability: 1 / 5 },
      { from: [], to: ["search"], count: 4, probability: 4 / 5 },
      { from: ["email"], to: "conversion", count: 2, probability: 2 / 3 },
      { from: ["email"], to: "null", count: 1, probability: 1 / 3 },
      { from: ["search"], to: ["email"], count: 2, probability: 1 / 2 },
      { from: ["search"], to: "conversion", count: 1, probability: 1 / 4 },
      { from: ["search"], to: "null", count: 1, probability: 1 / 4 },
    ]);
  });

  test("a state of a higher order is the last channels, fewer near the start", () => {
    const { transitions } = markov(stepsOf([path("a b a b", 1, 0)]), 3);
    expect(transitions.map(({ from, to }) => [from.join(""), typeof to === "string" ? to : to.join("")])).toEqual([
      ["", "a"],
      ["a", "ab"],
      ["ab", "aba"],
      ["aba", "bab"],
      ["bab", "conversion"],
    ]);
  });

  test.each<Order>([1, 2, 3])("one channel only has everything, repeats or not, order %d", (order) => {
    const { totals, removalEffects } = markov(stepsOf([path("a", 3, 2), path("a a a a", 4, 9)]), order);
    expect([...totals]).toEqual([["a", 7]]);
    expect([...removalEffects]).toEqual([["a", 1]]);
  });

  test("a channel that is in no path changes nothing, one that only lost journeys end in has no effect", () => {
    const paths = [path("a b", 2, 1), path("b a c", 0, 4)];
    const chain = chainOf(stepsOf(paths), 1);
    expect(conversionProbability(chain, "nowhere")).toBe(conversionProbability(chain));
    expect(markov(stepsOf(paths), 1).removalEffects.get("c")).toBe(0);
    expect(markov(stepsOf(paths), 1).removalEffects.get("nowhere")).toBeUndefined();
  });

  test("without journeys, channels or conversions nothing is shared", () => {
    const nothing = { transitions: [], conversion: 0, removalEffects: new Map(), totals: new Map() };
    expect(markov(stepsOf([]), 2)).toEqual(nothing);
    expect(markov(stepsOf([path("", 5, 5), path("a", 0, 0)]), 1)).toEqual(nothing);
    expect(markov(stepsOf([path("a b", 0, 3)]), 1).totals).toEqual(
      new Map([
        ["a", 0],
        ["b", 0],
      ]),
    );
  });

  test("of any order agree with elimination; as many convert as did; totals sum to the conversions", () => {
    fc.assert(
      fc.property(somePaths, orders, (paths, order) => {
        const found = markov(stepsOf(paths), order);
        const sum = (of: "conversions" | "nulls") => paths.reduce((all, each) => all + each[of], 0);
        const conversions = sum("conversions");
        expect(found.conversion).toBeCloseTo(conversions / (conversions + sum("nulls") || 1), 12);
        for (const [channel, effect] of found.removalEffects) {
          const without = byElimination(paths, order, channel);
          expect(found.conversion * (1 - effect)).toBeCloseTo(conversions === 0 ? 0 : without, 12);
        }
        expect([...found.totals.values()].reduce((all, each) => all + each, 0)).toBeCloseTo(conversions, 10);
      }),
      { seed: 2016 },
    );
  });

  test("do not depend on the order of the paths, to the bit", () => {
    fc.assert(
      fc.property(somePaths, orders, (paths, order) => {
        expect(markov(stepsOf(paths.toReversed()), order)).toEqual(markov(stepsOf(paths), order));
      }),
      { seed: 33 },
    );
  });

  test("are as exact with 1,885 states, all that three of twelve channels can be", () => {
    const { uniform } = draws(3);
    const journey = () =>
      Array.from({ length: 1 + Math.floor(16 * uniform()) }, () => `c${Math.floor(12 * uniform())}`);
    const paths = Array.from({ length: 4000 }, (_, i) => ({
      states: journey(),
      conversions: Number(i % 5 === 0),
      nulls: 1,
    }));
    expect(chainOf(stepsOf(paths), 3).states).toHaveLength(1 + 12 + 12 ** 2 + 12 ** 3);
    const found = markov(stepsOf(paths), 3);
    expect(found.conversion).toBeCloseTo(800 / 4800, 13);
    const without = byFollowing(found, "c7");
    expect(found.removalEffects.get("c7")).toBeCloseTo(1 - without / found.conversion, 12);
  });

  test("a journey of 200,000 touches between two channels is solved as exactly as a short one", () => {
    const long = {
      states: Array.from({ length: 200_000 }, (_, i) => (i % 2 === 0 ? "a" : "b")),
      conversions: 1,
      nulls: 0,
    };
    const { conversion, removalEffects } = markov(stepsOf([long, path("a c", 1, 3)]), 1);
    expect(conversion).toBeCloseTo(2 / 5, 10);
    // Without c: of the 100,004 visits to a, 100,000 go to b, of whose 100,000 visits 99,999 come back.
    const back = 100_000 / 100_004;
    const withoutC = back / 100_000 / (1 - (back * 99_999) / 100_000);
    expect(removalEffects.get("c")).toBeCloseTo(1 - withoutC / (2 / 5), 10);
  });
});

test("equations without an answer are refused", () => {
  const singular = ([x = 0, y = 0]: Float64Array) => Float64Array.of(x + y, x + y);
  expect(() => solve(singular, Float64Array.of(1, 2))).toThrow(RangeError);
});
