import { day, integer, required, table, text } from "../engine/table.ts";

/** How many events of a kind came to a site on a day, and how many of them do not count and why; by segment of the journal. */
export const collected = table("collected", {
  key: ["site", "day", "type", "outcome", "segment"],
  columns: {
    site: required(text),
    day: required(day),
    type: required(text),
    outcome: required(text),
    segment: required(text),
    events: required(integer),
  },
});
