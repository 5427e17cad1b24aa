import type { Step } from "./journeys.ts";

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

function tally(steps: readonly Step[], channels: readonly string[], order: Order): Map<number, Tally> {
  const [base, kept] = [channels.length + 1, (channels.length + 1) ** (order - 1)];
  const digits = new Map(channels.map((channel, i) => [channel, i + 1]));
  const on = (code: number, channel: string) => (code % kept) * base + (digits.get(channel) ?? 0);
  const tallies = new Map<number, Tally>();
  for (const { after, to, converted, count } of steps) {
    const code = after.reduce(on, 0);
    const from = at(tallies, code);
    if (to === null) from[converted ? "conversions" : "nulls"] += count;
    else from.next.set(on(code, to), (from.next.get(on(code, to)) ?? 0) + count);
  }
  return tallies;
}

/**
 * The chain that the steps of journeys make. Repeats are kept as they are. With whole counts, the order of the steps changes
 * nothing, not even a bit.
 */
export function chainOf(steps: readonly Step[], order: Order): Chain {
  const channels = [...new Set(steps.flatMap(({ to }) => to ?? []))].toSorted();
  const tallies = [...tally(steps, channels, order)].toSorted(([a], [b]) => a - b);
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
