/**
 * The value that a standard normal variable stays below with probability `p` (0 < p < 1).
 * Acklam's rational approximation, refined by one step of Halley's method; the error is below 1e-12 for p
 * between 1e-5 and 1 − 1e-5, and grows towards the ends (2e-10 at 1e-10).
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`probability ${p} is not between 0 and 1`);
  if (p > 0.5) return -normalQuantile(1 - p);
  const x = p < 0.02425 ? tail(p) : centre(p);
  const error = normalCdf(x) - p;
  const step = error * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
  return x - step / (1 + (x * step) / 2);
}

const ratioOf = (above: readonly number[], below: readonly number[], x: number): number =>
  above.reduce((sum, each) => sum * x + each, 0) / (below.reduce((sum, each) => sum * x + each, 0) * x + 1);

function tail(p: number): number {
  const q = Math.sqrt(-2 * Math.log(p));
  const above = [
    -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ];
  const below = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];
  return ratioOf(above, below, q);
}

function centre(p: number): number {
  const q = p - 0.5;
  const above = [
    -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
    2.506628277459239,
  ];
  const below = [
    -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1,
  ];
  return q * ratioOf(above, below, q * q);
}

/** The probability that a standard normal variable is at most `x` (West 2005, double precision). */
export function normalCdf(x: number): number {
  const z = Math.abs(x);
  if (z > 37) return x > 0 ? 1 : 0;
  const density = Math.exp((-z * z) / 2);
  const below =
    z < 7.07106781186547
      ? (density *
          [
            3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
            221.213596169931, 220.206867912376,
          ].reduce((s, c) => s * z + c, 0)) /
        [
          8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
          793.826512519948, 440.413735824752,
        ].reduce((s, c) => s * z + c, 0)
      : density / ((z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))))) * 2.506628274631);
  return x > 0 ? 1 - below : below;
}
