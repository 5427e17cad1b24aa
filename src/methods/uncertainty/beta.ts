import { normalQuantile } from "./normal-quantile.ts";

const lanczos = [
  76.18009172947146, -86.5053203294168, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2,
  -0.5395239384953e-5,
];

/** The logarithm of the gamma function for x > 0, by Lanczos (1964); the relative error is below 2e-10. */
export function logGamma(x: number): number {
  const series = lanczos.reduce((sum, coefficient, i) => sum + coefficient / (x + 1 + i), 1.00000000019001);
  return (x + 0.5) * Math.log(x + 5.5) - (x + 5.5) + Math.log((Math.sqrt(2 * Math.PI) * series) / x);
}

const tiny = 1e-300;
const kept = (value: number): number => (Math.abs(value) < tiny ? tiny : value);

/** The continued fraction of the incomplete beta function, by Lentz's method (DLMF 8.17.22). */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}

const logDensity = (x: number, a: number, b: number): number =>
  logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);

/**
 * The probability that a beta variable stays below x: the regularised incomplete beta function Iₓ(a, b).
 *
 * DLMF §8.17, by continued fraction; Press et al. (2007), Numerical Recipes, §6.4. The error is below 1e-9 for a and b up to
 * 1e5, and grows with them.
 *
 * @param a and b positive
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logDensity(x, a, b));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

/** A first guess: the normal variable on the log-odds with the beta's mean and variance there. */
function guess(p: number, a: number, b: number): number {
  const logOdds = Math.log(a / b) + normalQuantile(p) * Math.sqrt(1 / a + 1 / b);
  return Math.min(1 - 1e-12, Math.max(1e-12, 1 / (1 + Math.exp(-logOdds))));
}

/**
 * The value that a beta variable stays below with probability p (0 < p < 1): Newton's steps on `betaCdf`, held between
 * bounds by bisection; the error is below 1e-9.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`probability ${p} is not between 0 and 1`);
  let [low, high, x] = [0, 1, guess(p, a, b)];
  for (let i = 0; i < 100; i++) {
    const error = betaCdf(x, a, b) - p;
    if (error > 0) high = x;
    else low = x;
    const slope = Math.exp(logDensity(x, a, b)) / (x * (1 - x));
    const step = x - error / slope;
    const next = step > low && step < high ? step : (low + high) / 2;
    if (Math.abs(next - x) < 1e-12 * Math.max(x, 1e-3)) return next;
    x = next;
  }
  return x;
}
