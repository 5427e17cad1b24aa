/**
 * The Shapley value: what each of n players adds to the worth of all, averaged over every order in which they may come.
 *
 * φᵢ = Σ over subsets S without i of |S|! (n − |S| − 1)! / n! × (v(S ∪ i) − v(S)), where a subset is a bit mask.
 * The values sum to v(all) − v(∅), up to rounding. Units are those of v. Cost: 2ⁿ worths, so n is small.
 *
 * Reference: L. S. Shapley, A Value for n-Person Games, 1953. It is no cause in the world: it shares an interaction out
 * evenly, whoever brought it about.
 */
export function shapley(players: number, worth: (subset: number) => number): number[] {
  const worths = Array.from({ length: 2 ** players }, (_, subset) => worth(subset));
  const weights = weightsOf(players);
  return Array.from({ length: players }, (_, player) =>
    worths.reduce((sum, without, subset) => {
      if ((subset >> player) & 1) return sum;
      const joined = worths[subset | (1 << player)] ?? 0;
      return sum + (weights[sizeOf(subset)] ?? 0) * (joined - without);
    }, 0),
  );
}

const sizeOf = (subset: number): number => (subset === 0 ? 0 : (subset & 1) + sizeOf(subset >> 1));

/** |S|! (n − |S| − 1)! / n!, by the size of S. */
function weightsOf(players: number): number[] {
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  return Array.from(
    { length: players },
    (_, size) => (factorial(size) * factorial(players - size - 1)) / factorial(players),
  );
}
