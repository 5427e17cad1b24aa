import { day, required, table, text, type Dimensions, type Lookup } from "../engine/table.ts";

/** A person who sells, with their team and manager. */
export const rep = table("rep", {
  key: ["rep"],
  columns: {
    rep: required(text),
    name: text,
    team: text,
    manager: text,
    role: text,
    started_on: day,
    ended_on: day,
    email: text,
  },
});

const attribute = (column: string): Lookup => ({ table: rep, on: [["rep", "rep"]], column });

/** The dimensions that a row with a `rep` has through that rep. */
export const dimensionsOfRep: Dimensions = { team: attribute("team"), manager: attribute("manager") };
