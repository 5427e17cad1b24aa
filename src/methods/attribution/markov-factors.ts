import { distinctChannels, type ChannelSet } from "./journeys.ts";

/** How conversions are divided so that the channels come to their Markov totals: plain values, by channel. */
export interface MarkovDivision {
  /** A conversion's part of a channel of its path is the channel's factor ÷ the sum of those of its distinct channels. */
  readonly factor: ReadonlyMap<string, number>;
  /** The share of that part that the channel keeps: below 1 where the paths would give it more than its total. */
  readonly keeps: ReadonlyMap<string, number>;
  /** Who gets what is given up, beyond the conversion's own path: shares that sum to 1, or none. */
  readonly beyond: ReadonlyMap<string, number>;
}

/** A conversion in parts that sum to 1. A channel that is in both maps has the sum of both. */
export interface DividedPath {
  readonly own: ReadonlyMap<string, number>;
  readonly beyond: ReadonlyMap<string, number>;
}

interface Group {
  readonly members: readonly number[];
  readonly conversions: number;
}

const sumOf = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

/** What each channel gets of all conversions by these factors. */
function reachedBy(factors: readonly number[], groups: readonly Group[]): number[] {
  const reached = factors.map(() => 0);
  for (const { members, conversions } of groups) {
    const each = conversions / sumOf(members.map((member) => factors[member] ?? 0));
    for (const member of members) reached[member] = (reached[member] ?? 0) + each * (factors[member] ?? 0);
  }
  return reached;
}

const [smallest, widest] = [1e-300, 1e-9];

/**
 * The factors with no gap wider than 1e-9 between neighbours in size, the greatest being 1. Where the paths do not allow the
 * totals, factors drift apart without end; their order and the proportions within a bunch are all that matters then.
 */
function withoutGaps(factors: readonly number[]): number[] {
  const bySize = factors
    .map((factor, i) => ({ factor: Math.max(factor, smallest), i }))
    .toSorted((a, b) => b.factor - a.factor);
  const found = factors.map(() => 1);
  let [last, closed] = [bySize[0]?.factor ?? 1, 1];
  for (const { factor, i } of bySize) {
    closed = Math.max(closed * Math.max(factor / last, widest), smallest);
    found[i] = closed;
    last = factor;
  }
  return found;
}

/** Factors by iterative proportional fitting: each times its total ÷ what it reached, until nothing moves. */
function fitted(totals: readonly number[], groups: readonly Group[], conversions: number): number[] {
  let factors = totals.map(() => 1);
  let reached = reachedBy(factors, groups);
  for (let round = 0, moved = Infinity; round < 2000 && moved > 1e-12 * conversions; round++) {
    const before = reached;
    factors = withoutGaps(
      factors.map((factor, i) => ((before[i] ?? 0) > 0 ? (factor * (totals[i] ?? 0)) / (before[i] ?? 1) : factor)),
    );
    reached = reachedBy(factors, groups);
    moved = Math.max(...reached.map((each, i) => Math.abs(each - (before[i] ?? 0))));
  }
  return factors;
}

/** Nearer than this to its total, as a share of it, a channel has it. */
const near = 1e-10;

/** What of the first is above the second, channel by channel. */
const above = (first: readonly number[], second: readonly number[]): number[] =>
  first.map((value, i) => (value > (second[i] ?? 0) * (1 + near) ? value - (second[i] ?? 0) : 0));

/** What each channel has too much of and what it lacks. Nothing where that is next to nothing of all conversions. */
function unmet(reached: readonly number[], totals: readonly number[]): { over: number[]; lacking: number[] } {
  const over = above(reached, totals);
  const none = totals.map(() => 0);
  return sumOf(over) > 2 * near * sumOf(totals)
    ? { over, lacking: above(totals, reached) }
    : { over: none, lacking: none };
}

/**
 * How each conversion is divided so that channels come to their Markov totals M and every conversion's parts sum to 1.
 *
 * A conversion is divided among the distinct channels of its path in proportion to factors a, chosen by iterative
 * proportional fitting so that what a channel reaches, T, comes to M. Where the paths do not allow that (a channel that
 * alone brought more conversions than M), a channel with T > M keeps M ÷ T of each part, and what it gives up goes to
 * channels with T < M in proportion to M − T: credit beyond the conversion's own path.
 *
 * Deming and Stephan (1940), The Annals of Mathematical Statistics 11, for the fitting; the rest is Embudo's own rule.
 * Totals are met within 1e-9 of all conversions.
 *
 * @param sets the conversions by the channels that they met
 * @param totals by channel, summing to the conversions of the sets
 * @throws RangeError where they do not, or where a set has a channel without a total
 */
export function markovDivision(sets: readonly ChannelSet[], totals: ReadonlyMap<string, number>): MarkovDivision {
  const channels = [...totals.keys()].toSorted();
  const numbers = new Map(channels.map((channel, i) => [channel, i]));
  const groups = sets.map((set) => ({
    members: set.channels.map((channel) => known(numbers, channel)),
    conversions: set.conversions,
  }));
  const wanted = channels.map((channel) => totals.get(channel) ?? 0);
  const conversions = sumOf(groups.map((group) => group.conversions));
  if (!(Math.abs(sumOf(wanted) - conversions) <= 1e-9 * conversions))
    throw new RangeError(`the totals sum to ${sumOf(wanted)}, not to the ${conversions} conversions`);
  const factors = fitted(wanted, groups, conversions);
  const reached = reachedBy(factors, groups);
  const { over, lacking } = unmet(reached, wanted);
  const lack = sumOf(lacking);
  const byChannel = (value: (i: number) => number) => new Map(channels.map((channel, i) => [channel, value(i)]));
  return {
    factor: byChannel((i) => factors[i] ?? 1),
    keeps: byChannel((i) => ((over[i] ?? 0) > 0 ? (wanted[i] ?? 0) / (reached[i] ?? 1) : 1)),
    beyond: new Map([...byChannel((i) => (lacking[i] ?? 0) / lack)].filter(([, share]) => share > 0)),
  };
}

function known<T>(values: ReadonlyMap<string, T>, channel: string): T {
  const value = values.get(channel);
  if (value === undefined) throw new RangeError(`no total is known of the channel ${channel}`);
  return value;
}

/**
 * One conversion divided: parts of the channels on its path, and what goes beyond it.
 *
 * @throws RangeError where the division does not know a channel
 */
export function dividePath({ factor, keeps, beyond }: MarkovDivision, states: readonly string[]): DividedPath {
  const channels = distinctChannels(states);
  const whole = sumOf(channels.map((channel) => known(factor, channel)));
  const parts = new Map(channels.map((channel) => [channel, known(factor, channel) / whole]));
  const givenUp = sumOf([...parts].map(([channel, part]) => part * (1 - known(keeps, channel))));
  return {
    own: new Map([...parts].map(([channel, part]) => [channel, part * known(keeps, channel)])),
    beyond: new Map(givenUp > 0 ? [...beyond].map(([channel, each]) => [channel, each * givenUp]) : []),
  };
}
