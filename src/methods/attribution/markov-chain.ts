import type { Path } from "./journeys.ts";

/** How many of the last channels a state remembers. */
export type Order = 1 | 2 | 3;

/** A state of the chain and where journeys went from it: counts by the number of the next state, and the two ends. */
export interface State {
  /** The last channels, oldest first: none at the start, fewer than the order shortly after it. */
  readonly channels: readonly string[];
  readonly next: Int32Array;
  readonly counts: Float64Array;
  readonly conversions: number;
  readonly nulls: number;
}

/** Counted journeys as a Markov chain. The first state is the start; without journeys there is none. */
export interface Chain {
  /** In the order of their names. */
  readonly channels: readonly string[];
  readonly states: readonly State[];
}

interface Tally {
  readonly next: Map<number, number>;
  conversions: number;
  nulls: number;
}

/** A state's code has a digit per channel it remembers, from 1, to the base of one more than there are channels. */
function channelsOf(code: number, channels: readonly string[]): string[] {
  const base = channels.length + 1;
  if (code === 0) return [];
  return [...channelsOf(Math.floor(code / base), channels), channels[(code % base) - 1] ?? ""];
}

function at(tallies: Map<number, Tally>, code: number): Tally {
  const found = tallies.get(code);
  if (found !== undefined) return found;
  const fresh = { next: new Map<number, number>(), conversions: 0, nulls: 0 };
  tallies.set(code, fresh);
  return fresh;
}

function tally(paths: readonly Path[], channels: readonly string[], order: Order): Map<number, Tally> {
  const [base, kept] = [channels.length + 1, (channels.length + 1) ** (order - 1)];
  const digits = new Map(channels.map((channel, i) => [channel, i + 1]));
  const tallies = new Map<number, Tally>();
  const start = at(tallies, 0);
  for (const { states, conversions, nulls } of paths) {
    let [code, state] = [0, start];
    for (const channel of states) {
      code = (code % kept) * base + (digits.get(channel) ?? 0);
      state.next.set(code, (state.next.get(code) ?? 0) + conversions + nulls);
      state = at(tallies, code);
    }
    state.conversions += conversions;
    state.nulls += nulls;
  }
  return tallies;
}

/**
 * The chain that the journeys make. Repeats are kept as they are. Paths without channels or without journeys have no part
 * in it. With whole counts, the order of the paths changes nothing, not even a bit.
 */
export function chainOf(paths: readonly Path[], order: Order): Chain {
  const counted = paths.filter(({ states, conversions, nulls }) => states.length > 0 && conversions + nulls > 0);
  if (counted.length === 0) return { channels: [], states: [] };
  const channels = [...new Set(counted.flatMap(({ states }) => states))].toSorted();
  const tallies = [...tally(counted, channels, order)].toSorted(([a], [b]) => a - b);
  const numbers = new Map(tallies.map(([code], i) => [code, i]));
  const states = tallies.map(([code, { next, conversions, nulls }]) => {
    const rows = [...next].toSorted(([a], [b]) => a - b);
    return {
      channels: channelsOf(code, channels),
      next: Int32Array.from(rows, ([to]) => numbers.get(to) ?? 0),
      counts: Float64Array.from(rows, ([, count]) => count),
      conversions,
      nulls,
    };
  });
  return { channels, states };
}
