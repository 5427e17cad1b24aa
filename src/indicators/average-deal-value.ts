import { ratio } from "../engine/formula.ts";
import { wonOfCreated, wonValueOfCreated } from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

export const averageDealValue = indicator({
  id: "average-deal-value",
  title: "Average deal value",
  description: "The value of the deals won in the period divided by their number.",
  better: "higher",
  version: 1,
  variants: [
    variant({
      id: "won",
      title: "Won deals",
      unit: "money",
      clocks: ["period", "cohort"],
      parts: { won_value: wonValueOfCreated, won: wonOfCreated },
      value: ratio("won_value", "won"),
      n: "won",
    }),
  ],
});
