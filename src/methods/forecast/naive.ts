import type { Forecaster } from "./forecaster.ts";

/** As it was last: every coming value is the last one. */
export const naive = {
  id: "naive",
  needs: () => 1,
  forecast: (values, steps) => Array.from({ length: steps }, () => values.at(-1) ?? 0),
} as const satisfies Forecaster;
