/** Draws that follow from a seed: uniform, normal, Poisson and log-normal. */
export function draws(seed: number): {
  uniform: () => number;
  normal: () => number;
  poisson: (mean: number) => number;
  lognormal: (median: number, sigma: number) => number;
} {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const poisson = (mean: number) => {
    let events = 0;
    for (let left = -Math.log(uniform()); left < mean; left -= Math.log(uniform())) events += 1;
    return events;
  };
  return { uniform, normal, poisson, lognormal: (median, sigma) => median * Math.exp(sigma * normal()) };
}

/** The share of runs in which the interval that a run draws holds the truth. */
export function coverage(runs: number, truth: number, run: () => readonly [number, number] | null): number {
  let held = 0;
  for (let i = 0; i < runs; i++) {
    const interval = run();
    if (interval !== null && interval[0] <= truth && truth <= interval[1]) held += 1;
  }
  return held / runs;
}
