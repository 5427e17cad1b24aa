import { part } from "../engine/formula.ts";
import { createdDeals, lostOfCreated, salesCycle, wonOfCreated } from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

export const salesCycleDays = indicator({
  id: "sales-cycle-days",
  title: "Sales cycle",
  description: "The median number of days from the creation of a deal to its win, of the deals won in the period.",
  better: "lower",
  version: 1,
  variants: [
    variant({
      id: "median",
      title: "Median of won deals",
      unit: "days",
      clocks: ["period", "cohort"],
      rival: lostOfCreated,
      parts: { days: salesCycle, won: wonOfCreated },
      cohortParts: { created: createdDeals },
      value: part("days"),
      n: "won",
    }),
  ],
});
