import { normalQuantile } from "./normal-quantile.ts";

/**
 * The score interval of a count of events: with n events seen and z the normal quantile of the level,
 * n + z²/2 ± z √(n + z²/4).
 *
 * Rao's score test turned round, (n − μ)² = z² μ; Brown, Cai and DasGupta (2003), "Interval estimation in exponential
 * families", Statistica Sinica 13. It assumes that events happen one by one, each for itself, at a rate that stays the same:
 * events that come in groups, or a number that was planned, make it too narrow or without meaning. Below about five events
 * its coverage swings by several points.
 *
 * @param level share of intervals that should hold the expected number, e.g. 0.8
 * @returns lower and upper bound, in events
 */
export function poisson(events: number, level: number): [number, number] {
  const z = normalQuantile((1 + level) / 2);
  const centre = events + (z * z) / 2;
  const spread = z * Math.sqrt(events + (z * z) / 4);
  return [events === 0 ? 0 : Math.max(0, centre - spread), centre + spread];
}
