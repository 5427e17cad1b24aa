import { part } from "../engine/formula.ts";
import { createdDeals, createdValue } from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

export const opportunitiesCreated = indicator({
  id: "opportunities-created",
  title: "Opportunities created",
  description: "Deals opened in the period, whatever became of them.",
  better: "higher",
  version: 1,
  variants: [
    variant({
      id: "count",
      title: "How many",
      unit: "count",
      parts: { created: createdDeals },
      value: part("created"),
      n: "created",
    }),
    variant({
      id: "value",
      title: "Their value",
      unit: "money",
      parts: { created_value: createdValue, created: createdDeals },
      value: part("created_value"),
      n: "created",
    }),
  ],
});
