import type { Chain } from "./markov-chain.ts";
import { solve } from "./krylov.ts";

interface Row {
  readonly next: Int32Array;
  readonly counts: Float64Array;
  readonly conversions: number;
  /** Journeys that went on to another state or ended: more than none, since every journey ends. */
  readonly left: number;
}

/** The states without those of the removed channel, whose visitors convert with the probability 0. */
function rowsWithout(chain: Chain, removed: string | undefined): (Row | null)[] {
  return chain.states.map(({ channels, next, counts, conversions, nulls }, state) => {
    if (removed !== undefined && channels.at(-1) === removed) return null;
    const on = counts.reduce((sum, count, i) => (next[i] === state ? sum : sum + count), 0);
    return { next, counts, conversions, left: on + conversions + nulls };
  });
}

/** Each state's probability from those of the states that follow, later states first: one step of Gauss and Seidel. */
function sweep(rows: readonly (Row | null)[], from: Float64Array, ends: boolean): Float64Array {
  const found = from.slice();
  for (let state = rows.length - 1; state >= 0; state--) {
    const row = rows[state] ?? null;
    let sum = row !== null && ends ? row.conversions : 0;
    for (let i = 0; row !== null && i < row.next.length; i++) {
      const next = row.next[i] ?? 0;
      if (next !== state) sum += (row.counts[i] ?? 0) * (found[next] ?? 0);
    }
    found[state] = row === null ? 0 : sum / row.left;
  }
  return found;
}

/**
 * The probability that a journey from the start converts, h = b + Q h at the start, with Q the transitions between states
 * and b those into conversion. Where a channel is removed, every visit to a state that ends in it goes to null instead.
 *
 * Kemeny and Snell (1960), Finite Markov Chains, chapter 3. Solved, not simulated: exact up to about 1e-13.
 */
export function conversionProbability(chain: Chain, removed?: string): number {
  const rows = rowsWithout(chain, removed);
  const none = new Float64Array(rows.length);
  const once = sweep(rows, none, true);
  const solved = solve((h) => {
    const after = sweep(rows, h, false);
    return h.map((value, i) => value - (after[i] ?? 0));
  }, once);
  return Math.min(1, Math.max(0, solved[0] ?? 0));
}
