const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The autocorrelation of a series at each lag up to `most`. */
function autocorrelations(values: readonly number[], most: number): number[] {
  const mean = meanOf(values);
  const centred = values.map((value) => value - mean);
  const product = (lag: number) => centred.reduce((sum, value, i) => sum + value * (centred[i + lag] ?? 0), 0);
  const whole = product(0);
  return Array.from({ length: most }, (_, i) => (whole === 0 ? 0 : product(i + 1) / whole));
}

/**
 * Whether a series repeats itself with a season, at 90 %: its autocorrelation at the season is beyond what the ones before it
 * would give by chance (Bartlett 1946). More than two whole seasons are needed to tell.
 */
export function repeats(values: readonly number[], season: number): boolean {
  if (values.length < 2 * season + 1) return false;
  const found = autocorrelations(values, season);
  const before = found.slice(0, -1).reduce((sum, value) => sum + value * value, 0);
  return Math.abs(found.at(-1) ?? 0) > 1.645 * Math.sqrt((1 + 2 * before) / values.length);
}

/** The mean of a whole season around each value; the first and last half season have none. */
function centredMeans(values: readonly number[], season: number): (number | undefined)[] {
  const half = Math.floor(season / 2);
  const isEven = season % 2 === 0;
  return values.map((_, i) => {
    if (i < half || i + half >= values.length) return undefined;
    const around = values.slice(i - half, i + half + 1);
    const ends = isEven ? ((around[0] ?? 0) + (around.at(-1) ?? 0)) / 2 : 0;
    return (around.reduce((sum, value) => sum + value, 0) - ends) / season;
  });
}

/**
 * What each place of a season is worth against its mean, by classical multiplicative decomposition: factors that average one.
 * None for series that are not positive throughout, or shorter than two seasons.
 */
export function seasonalFactors(values: readonly number[], season: number): number[] | undefined {
  if (values.length < 2 * season || values.some((value) => value <= 0)) return undefined;
  const trend = centredMeans(values, season);
  const factors = Array.from({ length: season }, (_, place) => {
    const own = values.flatMap((value, i) => {
      const mean = trend[i];
      return i % season === place && mean !== undefined ? [value / mean] : [];
    });
    return meanOf(own);
  });
  const mean = meanOf(factors);
  return factors.map((factor) => factor / mean);
}

/** Foretells a series without its season, where it has one, and puts the season back on. */
export function seasonally(
  values: readonly number[],
  season: number,
  forecast: (plain: readonly number[]) => number[],
): number[] {
  const factors = repeats(values, season) ? seasonalFactors(values, season) : undefined;
  const at = (i: number) => factors?.[i % season] ?? 1;
  return forecast(values.map((value, i) => value / at(i))).map((value, step) => value * at(values.length + step));
}
