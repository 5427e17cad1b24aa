import { raw } from "../../engine/sql.ts";
import { model } from "./model.ts";

/** To each touch as much as to every other. */
export const linear = model({
  id: "linear",
  single: false,
  weigh: ({ steps }) => steps.map(() => 1),
  weight: () => raw("1"),
});
