import { raw, sql } from "../../engine/sql.ts";
import { model } from "./model.ts";

const day = 86_400_000;
/** A weight of 1 in whole numbers: what is 40 half-lives older than the last touch weighs nothing. */
const bits = 40;

/** The more recent the more: a touch weighs half of one that came a half-life later. */
export const timeDecay = model({
  id: "time_decay",
  single: false,
  weigh: ({ steps }, { halfLifeDays }) => {
    const newest = steps.at(-1)?.at ?? 0;
    return steps.map(({ at }) => Math.round(2 ** (bits - (newest - at) / (halfLifeDays * day))));
  },
  weight: ({ halfLifeDays }) =>
    sql`CAST(round(pow(2.0, ${raw(String(bits))} - age / ${raw((halfLifeDays * day * 1000).toExponential())})) AS BIGINT)`,
});
