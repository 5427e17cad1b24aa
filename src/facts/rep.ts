import { day, required, table, text } from "../engine/table.ts";

/** A person who sells, with their team and manager. */
export const rep = table("rep", {
  key: ["rep"],
  columns: { rep: required(text), name: text, team: text, manager: text, role: text, started_on: day, ended_on: day, email: text },
});
