import { conversionProbability } from "./absorption.ts";
import type { Step } from "./journeys.ts";
import { chainOf, type Chain, type Order } from "./markov-chain.ts";

/** A step between states that was seen: of all that left the state, this share went there. */
export interface Transition {
  /** The last channels, oldest first; none is the start. */
  readonly from: readonly string[];
  readonly to: readonly string[] | "conversion" | "null";
  readonly count: number;
  readonly probability: number;
}

/** What a chain of journeys says of its channels. */
export interface Markov {
  readonly transitions: readonly Transition[];
  /** The probability that a journey from the start converts. */
  readonly conversion: number;
  /** By channel, the share of conversions that are lost without it: 0..1. */
  readonly removalEffects: ReadonlyMap<string, number>;
  /** By channel, its share of all removal effects × conversions. They sum to the conversions. */
  readonly totals: ReadonlyMap<string, number>;
}

function transitionsOf({ states }: Chain): Transition[] {
  return states.flatMap(({ channels: from, next, counts, conversions, nulls }) => {
    const on = [...next].map((to, i) => ({ to: states[to]?.channels ?? [], count: counts[i] ?? 0 }));
    const ends = [
      { to: "conversion" as const, count: conversions },
      { to: "null" as const, count: nulls },
    ];
    const seen = [...on, ...ends].filter(({ count }) => count > 0);
    const all = seen.reduce((sum, { count }) => sum + count, 0);
    return seen.map(({ to, count }) => ({ from, to, count, probability: count / all }));
  });
}

/** Less than this is rounding. */
const least = 1e-12;

/**
 * Markov attribution: a channel's removal effect is 1 − P(conversion without it) ÷ P(conversion), where without it every
 * visit to a state that ends in the channel goes to null. Of the conversions, each channel has its share of all effects.
 *
 * Anderl, Becker, von Wangenheim and Schumann (2016), "Mapping the customer journey", International Journal of Research in
 * Marketing 33. Solved exactly instead of simulated. A state is the last one, two or three channels, with repeats kept as
 * they are. Journeys without channels are left out, of the conversions too. The totals belong to no conversion in particular,
 * and need not be possible with the journeys there are: see `markov-factors.ts`.
 */
export function markov(steps: readonly Step[], order: Order): Markov {
  const chain = chainOf(steps, order);
  const conversion = conversionProbability(chain);
  const removalEffects = new Map(
    chain.channels.map((channel) => {
      const effect = conversion > 0 ? 1 - conversionProbability(chain, channel) / conversion : 0;
      return [channel, effect < least ? 0 : effect];
    }),
  );
  const conversions = chain.states.reduce((sum, state) => sum + state.conversions, 0);
  const effects = [...removalEffects.values()].reduce((sum, effect) => sum + effect, 0);
  const totals = new Map(
    [...removalEffects].map(([channel, effect]) => [channel, share(effect, effects) * conversions]),
  );
  return { transitions: transitionsOf(chain), conversion, removalEffects, totals };
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
