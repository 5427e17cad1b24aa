/** The median, and the value that 95 % of the samples stay below. */
export function quantiles(samples: readonly number[]): { p50: number; p95: number } {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
}

/** Milliseconds that the work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Seconds that a work took of the processor, which do not depend on what else the machine does, and by the clock. */
export interface Spent {
  readonly processor: number;
  readonly wall: number;
}

export async function spent(work: () => Promise<unknown>): Promise<Spent> {
  const before = process.cpuUsage();
  const wall = (await timed(work)) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { processor: (user + system) / 1e6, wall };
}

/** Runs two works in turn, so that both meet the same weather, and gives the samples of each. */
export async function inTurn(
  times: number,
  left: () => Promise<unknown>,
  right: () => Promise<unknown>,
): Promise<[number[], number[]]> {
  const samples: [number[], number[]] = [[], []];
  for (let i = 0; i < times; i++) {
    samples[0].push(await timed(left));
    samples[1].push(await timed(right));
  }
  return samples;
}

export const ms = (value: number): string =>
  `${value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString("en-US")} ms`;
