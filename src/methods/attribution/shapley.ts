import { shapley } from "../explanation/shapley.ts";
import { channelSets, distinctChannels, type Path } from "./journeys.ts";

/** What a coalition of channels is worth. */
export type Game = (coalition: ReadonlySet<string>) => number;

/** What a channel adds, averaged over the orders in which channels may come, and how far sampling may have moved it. */
export interface ShapleyValue {
  readonly value: number;
  /** 0 where every order was counted. */
  readonly standardError: number;
}

/** How orders are sampled where there are too many channels to count all. */
export interface Sample {
  /** Each order is taken with its reverse. At least 2. */
  readonly pairs: number;
  readonly seed: number;
}

const mostExact = 12;

/**
 * The Shapley value of each channel in any game: exact up to 12 channels, by all 2ⁿ coalitions, and beyond that by sampled
 * orders, each with its reverse, with the standard error of that. The values sum to v(all) − v(none) either way.
 *
 * Shapley (1953), "A value for n-person games"; Castro, Gómez and Tejada (2009), Computers & Operations Research 36, for
 * sampled orders. Units are those of the game. The same seed gives the same bits.
 */
export function shapleyValues(
  channels: readonly string[],
  game: Game,
  sample: Sample = { pairs: 2000, seed: 1953 },
): Map<string, ShapleyValue> {
  return channels.length <= mostExact ? exact(channels, game) : sampled(channels, game, sample);
}

function exact(channels: readonly string[], game: Game): Map<string, ShapleyValue> {
  const coalition = (subset: number) => new Set(channels.filter((_, i) => (subset >> i) & 1));
  const values = shapley(channels.length, (subset) => game(coalition(subset)));
  return new Map(channels.map((channel, i) => [channel, { value: values[i] ?? 0, standardError: 0 }]));
}

/** What each channel adds when they come in this order. */
function added(order: readonly string[], game: Game): Map<string, number> {
  const there = new Set<string>();
  let worth = game(there);
  return new Map(
    order.map((channel) => {
      there.add(channel);
      const before = worth;
      worth = game(there);
      return [channel, worth - before];
    }),
  );
}

function sampled(channels: readonly string[], game: Game, { pairs, seed }: Sample): Map<string, ShapleyValue> {
  const uniform = generator(seed);
  const sums = new Map(channels.map((channel) => [channel, { mean: 0, squares: 0 }]));
  for (let pair = 1; pair <= pairs; pair++) {
    const order = shuffled(channels, uniform);
    const [there, back] = [added(order, game), added(order.toReversed(), game)];
    for (const [channel, sum] of sums) {
      const drawn = ((there.get(channel) ?? 0) + (back.get(channel) ?? 0)) / 2;
      const off = drawn - sum.mean;
      sum.mean += off / pair;
      sum.squares += off * (drawn - sum.mean);
    }
  }
  return new Map(
    [...sums].map(([channel, { mean, squares }]) => {
      return [channel, { value: mean, standardError: Math.sqrt(squares / (pairs - 1) / pairs) }];
    }),
  );
}

/** Each order alike: Fisher and Yates. */
function shuffled<T>(values: readonly T[], uniform: () => number): T[] {
  const left = [...values];
  return values.flatMap(() => left.splice(Math.floor(uniform() * left.length), 1));
}

/** Numbers in 0..1 that follow from the seed: Marsaglia (2003), Xorshift RNGs, Journal of Statistical Software 8. */
function generator(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const keyOf = (channels: Iterable<string>): string => JSON.stringify(distinctChannels([...channels]));

/**
 * The game of given worths; nobody is worth 0. Nothing is inferred: the worth of a coalition is not the sum over its subsets.
 *
 * @throws RangeError where a coalition is asked for that is not given
 */
export function gameOf(coalitions: readonly { readonly channels: readonly string[]; readonly worth: number }[]): Game {
  const worths = new Map(coalitions.map(({ channels, worth }) => [keyOf(channels), worth]));
  return (coalition) => {
    const worth = worths.get(keyOf(coalition)) ?? (coalition.size === 0 ? 0 : undefined);
    if (worth === undefined) throw new RangeError(`no worth is given of ${[...coalition].join(", ")} together`);
    return worth;
  };
}

/**
 * The game that attribution mostly means: a coalition is worth the conversions whose channels are all in it. Journeys that did
 * not convert play no part, and neither do order and repeats.
 */
export function subsetGame(paths: readonly Path[]): Game {
  const sets = channelSets(paths);
  return (coalition) =>
    sets.reduce(
      (sum, { channels, conversions }) => (channels.every((each) => coalition.has(each)) ? sum + conversions : sum),
      0,
    );
}

/**
 * The Shapley value of the subset game, conversion by conversion: an equal part to each distinct channel of the path. One
 * conversion is a game in which its n channels are worth 1 only together, so each has 1/n, and values of games add up.
 */
export function equalParts(states: readonly string[]): Map<string, number> {
  const channels = distinctChannels(states);
  return new Map(channels.map((channel) => [channel, 1 / channels.length]));
}
