import { raw } from "../../engine/sql.ts";
import { model } from "./model.ts";

/** All of a channel, in whole numbers so fine that dividing it among its touches loses nothing that a share would show. */
const part = 10 ** 12;

/**
 * To each channel of the journey as much as to every other, which is what it is worth by Shapley's value where a set of
 * channels is worth the outcomes that they reached alone; the touches of a channel share equally.
 */
export const shapley = model({
  id: "shapley",
  single: false,
  weigh: ({ steps }) =>
    steps.map(({ channel }) => Math.floor(part / steps.filter((each) => each.channel === channel).length)),
  weight: () => raw(`CAST(floor(${part} / of_channel) AS BIGINT)`),
});
