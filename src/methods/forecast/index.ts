import { exponentialSmoothing } from "./exponential-smoothing.ts";
import { naive } from "./naive.ts";
import { runRate } from "./run-rate.ts";
import { seasonalNaive } from "./seasonal-naive.ts";
import { theta } from "./theta.ts";

/** Every way to foretell a series, the plainest first. */
export const forecasters = [naive, seasonalNaive, runRate, exponentialSmoothing, theta] as const;
export type ForecasterId = (typeof forecasters)[number]["id"];
