import { indicator } from "./definition.ts";

/** The first of the nine: how many of the company's indicators meet their goal. It is made of other answers. */
export const scoreboard = indicator({
  id: "scoreboard",
  title: "Indicators on goal",
  description: "The share of the indicators with a goal for the period that meet it.",
  better: "higher",
  version: 1,
  variants: [],
});
