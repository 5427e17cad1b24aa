import { normalQuantile } from "../uncertainty/normal-quantile.ts";

/**
 * The interval of a share that has a variance, drawn on the scale log(−log(1 − F)): with θ that of F and
 * σ = √variance ÷ ((1 − F) |log(1 − F)|), the shares of θ ± z σ, z the normal quantile of the level.
 *
 * Kalbfleisch and Prentice (1980), "The Statistical Analysis of Failure Time Data", 1.3. It stays within 0..1. Of a share of 0
 * or 1 it knows nothing and gives the share itself, which is too narrow.
 *
 * @param level share of intervals that should hold the truth, e.g. 0.8
 */
export function logLogInterval(value: number, variance: number, level: number): [number, number] {
  if (value <= 0 || value >= 1) return [value, value];
  const hazard = -Math.log1p(-value);
  const spread = (normalQuantile((1 + level) / 2) * Math.sqrt(variance)) / ((1 - value) * hazard);
  const end = (by: number) => -Math.expm1(-hazard * Math.exp(by));
  return [end(-spread), end(spread)];
}
