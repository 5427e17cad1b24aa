/** A chain of states that are left and ways to end; each state's probabilities, onward and to its ends, sum to one. */
export interface AbsorbingChain {
  /** From each state to each state. */
  readonly onward: readonly (readonly number[])[];
  /** From each state to each end. */
  readonly ends: readonly (readonly number[])[];
  /** What a visit to each state brings. */
  readonly rewards: readonly number[];
}

/** For each state: the probability of each end, and what is expected from there on, the visit itself included. */
export interface Absorbed {
  readonly probabilities: readonly (readonly number[])[];
  readonly values: readonly number[];
}

const swap = (rows: number[][], one: number, other: number): void => {
  const [first = [], second = []] = [rows[one], rows[other]];
  [rows[one], rows[other]] = [second, first];
};

/** Takes a multiple of the pivot's row from another, so that nothing is left in its column. */
function clear(row: number[], pivot: readonly number[], column: number): void {
  const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
  for (let i = column; factor !== 0 && i < row.length; i++) row[i] = (row[i] ?? 0) - factor * (pivot[i] ?? 0);
}

/** Gauss and Jordan with the greatest pivot; the right-hand sides come after the square. */
function solved(rows: number[][]): number[][] {
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let best = column;
    for (let i = column + 1; i < size; i++)
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = i;
    swap(rows, column, best);
    const pivot = rows[column] ?? [];
    if (Math.abs(pivot[column] ?? 0) < 1e-12) throw new Error("some state of the chain is never left");
    for (const [i, row] of rows.entries()) if (i !== column) clear(row, pivot, column);
  }
  return rows.map((row, i) => row.slice(size).map((value) => value / (row[i] ?? 1)));
}

/**
 * Solves (I − Q) B = R and (I − Q) v = r, with Q the probabilities between states, R those of the ends and r the rewards.
 * Throws where some state is never left.
 *
 * Kemeny and Snell (1960), Finite Markov Chains, theorems 3.3.5 and 3.3.7.
 */
export function absorbed({ onward, ends, rewards }: AbsorbingChain): Absorbed {
  const rows = onward.map((row, i) => [
    ...row.map((probability, j) => (i === j ? 1 : 0) - probability),
    ...(ends[i] ?? []),
    rewards[i] ?? 0,
  ]);
  const found = solved(rows);
  return { probabilities: found.map((row) => row.slice(0, -1)), values: found.map((row) => row.at(-1) ?? 0) };
}
