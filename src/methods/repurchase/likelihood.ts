/** Customers who bought again equally often, last as late, and were first seen as long ago: times in weeks since their first purchase. */
export interface Buyers {
  /** Days with a purchase after the first one. */
  readonly repeats: number;
  /** The last purchase; 0 for who bought once. */
  readonly recency: number;
  /** The end of observation. */
  readonly age: number;
  readonly count: number;
}

/** Purchases come at a rate drawn from gamma(r, alpha); after each one a customer leaves with a chance drawn from beta(a, b). */
export interface BgNbd {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** ln Γ(from + n) − ln Γ(from) for n = 0, 1, 2, …: a sum of logarithms, so that no gamma function is needed. */
function risingLogs(from: number, most: number): number[] {
  const logs = [0];
  for (let n = 0; n < most; n++) logs.push((logs[n] ?? 0) + Math.log(from + n));
  return logs;
}

/**
 * The log-likelihood of a BG/NBD model: of x repeats by t_x, seen until T,
 * B(a, b + x) ÷ B(a, b) · Γ(r + x) α^r ÷ (Γ(r) (α + T)^(r+x)), plus, where x > 0,
 * B(a + 1, b + x − 1) ÷ B(a, b) · Γ(r + x) α^r ÷ (Γ(r) (α + t_x)^(r+x)).
 *
 * Fader, Hardie and Lee (2005), "Counting your customers the easy way", Marketing Science 24, equation 6. It takes purchases to
 * come at random at a steady rate: seasons, subscriptions and regular orders break that.
 */
export function logLikelihood({ r, alpha, a, b }: BgNbd, buyers: readonly Buyers[]): number {
  const most = Math.max(0, ...buyers.map(({ repeats }) => repeats));
  const [ofRate, ofStay, ofBoth] = [risingLogs(r, most), risingLogs(b, most), risingLogs(a + b, most)];
  const scale = r * Math.log(alpha);
  let sum = 0;
  for (const { repeats: x, recency, age, count } of buyers) {
    const common = (ofRate[x] ?? 0) + scale + (ofStay[x] ?? 0) - (ofBoth[x] ?? 0);
    const stayed = -(r + x) * Math.log(alpha + age);
    if (x === 0) {
      sum += count * (common + stayed);
      continue;
    }
    const left = Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + recency);
    sum += count * (common + Math.max(stayed, left) + Math.log1p(Math.exp(-Math.abs(stayed - left))));
  }
  return sum;
}
