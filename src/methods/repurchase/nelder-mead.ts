interface Corner {
  readonly at: readonly number[];
  readonly value: number;
}

/** The point on the line from one point through another, so many times as far. */
const along = (from: readonly number[], to: readonly number[], times: number): number[] =>
  from.map((each, i) => each + times * ((to[i] ?? 0) - each));

const middleOf = (corners: readonly Corner[]): number[] =>
  (corners[0]?.at ?? []).map((_, i) => corners.reduce((sum, { at }) => sum + (at[i] ?? 0), 0) / corners.length);

/**
 * A least value of a function of a few variables, by a simplex that reflects, stretches and shrinks until its values agree.
 *
 * Nelder and Mead (1965), "A simplex method for function minimization", The Computer Journal 7, with the steps of Lagarias et
 * al. (1998). It needs no derivatives, and may stop where no least value is: start it again from where it stopped.
 */
export function nelderMead(of: (at: readonly number[]) => number, start: readonly number[], step = 0.5): Corner {
  const corner = (at: readonly number[]): Corner => ({ at, value: of(at) });
  let simplex = [start, ...start.map((_, i) => start.map((each, j) => (i === j ? each + step : each)))].map(corner);
  for (let steps = 0; steps < 2000; steps++) {
    simplex = simplex.toSorted((one, other) => one.value - other.value);
    const [best, worst, second] = [simplex[0], simplex.at(-1), simplex.at(-2)] as [Corner, Corner, Corner];
    if (Math.abs(worst.value - best.value) <= 1e-12 * (1 + Math.abs(best.value))) break;
    const middle = middleOf(simplex.slice(0, -1));
    const reflected = corner(along(worst.at, middle, 2));
    const next = betterThanWorst(reflected, best, second, worst, (times) => corner(along(worst.at, middle, times)));
    simplex =
      next === undefined
        ? simplex.map((each) => (each === best ? best : corner(along(best.at, each.at, 0.5))))
        : [...simplex.slice(0, -1), next];
  }
  return simplex.reduce((one, other) => (other.value < one.value ? other : one));
}

/** What takes the place of the worst corner, or nothing where all but the best must draw nearer. */
function betterThanWorst(
  reflected: Corner,
  best: Corner,
  second: Corner,
  worst: Corner,
  at: (times: number) => Corner,
): Corner | undefined {
  if (reflected.value < best.value) {
    const stretched = at(3);
    return stretched.value < reflected.value ? stretched : reflected;
  }
  if (reflected.value < second.value) return reflected;
  const contracted = reflected.value < worst.value ? at(1.5) : at(0.5);
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : undefined;
}
