import { part } from "../engine/formula.ts";
import { openDeals, openValue } from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

export const pipelineValue = indicator({
  id: "pipeline-value",
  title: "Pipeline value",
  description: "The value of the deals that are open at the end of the period.",
  better: "higher",
  version: 1,
  variants: [
    variant({
      id: "open",
      title: "Open at the end",
      unit: "money",
      parts: { open_value: openValue, open: openDeals },
      value: part("open_value"),
      n: "open",
    }),
  ],
});
