/** A stream of pseudo-random numbers that can be restarted anywhere, so that the nth thing never depends on the one before. */
export interface Random {
  /** Starts the stream that belongs to `index` of `purpose`. */
  readonly restart: (purpose: number, index: number) => void;
  /** Uniform in [0, 1). */
  readonly next: () => number;
  /** 32 uniform bits. */
  readonly bits: () => number;
}

/** What a stream is for: two purposes never share draws, so a change in one leaves the other as it was. */
export const purpose = { lead: 1, merge: 2, journey: 3, anonymous: 4, spend: 5, rate: 6, goal: 7 } as const;

function scramble(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}

/** Random numbers by sfc32 (Chris Doty-Humphrey, PractRand), started from the scrambled seed, purpose and index. */
export function random(seed: number): Random {
  const root = scramble(seed + 0x9e3779b9);
  let a = 0;
  let b = 0;
  let c = 0;
  let counter = 1;
  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  const restart = (stream: number, index: number): void => {
    a = scramble(root ^ Math.imul(stream, 0x85ebca6b));
    b = scramble(index ^ a);
    c = scramble(b + 0x6a09e667);
    counter = 1;
    for (let round = 0; round < 8; round++) bits();
  };
  restart(0, 0);
  return { restart, bits, next: () => bits() / 4_294_967_296 };
}

/** True with the given probability. */
export const chance = (random: Random, probability: number): boolean => random.next() < probability;

/** A whole number from 0 to `count` − 1. */
export const below = (random: Random, count: number): number => Math.floor(random.next() * count);

/** A number between two bounds. */
export const between = (random: Random, low: number, high: number): number => low + random.next() * (high - low);

/** An exponential waiting time. */
export const exponential = (random: Random, mean: number): number => -Math.log(1 - random.next()) * mean;

/** A standard normal number (Box and Muller). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** A log-normal number by its median and the spread of its logarithm. */
export const logNormal = (random: Random, median: number, spread: number): number =>
  median * Math.exp(spread * normal(random));

/** One of a list, each as likely. */
export function oneOf<T>(random: Random, values: readonly T[]): T {
  return values[below(random, values.length)] as T;
}

/** Things with the share of draws that each gets. */
export interface Choice<T> {
  readonly values: readonly T[];
  readonly shares: readonly number[];
}

/** A choice from weights, which need not add up to 1. */
export function choice<T>(values: readonly T[], weight: (value: T) => number): Choice<T> {
  const total = values.reduce((sum, value) => sum + weight(value), 0);
  return { values, shares: values.map((value) => (total === 0 ? 0 : weight(value) / total)) };
}

/** A choice from a plain record of weights. */
export const choiceOf = <K extends string>(weights: Readonly<Partial<Record<K, number>>>): Choice<K> =>
  choice(Object.keys(weights) as K[], (key) => weights[key] ?? 0);

/** Draws one value of a choice. */
export function draw<T>(random: Random, { values, shares }: Choice<T>): T {
  let left = random.next();
  for (let index = 0; index < shares.length - 1; index++) {
    left -= shares[index] as number;
    if (left < 0) return values[index] as T;
  }
  return values[values.length - 1] as T;
}
