import { day, number, required, table, text } from "../engine/table.ts";

/** Units of the workspace's currency for one unit of `currency` on a day. */
export const rate = table("rate", {
  key: ["day", "currency"],
  columns: { day: required(day), currency: required(text), rate: required(number) },
  rules: [{ holds: "rate > 0", reason: "a rate must be above zero" }],
});
