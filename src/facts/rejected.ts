import { integer, required, table, text } from "../engine/table.ts";

/** A row or line that broke a rule: why, and what it said. `times` counts equal ones of one load. */
export const rejected = table("rejected", {
  key: ["fact", "origin", "reason", "raw"],
  columns: {
    fact: required(text),
    origin: required(text),
    reason: required(text),
    raw: text,
    times: required(integer),
  },
});
