import type { Forecaster } from "./forecaster.ts";

/** As it was a season ago: every coming value is the last one of its place in the season. Blind to growth. */
export const seasonalNaive = {
  id: "seasonal-naive",
  needs: (season) => season,
  forecast: (values, steps, season) =>
    Array.from({ length: steps }, (_, step) => values[values.length - season + (step % season)] ?? 0),
} as const satisfies Forecaster;
