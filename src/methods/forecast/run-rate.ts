import type { Forecaster } from "./forecaster.ts";

const last = 3;

/** As it goes now: every coming value is the mean of the last three. Blind to the season, and late where there is growth. */
export const runRate = {
  id: "run-rate",
  needs: () => last,
  forecast: (values, steps) => {
    const mean = values.slice(-last).reduce((sum, value) => sum + value, 0) / last;
    return Array.from({ length: steps }, () => mean);
  },
} as const satisfies Forecaster;
