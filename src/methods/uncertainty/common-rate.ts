/** How many events in how much exposure: weeks, or whatever events arise in. */
export interface Exposed {
  readonly events: number;
  readonly exposure: number;
}

/** The parameters of a gamma distribution: its shape, and its rate in units of exposure. */
export interface GammaPrior {
  readonly shape: number;
  readonly rate: number;
}

/**
 * What the rates of several groups have in common, as a gamma distribution: its mean is the rate of all together,
 * λ = Σk ÷ Σe, and its variance τ² = (S − λ(R−1)) ÷ (E − Σe²÷E), from S = Σ e (kᵢ÷eᵢ − λ)² over R groups of E exposure
 * together. A group of k events in e is then shrunk to (shape + k) ÷ (rate + e), with rate = λ ÷ τ² and shape = λ × rate.
 *
 * Gamma-Poisson by moments, as empirical Bayes: Clayton and Kaldor (1987), Biometrics 43; Marshall (1991), Applied Statistics
 * 40. Where the groups differ no more than chance has them, the rate is held at E: all are about λ. With two or three groups
 * τ² is hardly known. Events of one group come one by one: where they come in clumps, groups seem to differ more than they do.
 *
 * @returns undefined where nothing happened at all
 */
export function commonRate(groups: readonly Exposed[]): GammaPrior | undefined {
  const known = groups.filter(({ exposure }) => exposure > 0);
  const all = known.reduce((sum, { exposure }) => sum + exposure, 0);
  const mean = known.reduce((sum, { events }) => sum + events, 0) / all;
  if (!(mean > 0)) return undefined;
  const free = known.length - 1;
  const spread = known.reduce((sum, { events, exposure }) => sum + exposure * (events / exposure - mean) ** 2, 0);
  const room = all - known.reduce((sum, { exposure }) => sum + exposure * exposure, 0) / all;
  const variance = room > 0 ? (spread - mean * free) / room : 0;
  const rate = variance > 0 ? Math.min(all, mean / variance) : all;
  return { shape: mean * rate, rate };
}
