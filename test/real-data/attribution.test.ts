import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { channelSets, stepsOf, type Path } from "../../src/methods/attribution/journeys.ts";
import { dividePath, markovDivision } from "../../src/methods/attribution/markov-factors.ts";
import { markov, type Transition } from "../../src/methods/attribution/markov.ts";
import { equalParts, gameOf, shapleyValues, subsetGame } from "../../src/methods/attribution/shapley.ts";
import { fileOf, present, skipped } from "./workspace.ts";

type Numbers = Readonly<Record<string, number>>;
interface KnownMarkov {
  readonly p_conversion: number;
  readonly removal_effects: Numbers;
  readonly conversions: Numbers;
}
interface Toy {
  readonly name: string;
  readonly rows?: readonly { readonly path: string; readonly conversions: number; readonly nulls: number }[];
  readonly markov?: KnownMarkov & { readonly transitions: Readonly<Record<string, Numbers>> };
  readonly shapley_subset_game?: Numbers;
  readonly coalitions?: Numbers;
  readonly shapley_float?: Numbers;
}
interface Known {
  readonly conversions: { readonly shapley_subset_game: Numbers };
  readonly markov_order1_with_null: KnownMarkov;
  readonly markov_order1_without_null: KnownMarkov;
}

const answers = (set: string): unknown => (present ? JSON.parse(fileOf(`${set}/answers.json`).toString("utf8")) : {});

function journeys(): Path[] {
  const [, ...lines] = gunzipSync(fileOf("pathdata/PathData.csv.gz")).toString("utf8").trim().split(/\r?\n/);
  return lines.map((line) => {
    const [path = "", conversions, , nulls] = line.split(",");
    return { states: path.split(" > "), conversions: Number(conversions), nulls: Number(nulls) };
  });
}

/** The greatest difference between what was found and what is known, of the same channels. */
function furthest(found: ReadonlyMap<string, number>, known: Numbers): number {
  const same = [...found.keys()].toSorted().join() === Object.keys(known).toSorted().join();
  const off = Object.entries(known).map(([channel, value]) => Math.abs((found.get(channel) ?? Number.NaN) - value));
  return same ? Math.max(...off) : Infinity;
}

/** As the known answers write them: by name of the state, then by that of the next. */
function asKnown(transitions: readonly Transition[]): Record<string, Record<string, number>> {
  const found: Record<string, Record<string, number>> = {};
  for (const { from, to, probability } of transitions) {
    const next = typeof to === "string" ? `(${to})` : to.join();
    found[from.join() || "(start)"] = { ...found[from.join() || "(start)"], [next]: probability };
  }
  return found;
}

function furthestMarkov(paths: readonly Path[], known: KnownMarkov): number {
  const { conversion, removalEffects, totals } = markov(stepsOf(paths), 1);
  const off = [furthest(removalEffects, known.removal_effects), furthest(totals, known.conversions)];
  return Math.max(Math.abs(conversion - known.p_conversion), ...off);
}

function dividedEqually(paths: readonly Path[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { states, conversions } of paths)
    for (const [channel, part] of equalParts(states))
      totals.set(channel, (totals.get(channel) ?? 0) + part * conversions);
  return totals;
}

describe.skipIf(!present)(`10,000 kinds of journeys over 12 channels${skipped}`, () => {
  const paths = present ? journeys() : [];
  const known = answers("pathdata") as Known;

  test("Markov of order 1, with the journeys that did not convert and without them", () => {
    expect(furthestMarkov(paths, known.markov_order1_with_null)).toBeLessThan(1e-6);
    const converted = paths.map((each) => ({ ...each, nulls: 0 }));
    expect(furthestMarkov(converted, known.markov_order1_without_null)).toBeLessThan(1e-6);
  });

  test.each([1, 2, 3] as const)("of order %d, 19,785 conversions divided one by one come to its totals", (order) => {
    const { totals, conversion } = markov(stepsOf(paths), order);
    expect(conversion).toBeCloseTo(19_785 / (19_785 + 68_602), 12);
    const division = markovDivision(channelSets(paths), totals);
    const found = new Map([...totals.keys()].map((channel) => [channel, 0]));
    for (const { states, conversions } of paths) {
      const { own, beyond } = dividePath(division, states);
      for (const [channel, part] of [...own, ...beyond])
        found.set(channel, (found.get(channel) ?? 0) + part * conversions);
    }
    for (const [channel, total] of totals)
      expect(Math.abs((found.get(channel) ?? 0) - total)).toBeLessThan(1e-6 * total);
  });

  test("alpha alone reached 5,742 conversions and Markov gives it 5,344.95: 6.9 % of each goes beyond its path", () => {
    const division = markovDivision(channelSets(paths), markov(stepsOf(paths), 1).totals);
    expect(dividePath(division, ["alpha", "alpha"]).own.get("alpha")).toBeCloseTo(5344.947682 / 5742, 6);
  });

  test("the Shapley value of the subset game is the equal division, exactly", () => {
    const equal = dividedEqually(paths);
    expect(furthest(equal, known.conversions.shapley_subset_game)).toBeLessThan(1e-6);
    const values = shapleyValues([...equal.keys()], subsetGame(paths));
    const plain = new Map([...values].map(([channel, { value }]) => [channel, value]));
    expect(furthest(plain, Object.fromEntries(equal))).toBeLessThan(1e-8);
  });
});

describe.skipIf(!present)(`Small examples with published answers${skipped}`, () => {
  const { examples = [] } = answers("attribution_toys") as { examples?: readonly Toy[] };
  const toys = examples.flatMap(({ markov, rows = [], ...toy }) => (markov ? [{ ...toy, rows, known: markov }] : []));
  const games = examples.flatMap(({ name, coalitions, shapley_float }) =>
    coalitions && shapley_float ? [{ name, coalitions, known: shapley_float }] : [],
  );

  test.each(toys)("$name: Markov and Shapley", ({ rows, known, shapley_subset_game = {} }) => {
    const paths = rows.map(({ path, ...counts }) => ({ states: path.split(" > "), ...counts }));
    expect(furthestMarkov(paths, known)).toBeLessThan(1e-6);
    const found = asKnown(markov(stepsOf(paths), 1).transitions);
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(known.transitions).toSorted());
    for (const [from, row] of Object.entries(known.transitions))
      expect(furthest(new Map(Object.entries(found[from] ?? {})), row)).toBeLessThan(1e-6);
    expect(furthest(dividedEqually(paths), shapley_subset_game)).toBeLessThan(1e-6);
  });

  test.each(games)("$name", ({ coalitions, known }) => {
    const game = gameOf(Object.entries(coalitions).map(([key, worth]) => ({ channels: key.split("+"), worth })));
    const values = shapleyValues(Object.keys(known), game);
    expect(furthest(new Map([...values].map(([channel, { value }]) => [channel, value])), known)).toBeLessThan(1e-6);
  });
});
